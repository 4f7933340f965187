// Builds every part and connects them: the only file that does.
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Config } from './config.ts';
import { syncQiscus } from './connectors/qiscus/sync-qiscus.ts';
import type { Carrier } from './delivery/carrier.ts';
import { carryToEndpoint } from './delivery/carry-to-endpoint.ts';
import { carryToQiscus } from './delivery/carry-to-qiscus.ts';
import { carryToRapidPro } from './delivery/carry-to-rapidpro.ts';
import { knowEndpoints } from './delivery/known-endpoints.ts';
import { purgeLog } from './delivery/purge-log.ts';
import { makeQiscusClients } from './delivery/qiscus-clients.ts';
import { type Attempt, sendDeliveries } from './delivery/send-deliveries.ts';
import { testEndpoint } from './delivery/test-endpoint.ts';
import { watchEndpoints } from './delivery/watch-endpoints.ts';
import { openChannelDirectory } from './desk/channel-directory.ts';
import { closeConversation } from './desk/close-conversation.ts';
import { confirmAssignment } from './desk/confirm-assignment.ts';
import type { Desk } from './desk/context.ts';
import { disableEndpoint } from './desk/disable-endpoint.ts';
import { importHistory } from './desk/import-history.ts';
import { openConversation } from './desk/open-conversation.ts';
import { pollChannels } from './desk/poll-channels.ts';
import { prepareWorkspace } from './desk/prepare-workspace.ts';
import { releaseHold, undoAssignment } from './desk/requeue-conversation.ts';
import { type Router, startRouter } from './desk/router.ts';
import { syncAgents } from './desk/sync-agents.ts';
import { Refused } from './errors.ts';
import { buildServer } from './http/server.ts';
import { makeMetrics } from './metrics.ts';
import { type AllowedNetworks, parseAllowedNetworks } from './outbound/allowed-networks.ts';
import { makeOutbound } from './outbound/make-outbound.ts';
import { type ChannelWithSecrets, takeUncheckedRooms } from './store/channels.ts';
import type { Delivery } from './store/deliveries.ts';
import { startEmbeddedPostgres } from './store/embedded/start-embedded-postgres.ts';
import { makeGather } from './store/gather.ts';
import { migrate } from './store/migrate.ts';
import { joinNodes } from './store/node.ts';
import { openPool } from './store/pool.ts';
import { readQueueFigures } from './store/queue-figures.ts';
import { listWorkspaceIds } from './store/workspaces.ts';
import { version } from './version.ts';

export interface Usher {
  /** Where it listens. */
  url: string;
  /** Shown once: the token that the first start made; null when there was one. */
  newAdminToken: string | null;
  /** Resolves when it cannot go on, with the reason; then stop it and start anew. */
  failed: Promise<string>;
  /** Stops taking, finishes what is under way, hands back the rest. */
  stop(): Promise<void>;
}

const STOP_GRACE_MS = 10_000;
// A client that keeps its connection busy must not keep the server.
const CONNECTIONS_GRACE_MS = 3000;
// Longer than any part needs; one that hangs is left behind, and named in the log.
const STEP_LIMIT_MS = 15_000;
const TELL_EVERY_MS = 100;

/** Throws a sentence that says what to do when it cannot start; nothing is left running then. */
export async function startUsher(config: Config, log: Logger): Promise<Usher> {
  const undo: Part[] = [];
  try {
    return await start(config, log, undo);
  } catch (error) {
    await stopAll(undo, () => {});
    throw error;
  }
}

