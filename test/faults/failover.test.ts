// The primary fails while webhooks arrive, and its standby takes over: what was answered 200 is there, once.
import { expect, onTestFinished, test } from 'vitest';
import { startQiscusEmulator } from '../../sandbox/qiscus/emulator.ts';
import { openPool } from '../../src/store/pool.ts';
import { type PostgresPair, startPostgresPair } from '../makers/start-postgres-pair.ts';
import { eventually } from '../makers/start-test-usher.ts';
import { LOST_DATABASE, SLOW_DATABASE } from '../makers/watch-errors.ts';
import { qiscusEnvironment, sendAllocation } from './qiscus-world.ts';
import { type ServerProcess, startServerProcess } from './server-process.ts';
import { underFire } from './under-fire.ts';

const long = process.env.USHER_LONG_TESTS === '1';
const SIZE = long ? { webhooks: 3000, kills: 4 } : { webhooks: 300, kills: 2 };
const SERVED_WITHIN_MS = 5000;
const TOLD_WITHIN_MS = 10_000;

/** Ends when the standby takes writes. */
type Fail = (pair: PostgresPair, servers: readonly ServerProcess[]) => Promise<void>;

interface Failure {
  fail: Fail;
  isLong?: boolean;
  /** Statements wait for commits that wait for a standby. */
  isSlow?: boolean;
}

/** Each has noticed. */
async function allRefuse(servers: readonly ServerProcess[]): Promise<void> {
  const refuses = async ({ url }: ServerProcess) => !(await fetch(`${url}/readyz`)).ok;
  for (const server of servers) await eventually(() => refuses(server), Boolean);
}

const failures: Record<string, Failure> = {
  'is killed': {
    fail: async ({ first, second }) => {
      await first.kill();
      await second.promote();
    },
  },
  'hangs, and comes back as if nothing had been': {
    fail: async ({ first, second }, servers) => {
      first.proxy.freeze();
      await allRefuse(servers);
      await second.promote();
      await first.proxy.comeBack();
    },
  },
  'is stopped in order, and follows': {
    isLong: true,
    fail: async ({ first, second }) => {
      await first.stop();
      await second.promote();
      await first.follow();
      await second.expectStandby();
    },
  },
  'loses its standby until all is refused, and is killed': {
    isLong: true,
    isSlow: true,
    fail: async ({ first, second }, servers) => {
      await second.kill();
      await allRefuse(servers);
      await first.kill();
      await second.start();
      await second.promote();
    },
  },
};

test('without its standby nothing is answered 200, not even what somebody cancels; soon all is told to come again, and then it is done once', async () => {
  const { url, floatingUrl, first, second } = await startPostgresPair();
  const pool = openPool({ connectionString: floatingUrl, onIdleError: () => {} });
  onTestFinished(() => pool.end());
  const qiscus = await startQiscusEmulator();
  onTestFinished(() => qiscus.close());
  const server = await startServerProcess(qiscusEnvironment(qiscus, url));
  server.expectErrors(LOST_DATABASE, SLOW_DATABASE);
  await server.ready();
  const { roomId } = qiscus.customerMessage({ userId: 'c1', name: 'C', text: 'Hi' });
  const send = () => sendAllocation(server.url, qiscus, roomId);

  await second.kill();
  let answered: number | null = null;
  const cancelled = send().then((status) => {
    answered = status;
  });
  while (answered === null) await first.cancelWaiting();
  await cancelled;
  expect(answered).toBe(503);
  const began = Date.now();
  expect(await send()).toBe(503);
  expect(Date.now() - began).toBeLessThan(TOLD_WITHIN_MS);
  expect((await fetch(`${server.url}/readyz`)).status).toBe(503);

  await second.start();
  await eventually(send, (status) => status === 200);
  const { rows } = await pool.query('select external_id as room from conversation');
  expect(rows).toEqual([{ room: roomId }]);
}, 120_000);

for (const [what, { isLong = false, isSlow = false, fail }] of Object.entries(failures)) {
  test.runIf(long || !isLong)(
    `a primary that ${what}: the servers go on with the other one, and lose and double nothing`,
    async () => {
      const pair = await startPostgresPair();
      await failUnderFire({ pair, url: pair.url, fail, isSlow });
    },
    420_000,
  );
}

test.runIf(long)(
  'an address that moves to the other server: nothing is lost or doubled',
  async () => {
    const pair = await startPostgresPair();
    const { fail } = failures['is killed'] as Failure;
    await failUnderFire({ pair, url: pair.floatingUrl, fail });
  },
  420_000,
);

async function failUnderFire(given: {
  pair: PostgresPair;
  url: string;
  fail: Fail;
  isSlow?: boolean;
}): Promise<void> {
  const { pair, url, fail, isSlow = false } = given;
  const pool = openPool({ connectionString: pair.floatingUrl, onIdleError: () => {} });
  onTestFinished(() => pool.end());
  let promoted = Number.POSITIVE_INFINITY;
  const crash = async (servers: readonly ServerProcess[]): Promise<void> => {
    await fail(pair, servers);
    promoted = Date.now();
    await pair.float();
  };
  const expected = isSlow ? [SLOW_DATABASE] : [];
  const { answered } = await underFire({ pool, url, crash }, { ...SIZE, expected });
  const after = [...answered.values()].map(Number).filter((at) => at > promoted);
  const servedAfter = Math.min(...after) - promoted;
  process.stdout.write(`served again after ${servedAfter} ms\n`);
  expect(servedAfter).toBeLessThan(SERVED_WITHIN_MS);
}
