// The simulator and our formulas beside GNU Octave's package `queueing`, which others wrote.
import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import type { KindResult } from '../../src/contract/scenario.ts';
import { readScenario } from '../../src/simulation/read-scenario.ts';
import { BEGINS_AT, finish, runScenario } from '../../src/simulation/run-scenario.ts';
import { erlangB, erlangC, erlangLimited } from '../makers/erlang.ts';
import { expectNear } from '../makers/expect-near.ts';

const isLong = process.env.USHER_LONG_TESTS === '1';
const missing = isLong ? findMissing() : 'only with USHER_LONG_TESTS=1';

function findMissing(): string | null {
  try {
    ask('disp(erlangb(1, 1))');
    return null;
  } catch {
    return 'octave with its package queueing is not installed';
  }
}

function ask(program: string): number[] {
  const said = execFileSync('octave-cli', ['--quiet', '--eval', `pkg load queueing; ${program}`], {
    encoding: 'utf8',
  });
  return said.trim().split(/\s+/).map(Number);
}

const POINTS: [servers: number, load: number][] = [
  [1, 0.5],
  [3, 2],
  [10, 8],
  [20, 16],
  [100, 95],
];

test.skipIf(missing !== null)(
  `Erlang B and C, and a limited queue, are what the package says ${missing ?? ''}`,
  { timeout: 120_000 },
  () => {
    for (const [servers, load] of POINTS) {
      const places = 5;
      const [b, c, lost] = ask(
        `[U, R, Q, X, p0, pK] = qsmmmk(${load}, 1, ${servers}, ${servers + places});
         printf("%.15g %.15g %.15g", erlangb(${load}, ${servers}), erlangc(${load}, ${servers}), pK)`,
      );
      expect(erlangB(servers, load)).toBeCloseTo(b as number, 9);
      expect(erlangC(servers, load)).toBeCloseTo(c as number, 9);
      expect(erlangLimited(servers, load, places)).toBeCloseTo(lost as number, 9);
    }
  },
);

test.skipIf(missing !== null).each(POINTS)(
  '%i agents at %f erlang wait as long, and as many are in the centre, as the package says',
  { timeout: 120_000 },
  (servers, load) => {
    const read = readScenario(
      {
        ...{ seed: 7, arrivals: 1_000_000, warmUp: 0.05 },
        kinds: [{ name: 'all', rate: load, service: { exponential: 1 } }],
        agents: [{ name: 'agent', count: servers }],
      },
      BEGINS_AT,
    );
    if (read.scenario === null) throw new Error(JSON.stringify(read.faults));
    const { all } = finish(runScenario(read.scenario, read.policy)).kinds;
    const { meanWait, meanWaitCi } = all as KindResult;
    const [inCentre, stays] = ask(
      `[U, R, Q] = qsmmm(${load}, 1, ${servers}); printf("%.15g %.15g", Q, R)`,
    );
    expectNear(meanWait, { exact: (stays as number) - 1, ci: meanWaitCi }, 'mean wait');
    expectNear(
      load * (meanWait + 1),
      { exact: inCentre as number, ci: load * meanWaitCi },
      'how many are in the centre',
    );
  },
);
