// Builds every part and connects them: the only file that does.
import type { Logger } from 'pino';
import { type Proxies, parseTrustedProxies } from './addresses/trusted-proxies.ts';
import { makeAssistance } from './assistance/make-assistance.ts';
import { openPrograms } from './channels/api/open-programs.ts';
import type { Connector } from './channels/connector.ts';
import { openConnectors, readEnvironmentChannels } from './channels/open-connectors.ts';
import { makeClock, type NodeClock } from './clock.ts';
import type { Config } from './config.ts';
import type { DeliveryLoop } from './delivery/send-deliveries.ts';
import { testEndpoint } from './delivery/test-endpoint.ts';
import { makeChannelDirectory } from './desk/channel-directory.ts';
import { type Receiver, telling } from './desk/commit.ts';
import type { Desk } from './desk/context.ts';
import { makeNoteReads } from './desk/note-reads.ts';
import { openGate } from './desk/open-gate.ts';
import { DEFAULT_WORKSPACE } from './desk/prepare-workspace.ts';
import { type Router, startRouter } from './desk/router.ts';
import { startHousekeeping } from './housekeeping/start-housekeeping.ts';
import { tellNotices } from './housekeeping/tell-notices.ts';
import type { DiskWatch } from './housekeeping/watch-disk.ts';
import { openPictureFetcher } from './http/fetch-picture.ts';
import { buildServer } from './http/server.ts';
import { openLab } from './lab/open-lab.ts';
import { watchPools } from './lab/traffic.ts';
import { openOutbound } from './outbound/open-outbound.ts';
import { version } from './program/version.ts';
import { startPushing } from './push/start-pushing.ts';
import { makeSignIn } from './sign-in/make-sign-in.ts';
import { readUploadBudgets, watchRoom } from './startup/bound-files.ts';
import { makeCloseServer } from './startup/close-server.ts';
import { keepVapid } from './startup/keep-vapid.ts';
import { makeMailing } from './startup/make-mailing.ts';
import { makeWake } from './startup/make-wake.ts';
import { openDatabase } from './startup/open-database.ts';
import { prepareInstallation } from './startup/prepare-installation.ts';
import { readSettingDefaults } from './startup/read-setting-defaults.ts';
import { startDeliveries } from './startup/start-deliveries.ts';
import { type Messaging, startMessaging } from './startup/start-messaging.ts';
import { type Part, stopAll } from './startup/stop-all.ts';
import { makeAskStatistics } from './statistics/ask-statistics.ts';
import { joinNodes } from './store/node.ts';
import { readAllQueueFigures } from './store/queue-figures.ts';
import { makeMetrics } from './telemetry/metrics.ts';
import { openTracing } from './telemetry/open-tracing.ts';

export interface Usher {
  /** Where it listens. */
  url: string;
  /** Shown once: the token that the first start made; null when there was one. */
  newAdminToken: string | null;
  /** The code that sets up the first admin; null: somebody can sign in. */
  firstRunCode: string | null;
  /** Its verbs can be called here as its doors call them: their effects follow. */
  desk: Desk;
  /** Resolves with the reason when it cannot go on; then stop it and start again. */
  failed: Promise<string>;
  /** Stops taking, finishes what is under way, hands back the rest. */
  stop(): Promise<void>;
}

const STOP_GRACE_MS = 10_000;

/**
 * Throws a sentence that says what to do when it cannot start; nothing is left running then.
 * `stop`: aborted when it shall end before it has started; it throws then too. `clock`: one that a test moves.
 */