async function start(config: Config, log: Logger, undo: Part[]): Promise<Usher> {
  const failure = Promise.withResolvers<string>();
  let listening = '';
  const database = await openDatabase(config, log, failure.resolve);
  undo.push({ name: 'database', stop: database.stop });
  const { db } = database;
  const applied = await migrate(db);
  if (applied.length > 0) log.info({ migrations: applied }, 'the schema was brought up to date');
  const newAdminToken = await prepareWorkspace({ db }, readPreparation(config));
  if (newAdminToken !== null) await keepToken(config, newAdminToken);

  const directory = await openChannelDirectory(db);
  warnOfOpenDoors(directory.all(), log);
  const clients = makeQiscusClients(directory.byId);
  undo.push({ name: 'Qiscus clients', stop: clients.close });
  const metrics = makeMetrics(async () => {
    const ids = await listWorkspaceIds(db);
    return Promise.all(
      ids.map(async (workspaceId) => ({
        workspaceId,
        figures: await readQueueFigures(db, workspaceId),
      })),
    );
  });

  const onError = (error: unknown, what: string) => log.error({ err: error }, what);
  // News may come before the router is there: it looks at everything when it starts.
  const routing: { router?: Router } = {};
  const node = await joinNodes({
    connectionString: database.connectionString,
    onWake: ({ workspaceId, what }) => {
      if (what === 'channels') directory.refresh().catch((error) => onError(error, 'channels'));
      else routing.router?.wake(workspaceId);
    },
    onError: (error) => onError(error, 'the connection for news from other nodes broke'),
  });
  undo.push({ name: 'news from other nodes', stop: node.stop });
  const router: Router = startRouter({
    desk: { db, log },
    sweepMs: config.USHER_SWEEP_MS,
    onPass: (report) => {
      metrics.notePass(report);
      if (report.assigned > 0) deliveries.wake(report.workspaceId);
    },
  });
  routing.router = router;
  undo.push({ name: 'router', stop: router.stop });
  const desk: Desk = {
    db,
    log,
    gather: makeGather(),
    allowedNetworks: readAllowedNetworks(config),
    wake: makeWake(router, (workspaceId) => node.tell({ workspaceId, what: 'routing' })),
    wakeAt: router.wakeAt,
    send: (workspaceId) => deliveries.wake(workspaceId),
    channelsChanged: async (workspaceId) => {
      await directory.refresh();
      node.tell({ workspaceId, what: 'channels' });
      desk.wake(workspaceId);
    },
  };
  // Each endpoint has its own limit: two of them at one address must not wait for each other.
  const maxPerOrigin = Number.POSITIVE_INFINITY;
  const outbound = makeOutbound({ allowed: desk.allowedNetworks, maxPerOrigin });
  undo.push({ name: 'calls to endpoints', stop: outbound.close });
  const toQiscus = carryToQiscus({ db, clientOf: clients.of, outcomes: outcomesOf(desk) });
  const toEndpoint = carryToEndpoint({ endpointOf: knowEndpoints(db), outbound, version });
  const publicUrl = () => (config.PUBLIC_URL ?? listening).replace(/\/+$/, '');
  const toRapidPro = carryToRapidPro({
    db,
    outbound,
    channelOf: directory.byId,
    publicUrl,
    importHistory: (args) => importHistory(desk, args),
  });
  const carrierOf = ({ eventId, subscriberId }: Delivery): Carrier => {
    if (eventId !== null) return toEndpoint;
    return directory.byId(subscriberId)?.kind === 'rapidpro' ? toRapidPro : toQiscus;
  };
  const noteHealth = watchEndpoints({ db, disable: (args) => disableEndpoint(desk, args) });
  const noteAttempt = ({ delivery, carried, latencyMs }: Attempt) => {
    metrics.noteDelivery(delivery, carried, latencyMs);
    const { workspaceId, subscriberId, streamId, type, attempts } = delivery;
    const details = { workspaceId, subscriberId, streamId, type, attempts, result: carried.result };
    log[carried.state === 'failed' ? 'warn' : 'debug'](details, 'a delivery was attempted');
  };
  const deliveries = sendDeliveries({
    db,
    nodeId: node.nodeId,
    carry: (delivery) => carrierOf(delivery)(delivery),
    sweepMs: config.USHER_SWEEP_MS,
    onAttempts: async (workspaceId, attempts) => {
      for (const attempt of attempts) noteAttempt(attempt);
      await noteHealth(workspaceId, attempts);
    },
    onError,
  });
  undo.push({ name: 'deliveries', stop: () => deliveries.stop(STOP_GRACE_MS) });
  const purge = purgeLog({ db, days: config.USHER_DELIVERY_RETENTION_DAYS, onError });
  undo.push({ name: 'purging', stop: purge.stop });
  const poll = pollChannels({
    desk,
    directory,
    sync: makeSync(desk, clients.of, config.QISCUS_SYNC_ROOMS_MS),
    busyMs: config.QISCUS_SYNC_BUSY_MS,
    calmMs: config.QISCUS_SYNC_CALM_MS,
  });
  undo.push({ name: 'polling', stop: poll.stop });

  let stopping = false;
  const app = await buildServer({
    desk,
    directory,
    clients: clients.of,
    testEndpoint: (args) => testEndpoint({ outbound, version }, args),
    publicUrl,
    log,
    health: {
      unready: async () => (stopping ? 'draining' : unreadyDatabase(db)),
      metrics: metrics.render,
    },
  });
  undo.push({
    name: 'http',
    stop: async () => {
      // A connection that was busy at the moment of closing is kept alive for a minute after its answer.
      const idle = setInterval(() => app.server.closeIdleConnections(), 50);
      const force = setTimeout(() => app.server.closeAllConnections(), CONNECTIONS_GRACE_MS);
      await app.close();
      clearInterval(idle);
      clearTimeout(force);
    },
  });
  listening = await app.listen({ port: config.PORT, host: config.HOST });
  log.info({ url: listening }, 'Usher serves');
  return {
    url: listening,
    newAdminToken,
    failed: failure.promise,
    stop: async () => {
      stopping = true;
      await stopAll(undo, onError);
    },
  };
}

