// Everything that a torture needs to stand: database, servers, the lines between them, stand-ins. All of it ends with it.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort } from './find-free-port.ts';
import { makeRandom } from './make-random.ts';
import { openDatabase, type TortureDatabase } from './open-database.ts';
import { openNode } from './open-node.ts';
import { openProxy } from './open-proxy.ts';
import { type Acts, makeActs } from './record.ts';
import { type QiscusStandIn, startQiscus } from './stand-ins/start-qiscus.ts';
import { startReceiver } from './stand-ins/start-receiver.ts';
import { clockEnvironment, findFaketime, turnClock } from './turn-clock.ts';
import type { Listening, Placed } from './world.ts';

export interface StageOptions {
  seed: number;
  nodes: number;
  /** Given; undefined: one that is thrown away. */
  database: string | undefined;
  /** Other than this installation's. */
  program?: URL | undefined;
}

export interface Stage {
  database: TortureDatabase;
  nodes: readonly Placed[];
  receivers: readonly Listening[];
  qiscus: QiscusStandIn;
  /** Where what happens now is written down. */
  record: { acts: Acts; endpointIds: readonly string[] };
  close(): Promise<void>;
}

export const TOKEN = 'torture-admin-token-0123456789';
export const ENDPOINT_SECRET = 'torture-endpoint-secret';
const QISCUS_AGENTS = 4;
const QISCUS_CAPACITY = 3;
const RECEIVERS = 2;
/** Few, so that they can be used up. */
const CONNECTIONS = '5';

export async function openStage(options: StageOptions): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'usher-torture-'));
  const undo: (() => Promise<unknown>)[] = [
    () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  ];
  const close = async () => {
    for (const end of undo.splice(0).reverse()) await end();
  };
  try {
    return { ...(await build(options, folder, undo)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function build(options: StageOptions, folder: string, undo: (() => Promise<unknown>)[]) {
  const database = await openDatabase(options.database, join(folder, 'database'));
  undo.push(database.close);
  const record: Stage['record'] = { acts: makeActs(), endpointIds: [] };
  const qiscus = await openQiscus(options.seed, record);
  undo.push(qiscus.close);
  const receivers: Listening[] = [];
  for (let place = 0; place < RECEIVERS; place += 1) {
    const listening = await openReceiver(options.seed, { place, record });
    undo.push(listening.receiver.close, listening.line.close);
    receivers.push(listening);
  }
  const library = await findFaketime();
  const nodes: Placed[] = [];
  for (let nth = 0; nth < options.nodes; nth += 1) {
    const placed = await openPlaced(options, {
      ...{ folder: join(folder, `server-${nth}`), database, library },
      environment: qiscus.environment,
    });
    undo.push(placed.line.close, placed.node.kill);
    nodes.push(placed);
  }
  return { database, qiscus, receivers, nodes, record };
}

function openQiscus(seed: number, record: Stage['record']): Promise<QiscusStandIn> {
  return startQiscus({
    ...{ random: makeRandom(seed, 1001), agents: QISCUS_AGENTS, capacity: QISCUS_CAPACITY },
    onOverfull: ({ id, rooms }) =>
      void record.acts.overfull.push({
        ...{ agentId: String(id), rooms: [...rooms], capacity: QISCUS_CAPACITY },
      }),
    onDoubled: ({ id }) => void record.acts.doubled.push(id),
  });
}

async function openReceiver(
  seed: number,
  { place, record }: { place: number; record: Stage['record'] },
): Promise<Listening> {
  const receiver = await startReceiver({
    ...{ random: makeRandom(seed, 1010 + place), secret: ENDPOINT_SECRET },
    onReceived: (received) =>
      void record.acts.received.push({
        ...received,
        endpointId: record.endpointIds[place] ?? '',
      }),
  });
  const line = await openProxy(() => ({ host: '127.0.0.1', port: receiver.port }));
  return { receiver, line, isStruck: false };
}

async function openPlaced(
  { program }: StageOptions,
  place: {
    folder: string;
    database: TortureDatabase;
    library: string | null;
    environment: Record<string, string>;
  },
): Promise<Placed> {
  const { folder, database, library, environment } = place;
  await mkdir(folder, { recursive: true });
  const line = await openProxy(database.target);
  const clock = join(folder, 'clock');
  if (library !== null) await turnClock(clock, 0);
  const node = openNode({
    ...{ program, port: String(await findFreePort()) },
    environment: {
      ...environment,
      ...(library === null ? {} : clockEnvironment(library, clock)),
      DATABASE_URL: database.urlBy(line.port),
      DATABASE_POOL_SIZE: CONNECTIONS,
      HOST: '127.0.0.1',
      LOG_LEVEL: 'warn',
      USHER_DATA_DIR: folder,
      USHER_ADMIN_TOKEN: TOKEN,
      USHER_ALLOW_PRIVATE_NETWORKS: '127.0.0.0/8',
      USHER_SWEEP_MS: '500',
      QISCUS_SYNC_BUSY_MS: '1000',
      QISCUS_SYNC_CALM_MS: '1000',
      QISCUS_SYNC_ROOMS_MS: '2000',
    },
  });
  return {
    ...{ node, line, isStruck: false },
    turnClock: library === null ? null : (seconds) => turnClock(clock, seconds),
  };
}
