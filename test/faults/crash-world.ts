// Two servers under fire: webhooks that are sent until somebody answers 200, rooms that get resolved, servers that die.
import { setTimeout as sleep } from 'node:timers/promises';
import type { QiscusEmulator } from '../../sandbox/qiscus/emulator.ts';
import { makeRandom, type Random } from '../../sandbox/qiscus/random.ts';
import { sendAllocation, sendResolution } from './qiscus-world.ts';
import type { ServerProcess } from './server-process.ts';

export interface Fire {
  /** When each room's webhook was first answered 200. */
  answered: Map<string, Date>;
  resolved: Set<string>;
  /** Kills that hit a living server while it owed answers. */
  kills: number;
  /** All kills. */
  struck: number;
  /** Webhooks that had to be sent again. */
  repeats: number;
  /** What they were answered, other than 200. */
  refusals: Set<number>;
  /** A kill is due and its victim lives: it dies as soon as it owes an answer. */
  aiming: boolean;
}

export interface FireOptions {
  qiscus: QiscusEmulator;
  servers: ServerProcess[];
  webhooks: number;
  kills: number;
  /** So many rooms stay open at the end. */
  keepOpen: number;
  seed: number;
  withinMs: number;
  /** Something else that breaks half-way, while all servers live. */
  halfWay: (fire: Fire) => Promise<void>;
}

const SENDERS = 12;
const REPEAT_AFTER_MS = 50;
const SLOWLY_MS = 400;
const AGAIN_MS = 20;

export async function setFire(options: FireOptions): Promise<Fire> {
  const fire: Fire = {
    answered: new Map(),
    resolved: new Set(),
    kills: 0,
    struck: 0,
    repeats: 0,
    refusals: new Set(),
    aiming: false,
  };
  const random = makeRandom(options.seed);
  const owed = options.servers.map(() => 0);
  const post = makePost(options, { fire, random, owed });
  const all = Promise.all([
    sendAll(options, { fire, post }),
    resolveMost(options, { fire, random, post }),
    killAndRestart(options, { fire, random, owed }),
  ]);
  const late = sleep(options.withinMs, 'late', { ref: false });
  if ((await Promise.race([all, late])) !== 'late') return fire;
  const { answered, resolved, refusals, ...counts } = fire;
  const reached = {
    ...counts,
    owed,
    answered: answered.size,
    resolved: resolved.size,
    refusals: [...refusals],
  };
  throw new Error(`It took longer than ${options.withinMs} ms: ${JSON.stringify(reached)}`);
}

type Post = (send: (url: string) => Promise<number>) => Promise<void>;

/** To any of the servers, again and again until one answers 200. */
function makePost(
  { servers }: FireOptions,
  { fire, random, owed }: { fire: Fire; random: Random; owed: number[] },
): Post {
  return async (send) => {
    for (;;) {
      const index = Math.floor(random.between(0, servers.length));
      owed[index] = (owed[index] ?? 0) + 1;
      const status = await send(servers[index]?.url ?? '').catch(() => null);
      owed[index] -= 1;
      if (status === 200) return;
      if (status !== null) fire.refusals.add(status);
      fire.repeats += 1;
      await sleep(random.between(0, REPEAT_AFTER_MS));
    }
  };
}

/**
 * Past each mark the senders wait for the kill that is due there, however long the servers take to
 * come back, so that none is left without an answer to owe. Meanwhile one of them goes on slowly.
 */
async function sendAll(
  { qiscus, webhooks, kills }: FireOptions,
  { fire, post }: { fire: Fire; post: Post },
): Promise<void> {
  const stretch = webhooks / (kills + 1);
  let sent = 0;
  const isPast = (n: number, share: number): boolean =>
    n > (fire.struck + share) * stretch && !fire.aiming;
  const sender = async (_: unknown, index: number): Promise<void> => {
    const [slowFrom, waitFrom] = index === 0 ? [1.5, 1.9] : [1.5, 1.5];
    while (sent < webhooks) {
      const n = ++sent;
      if (isPast(n, slowFrom)) await sleep(SLOWLY_MS);
      while (isPast(n, waitFrom)) await sleep(AGAIN_MS);
      const { roomId } = qiscus.customerMessage({ userId: `c${n}`, name: `C ${n}`, text: 'Hi' });
      await post((url) => sendAllocation(url, qiscus, roomId));
      fire.answered.set(roomId, new Date());
    }
  };
  await Promise.all(Array.from({ length: SENDERS }).map(sender));
}

/** Somebody at Qiscus resolves rooms that have an agent, so that the next ones get theirs. */
async function resolveMost(
  { qiscus, webhooks, keepOpen }: FireOptions,
  { fire, random, post }: { fire: Fire; random: Random; post: Post },
): Promise<void> {
  const resolver = async (): Promise<void> => {
    while (fire.resolved.size < webhooks - keepOpen) {
      const held = qiscus.agents().flatMap(({ roomIds }) => roomIds);
      const roomId = random.pick(held.filter((id) => fire.answered.has(id)));
      if (roomId === undefined) {
        await sleep(20);
        continue;
      }
      fire.resolved.add(roomId);
      qiscus.resolveByHand({ roomId });
      await post((url) => sendResolution(url, qiscus, roomId));
    }
  };
  await Promise.all([resolver(), resolver(), resolver(), resolver()]);
}

async function killAndRestart(
  { servers, webhooks, kills, halfWay }: FireOptions,
  { fire, random, owed }: { fire: Fire; random: Random; owed: number[] },
): Promise<void> {
  for (let next = 1; next <= kills; next += 1) {
    while (fire.answered.size < (next * webhooks) / (kills + 1)) await sleep(5);
    if (next === Math.ceil(kills / 2)) {
      // Both must live through it: a server that starts without a database ends again.
      await Promise.all(servers.map((one) => one.ready()));
      await halfWay(fire);
      await Promise.all(servers.map((one) => one.ready()));
    }
    const index = Math.floor(random.between(0, servers.length));
    const server = servers[index];
    if (server === undefined) throw new Error('There is no server to kill.');
    await server.ready();
    await sleep(random.between(0, 150));
    fire.aiming = true;
    while ((owed[index] ?? 0) === 0 && fire.answered.size < webhooks) await sleep(1);
    fire.aiming = false;
    const hit = server.isAlive() && (owed[index] ?? 0) > 0;
    await server.kill();
    fire.struck += 1;
    if (hit) fire.kills += 1;
    await sleep(random.between(0, 300));
    server.start();
  }
  await Promise.all(servers.map((server) => server.ready()));
}
