// Few skills an agent are nearly as good as all: Wallace and Whitt's centre, 2004, in direction and size.
import { expect, test } from 'vitest';
import type { KindResult, Scenario } from '../../src/contract/scenario.ts';
import { readScenario } from '../../src/simulation/read-scenario.ts';
import { BEGINS_AT, finish, runScenario } from '../../src/simulation/run-scenario.ts';
import { erlangLimited } from '../makers/erlang.ts';
import { expectNear } from '../makers/expect-near.ts';

const ARRIVALS = process.env.USHER_LONG_TESTS === '1' ? 1_000_000 : 100_000;

/** Six kinds of 14 erlangs each, 15 agents at home in each kind, and 30 places to wait. */
const KINDS = 6;
const AT_HOME = 15;
const LOAD = 84;
const PLACES = 30;

/** Each agent knows their own kind best, and other kinds by turns: of 15, three share a second kind. */
function listAgents(skillsEach: number): Scenario['agents'] {
  return Array.from({ length: KINDS * AT_HOME }, (_, nth) => {
    const home = nth % KINDS;
    const turn = Math.floor(nth / KINDS);
    const others = Array.from({ length: skillsEach - 1 }, (_, step) => {
      return [`skill ${(home + 1 + ((turn + step) % (KINDS - 1))) % KINDS}`, 3] as const;
    });
    return {
      name: `agent ${nth}`,
      skills: { ...Object.fromEntries(others), [`skill ${home}`]: 5 },
    } as Scenario['agents'][number];
  });
}

function run(skillsEach: number): KindResult {
  const read = readScenario(
    {
      ...{ seed: 3, arrivals: ARRIVALS, warmUp: 0.1, queueLimit: PLACES },
      kinds: Array.from({ length: KINDS }, (_, kind) => ({
        ...{ name: `kind ${kind}`, rate: LOAD / KINDS, service: { exponential: 1 } },
        needs: { skills: { [`skill ${kind}`]: 1 } },
      })),
      agents: listAgents(skillsEach),
      policy: {
        plans: [{ name: 'Best first', prefer: ['skill', 'longest-idle'], steps: [{ after: 0 }] }],
        // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
        rules: [{ name: 'All', then: { plan: 'Best first' } }],
      },
    },
    BEGINS_AT,
  );
  if (read.scenario === null) throw new Error(JSON.stringify(read.faults));
  const { whole } = finish(runScenario(read.scenario, read.policy));
  if (whole === undefined) throw new Error('All kinds together are missing.');
  return whole;
}

test('agents with two skills of six lose and wait nearly as little as agents with all, and far less than with one', () => {
  const [one, two, all] = [run(1), run(2), run(6)];
  const exact = erlangLimited(KINDS * AT_HOME, LOAD, PLACES);
  // Losses come in bursts: their standard error is some times that of independent ones.
  const ci = 4 * 1.96 * Math.sqrt((exact * (1 - exact)) / all.arrived);
  expectNear(all.lostShare, { exact, ci }, 'lost where all can do all');
  const gained = (of: (kind: KindResult) => number) => (of(one) - of(two)) / (of(one) - of(all));
  expect(gained(({ lostShare }) => lostShare)).toBeGreaterThan(0.95);
  expect(gained(({ meanWait }) => meanWait)).toBeGreaterThan(0.9);
  expect(one.lostShare).toBeGreaterThan(5 * two.lostShare);
});
