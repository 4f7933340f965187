// Several servers of one database, of which some are killed again and again while a test goes on.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../sandbox/qiscus/random.ts';
import { LOST_DATABASE } from '../makers/watch-errors.ts';
import { type ServerProcess, startServerProcess } from './server-process.ts';

/** All of them ready. */
export async function startServers(
  count: number,
  environment: Record<string, string>,
): Promise<ServerProcess[]> {
  const starting = Array.from({ length: count }, () => startServerProcess(environment));
  const servers = await Promise.all(starting);
  for (const { expectErrors } of servers) expectErrors(LOST_DATABASE);
  await allReady(servers);
  return servers;
}

export async function allReady(servers: readonly ServerProcess[]): Promise<void> {
  await Promise.all(servers.map((server) => server.ready()));
}

export interface Killing {
  kills: number;
  random: Random;
  /** Milliseconds before each kill: at least, and less than. */
  pause: readonly [number, number];
  /** Whose turn it is; by themselves, one after the other. Several are killed at once. */
  victims?: (turn: number) => readonly ServerProcess[];
  /** Before the pause. */
  until?: (killed: number) => Promise<void>;
  /** Between the last kill of a turn and the first start. */
  onKilled?: () => Promise<void>;
  /** For each that is there again. */
  onReady?: () => Promise<void>;
}

/** Each is ready again before the next is killed, and at the end. */
export async function killInTurn(
  servers: readonly ServerProcess[],
  { kills, random, pause, ...hooks }: Killing,
): Promise<void> {
  const { victims = (turn) => servers.slice(turn % servers.length).slice(0, 1) } = hooks;
  let killed = 0;
  for (let turn = 0; killed < kills; turn += 1) {
    await hooks.until?.(killed);
    await sleep(random.between(...pause));
    const dying = victims(turn).slice(0, kills - killed);
    await Promise.all(dying.map((server) => server.kill()));
    killed += dying.length;
    await hooks.onKilled?.();
    await Promise.all(dying.map((server) => revive(server, hooks.onReady)));
  }
}

async function revive(server: ServerProcess, onReady = async () => {}): Promise<void> {
  server.start();
  await server.ready();
  await onReady();
}
