// Builds every part and connects them: the only file that does.
import type { Logger } from 'pino';
import { openConnectors, readEnvironmentChannels } from './channels/open-connectors.ts';
import type { Config } from './config.ts';
import { testEndpoint } from './delivery/test-endpoint.ts';
import { openChannelDirectory } from './desk/channel-directory.ts';
import type { Change, Desk } from './desk/context.ts';
import { makeNoteReads } from './desk/note-reads.ts';
import { pollChannels } from './desk/poll-channels.ts';
import { type PassReport, type Router, startRouter } from './desk/router.ts';
import { makeFetchPicture } from './http/fetch-picture.ts';
import { buildServer } from './http/server.ts';
import { makeMetrics } from './metrics.ts';
import { makeAskStatistics } from './parts/ask-statistics.ts';
import { readUploadBudgets, watchRoom } from './parts/bound-files.ts';
import { closeServer } from './parts/close-server.ts';
import { makeWake } from './parts/make-wake.ts';
import { openDatabase } from './parts/open-database.ts';
import { openOutbound } from './parts/open-outbound.ts';
import { openSignIn, readSettingDefaults } from './parts/open-sign-in.ts';
import { prepareInstallation } from './parts/prepare-installation.ts';
import { readAllFigures } from './parts/read-all-figures.ts';
import { startDeliveries } from './parts/start-deliveries.ts';
import { type Messaging, startMessaging } from './parts/start-messaging.ts';
import { startPurging } from './parts/start-purging.ts';
import { type Part, stopAll } from './parts/stop-all.ts';
import { tellNotices } from './parts/tell-notices.ts';
import { joinNodes } from './store/node.ts';
import { type Proxies, parseTrustedProxies } from './trusted-proxies.ts';
import { version } from './version.ts';

export interface Usher {
  /** Where it listens. */
  url: string;
  /** Shown once: the token that the first start made; null when there was one. */
  newAdminToken: string | null;
  /** With which the first admin is set up; null: somebody can sign in. */
  firstRunCode: string | null;
  /** Resolves when it cannot go on, with the reason; then stop it and start anew. */
  failed: Promise<string>;
  /** Stops taking, finishes what is under way, hands back the rest. */
  stop(): Promise<void>;
}

const STOP_GRACE_MS = 10_000;

/**
 * Throws a sentence that says what to do when it cannot start; nothing is left running then.
 * `stop`: aborted when it shall end before it has started; it throws then too.
 */
export async function startUsher(config: Config, log: Logger, stop?: AbortSignal): Promise<Usher> {
  const undo: Part[] = [];
  try {
    const usher = await start(config, log, { undo, stop });
    stop?.throwIfAborted();
    return usher;
  } catch (error) {
    await stopAll(undo, () => {});
    throw error;
  }
}

