// Two servers of a fresh database that are killed in turn, as often as asked, spread over the steps of a test.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { expect } from 'vitest';
import { makeRandom, type Random } from '../../sandbox/qiscus/random.ts';
import { DEFAULT_WORKSPACE } from '../../src/desk/prepare-workspace.ts';
import { makeDatabase } from '../makers/make-database.ts';
import type { Call } from '../makers/start-test-usher.ts';
import { askAny } from './ask-any.ts';
import { checkState, noBreaches } from './check-history.ts';
import { killInTurn, startServers } from './kill-in-turn.ts';

export interface Fire {
  /** Of everything random; told by whatever fails. */
  seed: number;
  random: Random;
  pool: Pool;
  /** Of one of them, until the kills begin. */
  url: string;
  /** Asks either server until it answers. */
  call: Call;
  /** One of the steps is done. */
  step(): void;
  /** Kills while this goes on; ends when both have ended. */
  during<T>(acting: Promise<T>): Promise<T>;
  /** That the database holds nothing that may never be. */
  expectSoundState(): Promise<void>;
}

export async function openFire(args: {
  steps: number;
  kills: number;
  /** Milliseconds before each kill: at least, and less than. */
  pause: readonly [number, number];
  /** More of the servers’. */
  environment?: Record<string, string>;
}): Promise<Fire> {
  const { steps, kills, pause, environment: more = {} } = args;
  const seed = process.env.USHER_LONG_TESTS === '1' ? Date.now() % 100_000 : 1;
  const random = makeRandom(seed);
  const { pool, url } = await makeDatabase();
  const environment = { DATABASE_URL: url, USHER_SWEEP_MS: '200', QISCUS_APP_ID: '', ...more };
  const servers = await startServers(2, environment);
  let done = 0;
  const isNear = (killed: number) => done >= ((killed + 1) * steps) / (kills + 1);
  return {
    ...{ seed, random, pool, url: servers[0]?.url ?? '', call: askAny(servers, random) },
    step: () => {
      done += 1;
    },
    during: async (acting) => {
      const killing = killInTurn(servers, {
        ...{ kills, random, pause },
        until: async (killed) => {
          while (!isNear(killed)) await sleep(5);
        },
      });
      const [result] = await Promise.all([acting, killing]);
      return result;
    },
    expectSoundState: async () => {
      const breaches = await checkState(pool, DEFAULT_WORKSPACE);
      expect(breaches, `seed ${seed}`).toEqual(noBreaches(breaches));
    },
  };
}