interface Part {
  name: string;
  stop: () => Promise<unknown>;
}

/** In the opposite order of the start: the doors first, the database last. */
async function stopAll(
  parts: Part[],
  onError: (error: unknown, what: string) => void,
): Promise<void> {
  for (const { name, stop } of parts.reverse()) {
    const limit = Promise.withResolvers<never>();
    const late = () => limit.reject(new Error(`It took longer than ${STEP_LIMIT_MS} ms.`));
    const timer = setTimeout(late, STEP_LIMIT_MS);
    await Promise.race([stop(), limit.promise]).catch((error: unknown) =>
      onError(error, `a part did not stop cleanly: ${name}`),
    );
    clearTimeout(timer);
  }
}

async function openDatabase(config: Config, log: Logger, onFailure: (reason: string) => void) {
  const onIdleError = (error: Error) => log.warn({ err: error }, 'an idle connection broke');
  const embedded =
    config.DATABASE_URL === undefined
      ? await startEmbeddedPostgres({
          dataDir: config.USHER_DATA_DIR,
          log: (line) => log.info({}, line),
          onDeath: () =>
            onFailure('the embedded PostgreSQL ended; start Usher again to recover it'),
        })
      : null;
  const connectionString = embedded?.connectionString ?? config.DATABASE_URL ?? '';
  const db = openPool({ connectionString, maxConnections: config.DATABASE_POOL_SIZE, onIdleError });
  return {
    db,
    connectionString,
    stop: async () => {
      await db.end();
      await embedded?.stop();
    },
  };
}

function readPreparation(config: Config): Parameters<typeof prepareWorkspace>[1] {
  const { QISCUS_APP_ID: appId, QISCUS_SECRET: secretKey } = config;
  return {
    adminToken: config.USHER_ADMIN_TOKEN,
    defaultCapacity: config.QISCUS_MAX_CUSTOMER,
    qiscus:
      appId === undefined || secretKey === undefined
        ? undefined
        : {
            baseUrl: config.QISCUS_BASE_URL.replace(/\/+$/, ''),
            appId,
            secretKey,
            email: config.QISCUS_EMAIL,
            password: config.QISCUS_PASSWORD,
            webhookSecret: config.QISCUS_WEBHOOK_SECRET,
          },
  };
}

const TOKEN_FILE = 'admin-token';

/** So that the command line on this machine needs no set-up. Only its owner may read it. */
async function keepToken(config: Config, token: string): Promise<void> {
  await mkdir(config.USHER_DATA_DIR, { recursive: true });
  const path = join(config.USHER_DATA_DIR, TOKEN_FILE);
  await writeFile(path, `${token}\n`, { mode: 0o600 });
  await chmod(path, 0o600);
}