async function start(
  config: Config,
  log: Logger,
  { undo, stop }: { undo: Part[]; stop: AbortSignal | undefined },
): Promise<Usher> {
  const failure = Promise.withResolvers<string>();
  let listening = '';
  const database = await openDatabase(config, log, { onFailure: failure.resolve, stop });
  undo.push(...database.parts);
  stop?.throwIfAborted();
  const { db, routingDb } = database;
  const { secrets, newAdminToken, firstRunCode, firstRunFile } = await prepareInstallation(config, {
    ...{ db, log, stop },
    channels: readEnvironmentChannels(config),
  });

  const directory = await openChannelDirectory({ db, log, secrets });
  const outbound = openOutbound(config);
  undo.push({ name: 'calls to others', stop: outbound.close });
  const metrics = makeMetrics(() => readAllFigures(db));

  const onError = (error: unknown, what: string) => log.error({ err: error }, what);
  // News may come before the router is there: it looks at everything when it starts.
  const routing: { router?: Router } = {};
  const talking: { messaging?: Messaging } = {};
  const node = await joinNodes({
    connectionString: database.connectionString,
    onRelay: (text) => talking.messaging?.onRelay(text),
    onWake: ({ workspaceId, what }) => {
      if (what === 'channels') {
        directory.refresh().then(
          () => talking.messaging?.channelsChanged(workspaceId),
          (error: unknown) => onError(error, 'channels'),
        );
      } else routing.router?.wake(workspaceId);
    },
    onError: (error) => onError(error, 'the connection for news from other nodes broke'),
  });
  undo.push({ name: 'news from other nodes', stop: node.stop });
  const router: Router = startRouter({
    desk: { db: routingDb, log },
    sweepMs: config.USHER_SWEEP_MS,
    onPass: (report) => {
      metrics.notePass(report);
      if (report.assigned > 0) deliveries.wake(report.workspaceId);
      desk.changed(report.workspaceId, readGiven(report));
    },
  });
  routing.router = router;
  undo.push({ name: 'router', stop: router.stop });
  const desk: Desk = {
    db,
    log,
    secrets,
    allowedNetworks: outbound.allowedNetworks,
    wake: makeWake(router, (workspaceId) => node.tell({ workspaceId, what: 'routing' })),
    wakeIn: router.wakeIn,
    send: (workspaceId) => deliveries.wake(workspaceId),
    changed: (workspaceId, changes) => talking.messaging?.changed(workspaceId, changes),
    channelsChanged: async (workspaceId) => {
      await directory.refresh();
      node.tell({ workspaceId, what: 'channels' });
      talking.messaging?.channelsChanged(workspaceId);
      desk.wake(workspaceId);
      desk.changed(workspaceId, [{ kind: 'channel', id: null }]);
    },
  };
  const noteRead = makeNoteReads({ db });
  const proxies = readTrustedProxies(config);
  const publicUrl = () => (config.PUBLIC_URL ?? listening).replace(/\/+$/, '');
  const connectors = openConnectors({
    ...{ config, desk, directory, log, outbound, publicUrl },
    webChat: () => messaging.webChat,
  });
  for (const { warn } of connectors) warn?.();
  undo.push({
    name: 'connections to outside systems',
    stop: async () => {
      for (const { close } of connectors) close?.();
    },
  });
  const deliveries = startDeliveries({
    ...{ desk, log, directory, metrics, onError },
    carriers: new Map(connectors.flatMap(({ kind, carry }) => (carry ? [[kind, carry]] : []))),
    outbound: outbound.typed,
    nodeId: node.nodeId,
    sweepMs: config.USHER_SWEEP_MS,
  });
  undo.push({ name: 'deliveries', stop: () => deliveries.stop(STOP_GRACE_MS) });
  const messaging = await startMessaging({
    ...{ config, desk, noteRead, log, directory, metrics, publicUrl, onError },
    connectionString: database.connectionString,
    addressOf: proxies.addressOf,
    peers: node,
  });
  talking.messaging = messaging;
  undo.push({ name: 'messaging', stop: messaging.stop });
  undo.push(...startPurging({ config, db, onError }));
  const poll = pollChannels({
    desk,
    directory,
    sync: async (channel) =>
      (await connectors.find(({ kind }) => kind === channel.kind)?.sync?.(channel)) ?? null,
    busyMs: config.QISCUS_SYNC_BUSY_MS,
    calmMs: config.QISCUS_SYNC_CALM_MS,
  });
  undo.push({ name: 'polling', stop: poll.stop });

  const disk = await watchRoom(config, {
    ...{ ...database, log, note: metrics.noteDisk },
    onTurn: () => void tellNotices(desk),
  });
  undo.push({ name: 'the look at the disk', stop: disk.stop });

  const pictures = makeFetchPicture({
    outbound: outbound.typed,
    own: { outbound: outbound.own, urls: [config.DEFAULT_ATTENDANT_AVATAR_URL ?? ''] },
  });
  undo.push({ name: 'pictures from elsewhere', stop: async () => pictures.close() });

  let stopping = false;
  const app = await buildServer({
    desk,
    noteRead,
    directory,
    channels: connectors,
    trustsProxy: proxies.trusts,
    fileMeans: { db: database.filesDb, budgets: readUploadBudgets(config), isDiskLow: disk.isLow },
    mqttUrl: messaging.webChat.mqttUrl,
    agentAvatarUrl: messaging.webChat.shown.agentAvatarUrl,
    mqttLoginOf: messaging.loginOf,
    isSeen: messaging.isSeen,
    brokerDoor: messaging.brokerDoor,
    testEndpoint: (args) => testEndpoint({ outbound: outbound.typed, version }, args),
    publicUrl,
    log,
    ...openSignIn(config, { log, outbound: outbound.own }),
    askStatistics: makeAskStatistics({
      ...{ log, outbound: outbound.typed, token: config.STATISTICS_TOKEN },
      base: config.STATISTICS_BASE_ENDPOINT,
    }),
    fetchPicture: pictures.fetch,
    settingDefaults: readSettingDefaults(config),
    operatorToken: config.USHER_OPERATOR_TOKEN,
    health: {
      unready: async () => (stopping ? 'draining' : unreadyDatabase(db)),
      metrics: metrics.render,
    },
  });
  undo.push({ name: 'http', stop: () => closeServer(app) });
  await messaging.open(app.server);
  undo.push({ name: 'clients over MQTT', stop: messaging.close });
  listening = await app.listen({ port: config.PORT, host: config.HOST });
  log.info({ url: listening }, 'Usher serves');
  if (firstRunCode !== null) {
    log.info(
      { file: firstRunFile },
      'nobody can sign in yet: the code for the first admin is in this file',
    );
  }
  return {
    url: listening,
    newAdminToken,
    firstRunCode,
    failed: failure.promise,
    stop: async () => {
      stopping = true;
      await stopAll(undo, onError);
    },
  };
}

/** Whom a pass gave what. */
function readGiven({ given }: PassReport): Change[] {
  const agents = new Set(given.map(({ agentId }) => agentId));
  return [
    ...given.map(({ conversationId: id }): Change => ({ kind: 'conversation', id })),
    ...[...agents].map((id): Change => ({ kind: 'agent', id })),
  ];
}

/** Checked with the rest of the configuration. */
function readTrustedProxies({ USHER_TRUSTED_PROXIES: text }: Config): Proxies {
  const parsed = parseTrustedProxies(text);
  if (!parsed.ok) throw new Error(`USHER_TRUSTED_PROXIES: ${parsed.bad.join(', ')}`);
  return parsed.proxies;
}

async function unreadyDatabase(db: Desk['db']): Promise<string | null> {
  try {
    await db.query('select 1');
    return null;
  } catch {
    return 'the database does not answer';
  }
}