export async function startUsher(
  config: Config,
  log: Logger,
  { stop, clock = makeClock() }: { stop?: AbortSignal | undefined; clock?: NodeClock } = {},
): Promise<Usher> {
  const undo: Part[] = [];
  try {
    const usher = await start(config, log, { undo, stop, clock });
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
  { undo, stop, clock }: { undo: Part[]; stop: AbortSignal | undefined; clock: NodeClock },
): Promise<Usher> {
  const failure = Promise.withResolvers<string>();
  const state: State = { listening: '', stopping: false };
  const onError = (error: unknown, what: string) => log.error({ err: error }, what);
  const base = await layBase({
    ...{ config, log, clock, undo, stop, state, onError },
    onFailure: failure.resolve,
  });
  const house = await startRouting(base);
  const working = await startWork(house);
  await serve({ ...house, ...working });
  const { newAdminToken, firstRunCode } = base.installation;
  return {
    url: state.listening,
    ...{ newAdminToken, firstRunCode, desk: house.desk },
    failed: failure.promise,
    stop: async () => {
      state.stopping = true;
      await stopAll(undo, onError);
    },
  };
}

interface State {
  /** Where it listens; empty until it does. */
  listening: string;
  stopping: boolean;
}
interface Given {
  config: Config;
  log: Logger;
  clock: NodeClock;
  undo: Part[];
  stop: AbortSignal | undefined;
  state: State;
  onError(error: unknown, what: string): void;
}
type Base = Awaited<ReturnType<typeof layBase>>;
type House = Awaited<ReturnType<typeof startRouting>>;
type Working = Awaited<ReturnType<typeof startWork>>;

/** What everything else needs: the database with what must stand in it, the channels, the ways out, the figures. */
async function layBase(given: Given & { onFailure: (reason: string) => void }) {
  const { config, log, clock, undo, stop, state, onFailure } = given;
  const database = await openDatabase(config, log, { onFailure, ...{ clock, stop } });
  undo.push(...database.parts);
  stop?.throwIfAborted();
  const { db } = database;
  const installation = await prepareInstallation(config, {
    ...{ db, log, stop },
    channels: readEnvironmentChannels(config),
  });
  const { secrets } = installation;
  const directory = await makeChannelDirectory({ db, log, secrets });
  const gate = await openGate(
    { db, clock },
    { shareAt: config.USHER_FAIR_SHARE_AT, onError: given.onError },
  );
  undo.push({ name: 'the gate', stop: gate.stop });
  const outbound = openOutbound(config.USHER_ALLOW_PRIVATE_NETWORKS ?? '');
  undo.push({ name: 'calls to others', stop: outbound.close });
  const tracing = await openTracing(config, {
    ...{ db, log, clock, outbound: outbound.own },
    trusts: readTrusted(config, 'USHER_TRUSTED_TRACE_SOURCES').trusts,
  });
  if (tracing !== null) undo.push({ name: 'traces', stop: tracing.stop });
  return {
    ...given,
    ...{ database, installation, directory, gate, outbound, tracing },
    metrics: makeMetrics(() => readAllQueueFigures(db)),
    proxies: readTrusted(config, 'USHER_TRUSTED_PROXIES'),
    publicUrl: () => (config.PUBLIC_URL ?? state.listening).replace(/\/+$/, ''),
  };
}

/** What an effect reaches that is built later; news that comes before is not lost: each looks at everything when it starts. */
interface Later {
  router?: Router;
  disk?: Pick<DiskWatch, 'isLow'>;
  deliveries?: Pick<DeliveryLoop, 'wake'>;
  messaging?: Messaging;
}

/** The other nodes, the effects of a commit, and the router: from here on verbs can be called. */
async function startRouting(base: Base) {
  const { config, log, clock, undo, database, directory, gate, outbound, metrics, onError } = base;
  const later: Later = {};
  const node = await joinNodes({
    connectionString: database.connectionString,
    onRelay: (text) => later.messaging?.onRelay(text),
    onWake: ({ workspaceId, what }) => {
      if (what === 'channels') {
        Promise.all([directory.refresh(), gate.refresh()]).then(
          () => later.messaging?.channelsChanged(workspaceId),
          (error: unknown) => onError(error, 'channels'),
        );
      } else later.router?.wake(workspaceId);
    },
    onError: (error) => onError(error, 'the connection for news from other nodes broke'),
  });
  undo.push({ name: 'news from other nodes', stop: node.stop });
  const traces = base.tracing?.commits;
  const effects = makeEffects({ clock, directory, gate, node, later, traces });
  const router = startRouter({
    desk: { db: database.routingDb, log, clock, gate, ...telling(effects) },
    sweepMs: config.USHER_SWEEP_MS,
    onPass: metrics.notePass,
  });
  later.router = router;
  undo.push({ name: 'router', stop: router.stop });
  const { db } = database;
  const { allowedNetworks } = outbound;
  const { secrets } = base.installation;
  const desk: Desk = { db, log, clock, secrets, allowedNetworks, gate, ...telling(effects) };
  return { ...base, node, effects, later, desk, noteRead: makeNoteReads(desk) };
}

function makeEffects(means: {
  clock: NodeClock;
  directory: Base['directory'];
  gate: Base['gate'];
  node: Awaited<ReturnType<typeof joinNodes>>;
  later: Later;
  traces: Receiver['traces'];
}): Receiver {
  const { clock, directory, gate, node, later, traces } = means;
  const effects: Receiver = {
    traces,
    wake: makeWake(
      clock,
      () => later.router,
      (workspaceId) => node.tell({ workspaceId, what: 'routing' }),
    ),
    wakeIn: (workspaceId, ms) => later.router?.wakeIn(workspaceId, ms),
    send: (workspaceId) => later.deliveries?.wake(workspaceId),
    changed: (workspaceId, changes) => later.messaging?.changed(workspaceId, changes),
    channelsChanged: async (workspaceId) => {
      await Promise.all([directory.refresh(), gate.refresh()]);
      node.tell({ workspaceId, what: 'channels' });
      later.messaging?.channelsChanged(workspaceId);
      effects.wake(workspaceId);
      effects.changed(workspaceId, [{ kind: 'channel', id: null }]);
    },
  };
  return effects;
}

/** What runs beside the requests: channels, deliveries, messaging, housekeeping. */
async function startWork(house: House) {
  const { config, log, undo, desk, directory, metrics, outbound, later, onError } = house;
  const { programs, places, stop } = openPrograms({ desk, directory, onError });
  undo.push({ name: 'places of contacts', stop });
  const connectors = openConnectors({
    ...{ config, desk, directory, log, outbound, publicUrl: house.publicUrl },
    webChat: () => messaging.webChat,
    apiDoor: () => messaging.api,
    programs,
  });
  for (const { warn } of connectors) warn?.();
  undo.push({
    name: 'connections to outside systems',
    stop: async () => {
      for (const { close } of connectors) close?.();
    },
  });
  const mail = makeMailing(config, {
    ...{ desk, publicUrl: house.publicUrl, outbound: outbound.typed },
  });
  const deliveries = startDeliveries({
    ...{
      desk,
      log,
      directory,
      metrics,
      onError,
      toMailbox: mail.carry,
      toWatchers: mail.carryAlarm,
    },
    changed: house.effects.changed,
    carriers: new Map(connectors.flatMap(({ kind, carry }) => (carry ? [[kind, carry]] : []))),
    outbound: outbound.typed,
    traces: house.tracing?.deliveries,
    nodeId: house.node.nodeId,
    sweepMs: config.USHER_SWEEP_MS,
  });
  later.deliveries = deliveries;
  undo.push({ name: 'deliveries', stop: () => deliveries.stop(STOP_GRACE_MS) });
  const messaging = await startMessaging({
    ...{ config, desk, log, directory, metrics, onError, programs, programPlaces: places },
    ...{ noteRead: house.noteRead, publicUrl: house.publicUrl },
    connectionString: house.database.connectionString,
    addressOf: house.proxies.addressOf,
    peers: house.node,
    traces: house.tracing?.publishes,
  });
  later.messaging = messaging;
  undo.push({ name: 'messaging', stop: messaging.stop });
  const alarms = {
    changed: house.effects.changed,
    server: () => ({ isDiskLow: later.disk?.isLow() ?? false, mails: mail.mailing !== null }),
  };
  const housekeeping = startChores(house, { connectors, messaging, alarms });
  undo.push({ name: 'housekeeping', stop: housekeeping.stop });
  const vapid = await keepVapid(config, { desk, publicUrl: house.publicUrl });
  const pushing = startPushing({ desk, outbound: outbound.typed, vapid, onError });
  undo.push({ name: 'pushes', stop: pushing.stop });
  return { connectors, messaging, programs, vapid, mailing: mail.mailing };
}

function startChores(
  { config, desk, directory, onError }: House,
  {
    connectors,
    messaging,
    alarms,
  }: {
    connectors: readonly Connector[];
    messaging: Messaging;
    alarms: Parameters<typeof startHousekeeping>[0]['alarms'];
  },
) {
  return startHousekeeping({
    ...{ desk, directory, alarms, onError },
    deliveryDays: config.USHER_DELIVERY_RETENTION_DAYS,
    silentMs: config.SESSION_KEEP_ALIVE_TIME,
    leaseMs: config.ATTENDANT_KEEP_ALIVE_TIME,
    // For the default workspace only, as the environment that names that system.
    seen: messaging.isWatched ? { workspaceId: DEFAULT_WORKSPACE, isSeen: messaging.isSeen } : null,
    cutEnded: messaging.cutEnded,
    sync: async (channel) =>
      (await connectors.find(({ kind }) => kind === channel.kind)?.sync?.(channel)) ?? null,
    busyMs: config.QISCUS_SYNC_BUSY_MS,
    calmMs: config.QISCUS_SYNC_CALM_MS,
  });
}

async function serve(usher: House & Working): Promise<void> {
  const { config, log, clock, undo, state, desk, database, outbound, messaging } = usher;
  const disk = await watchRoom(config, {
    ...{ ...database, log, note: usher.metrics.noteDisk },
    onTurn: () => void tellNotices(desk, usher.effects.changed),
  });
  usher.later.disk = disk;
  undo.push({ name: 'the look at the disk', stop: disk.stop });
  const pictures = openPictureFetcher({
    clock,
    outbound: outbound.typed,
    own: { outbound: outbound.own, urls: [config.DEFAULT_ATTENDANT_AVATAR_URL ?? ''] },
  });
  undo.push({ name: 'pictures from elsewhere', stop: async () => pictures.close() });
  const fileMeans = {
    ...{ db: database.filesDb, clock, isDiskLow: disk.isLow, boundsOf: desk.gate.boundsOf },
    budgets: readUploadBudgets(config),
  };
  const traffic = watchPools([database.db, database.routingDb, database.filesDb]);
  const lab = openLab({ clock, traffic });
  undo.push({ name: 'simulations', stop: lab.close });
  const app = await openServer(usher, { fileMeans, fetchPicture: pictures.fetch, lab });
  undo.push({ name: 'http', stop: makeCloseServer(app) });
  undo.push({ name: 'programs that wait', stop: async () => usher.programs.end() });
  await messaging.open(app.server);
  undo.push({ name: 'clients over MQTT', stop: messaging.close });
  state.listening = await app.listen({ port: config.PORT, host: config.HOST });
  log.info({ url: state.listening }, 'Usher serves');
  const { firstRunCode, firstRunFile } = usher.installation;
  if (firstRunCode === null) return;
  log.info(
    { file: firstRunFile },
    'nobody can sign in yet: the code for the first admin is in this file',
  );
}

function openServer(
  usher: House & Working,
  files: Pick<Parameters<typeof buildServer>[0], 'fileMeans' | 'fetchPicture' | 'lab'>,
) {
  const { config, log, clock, state, desk, outbound, messaging, database } = usher;
  return buildServer({
    ...files,
    ...{ desk, log, noteRead: usher.noteRead, directory: usher.directory },
    channels: usher.connectors,
    trustsProxy: usher.proxies.trusts,
    traces: usher.tracing?.requests,
    publicUrl: usher.publicUrl,
    mailing: usher.mailing,
    mqttUrl: messaging.webChat.mqttUrl,
    agentAvatarUrl: messaging.webChat.shown.agentAvatarUrl,
    mqttLoginOf: messaging.loginOf,
    isSeen: messaging.isSeen,
    brokerState: messaging.brokerState,
    version,
    brokerDoor: messaging.brokerDoor,
    showTyping: messaging.showTyping,
    testEndpoint: (args) => testEndpoint({ outbound: outbound.typed, clock, version }, args),
    ...makeSignIn(config, { log, outbound: outbound.own }),
    askStatistics: makeAskStatistics({
      ...{ log, clock, outbound: outbound.typed, token: config.STATISTICS_TOKEN },
      base: config.STATISTICS_BASE_ENDPOINT,
    }),
    assistance: makeAssistance(config, { log, outbound: outbound.own }),
    settingDefaults: readSettingDefaults(config),
    pushKey: usher.vapid.publicKey,
    operatorToken: config.USHER_OPERATOR_TOKEN,
    health: {
      unready: async () => (state.stopping ? 'draining' : unreadyDatabase(database.db)),
      metrics: usher.metrics.render,
    },
  });
}

/** Checked with the rest of the configuration. */
function readTrusted(
  config: Config,
  name: 'USHER_TRUSTED_PROXIES' | 'USHER_TRUSTED_TRACE_SOURCES',
): Proxies {
  const parsed = parseTrustedProxies(config[name]);
  if (!parsed.ok) throw new Error(`${name}: ${parsed.bad.join(', ')}`);
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