/** null: this installation keeps none. */
export async function readKeptToken(dataDir: string): Promise<string | null> {
  const text = await readFile(join(dataDir, TOKEN_FILE), 'utf8').catch(() => null);
  return text?.trim() ?? null;
}

/** Checked with the rest of the configuration. */
function readAllowedNetworks({ USHER_ALLOW_PRIVATE_NETWORKS: text = '' }: Config): AllowedNetworks {
  const parsed = parseAllowedNetworks(text);
  return parsed.ok ? parsed.networks : [];
}

function warnOfOpenDoors(channels: readonly ChannelWithSecrets[], log: Logger): void {
  for (const { kind, name, secrets, channelId } of channels) {
    if (kind === 'qiscus' && !secrets.webhookSecret) {
      log.warn(
        { channelId },
        `The channel ${name} takes webhooks from anybody who knows its app id. Set QISCUS_WEBHOOK_SECRET and add ?secret=… to the addresses at Qiscus.`,
      );
    }
  }
}

/** At once here; to the other nodes at most ten times a second, which is news enough. */
function makeWake(router: Router, tell: (workspaceId: string) => void): Desk['wake'] {
  const told = new Set<string>();
  return (workspaceId) => {
    router.wake(workspaceId);
    if (told.has(workspaceId)) return;
    told.add(workspaceId);
    setTimeout(() => {
      told.delete(workspaceId);
      tell(workspaceId);
    }, TELL_EVERY_MS).unref();
  };
}

function outcomesOf(desk: Desk): Parameters<typeof carryToQiscus>[0]['outcomes'] {
  return {
    confirm: (key) => confirmAssignment(desk, key),
    undo: (args) => undoAssignment(desk, args),
    close: (args) => closeFromRemote(desk, args),
    releaseHold: (key) => releaseHold(desk, key),
  };
}

async function closeFromRemote(
  desk: Desk,
  args: { workspaceId: string; conversationId: string; reason: string },
): Promise<void> {
  await closeConversation(desk, { ...args, actor: 'remote', tellRemote: false }).catch((error) => {
    // Somebody else closed it meanwhile: then all is as it should be.
    if (!(error instanceof Refused)) throw error;
  });
}

function makeSync(
  desk: Desk,
  clientOf: ReturnType<typeof makeQiscusClients>['of'],
  roomsEveryMs: number,
) {
  const roomsAt = new Map<string, number>();
  return async (channel: ChannelWithSecrets): Promise<string | null> => {
    const { workspaceId, channelId, teamId, weight } = channel;
    const client = clientOf(channelId);
    if (client === null) return 'The channel has no credentials.';
    const rooms = Date.now() - (roomsAt.get(channelId) ?? 0) >= roomsEveryMs;
    if (rooms) roomsAt.set(channelId, Date.now());
    const verbs = {
      syncAgents: (agents: Parameters<typeof syncAgents>[1]['agents']) =>
        syncAgents(desk, { workspaceId, channelId, agents }),
      open: async ({ source, extras, ...news }: OpenNews) => {
        const ref = { channelId, teamId, weight, remote: true };
        const meta = { source, extras };
        await openConversation(desk, {
          workspaceId,
          channel: ref,
          priority: 'normal',
          meta,
          listed: true,
          ...news,
        });
      },
      takeUncheckedRooms: () =>
        takeUncheckedRooms(desk.db, { workspaceId, channelId, olderThanSeconds: 300, limit: 20 }),
      closeAsResolved: (conversationId: string) =>
        closeFromRemote(desk, { workspaceId, conversationId, reason: 'already-resolved' }),
    };
    return syncQiscus(client, verbs, { rooms });
  };
}

type OpenNews = Parameters<Parameters<typeof syncQiscus>[1]['open']>[0];

async function unreadyDatabase(db: Desk['db']): Promise<string | null> {
  try {
    await db.query('select 1');
    return null;
  } catch {
    return 'the database does not answer';
  }
}
