// Patroni with a synchronous standby fails over while webhooks arrive: what was answered 200 is there, once.
import { expect, onTestFinished, test } from 'vitest';
import { openPool } from '../../src/store/pool.ts';
import { type PatroniCluster, patroniMissing, startPatroni } from '../makers/start-patroni.ts';
import { eventually } from '../makers/start-test-usher.ts';
import { SLOW_DATABASE } from '../makers/watch-errors.ts';
import { underFire } from './under-fire.ts';

const isRun = process.env.USHER_LONG_TESTS === '1' && patroniMissing === null;
const SIZE = { webhooks: 2000, kills: 2, expected: [SLOW_DATABASE] };
const SERVED_WITHIN_MS = 30_000;

const failures: Record<string, (cluster: PatroniCluster) => Promise<void>> = {
  'loses its leader': async ({ leader }) => (await leader()).kill(),
  'believes that its leader is gone, whose PostgreSQL goes on': async ({ leader }) =>
    (await leader()).hang(),
  'is switched over': ({ switchOver }) => switchOver(),
};

for (const address of ['all servers', 'HAProxy']) {
  for (const [what, fail] of Object.entries(failures)) {
    test.runIf(isRun)(
      `a Patroni that ${what}, by the address of ${address}: nothing is lost or doubled ${patroniMissing ?? ''}`,
      async () => {
        const cluster = await startPatroni();
        const url = address === 'HAProxy' ? cluster.balancedUrl : cluster.url;
        await failUnderFire(cluster, url, fail);
      },
      600_000,
    );
  }
}

async function failUnderFire(
  cluster: PatroniCluster,
  url: string,
  fail: (cluster: PatroniCluster) => Promise<void>,
): Promise<void> {
  const pool = openPool({ connectionString: cluster.balancedUrl, onIdleError: () => {} });
  onTestFinished(() => pool.end());
  let failed = 0;
  let led = Number.POSITIVE_INFINITY;
  const crash = async (): Promise<void> => {
    const before = (await cluster.leader()).name;
    failed = Date.now();
    await fail(cluster);
    const next = () =>
      cluster.leader().then(
        ({ name }) => name,
        () => before,
      );
    await eventually(next, (name) => name !== before, 60_000);
    led = Date.now();
  };
  const { answered } = await underFire({ pool, url, crash }, SIZE);
  const served = Math.min(...[...answered.values()].map(Number).filter((at) => at > led));
  process.stdout.write(`led again after ${led - failed} ms, served after ${served - failed} ms\n`);
  expect(served - failed).toBeLessThan(SERVED_WITHIN_MS);
}
