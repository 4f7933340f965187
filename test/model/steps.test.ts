// Plans of steps beside what each step allows: nobody is early, nobody is forgotten, and no place in line is lost.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeDatabase } from '../makers/make-database.ts';
import { makeTestClock, type TestClock } from '../makers/test-clock.ts';
import {
  allowedAfter,
  type ModelStep,
  makeStepsWorld,
  type Row,
  type StepsWorld,
} from './steps-world.ts';

const LONG = process.env.USHER_LONG_TESTS === '1';
const runs = LONG ? { numRuns: 3000 } : { numRuns: 40, interruptAfterTimeLimit: 20_000 };

type Act =
  | { do: 'open' }
  | { do: 'both' }
  | { do: 'route'; node: number }
  | { do: 'restart'; node: number }
  | { do: 'end' | 'giveBack' | 'tag' | 'turn'; pick: number }
  /** To `ms` from the moment at which a step begins for somebody. */
  | { do: 'wait'; pick: number; ms: number };

const pick = fc.nat(50);
const node = fc.nat(1);
const anyAct: fc.Arbitrary<Act> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('open' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('both' as const) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('route' as const), node }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const), node }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constantFrom('end' as const, 'giveBack' as const, 'tag' as const, 'turn' as const),
      pick,
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      ...{ do: fc.constant('wait' as const), pick },
      ms: fc.constantFrom(-500, -3, 0, 0, 1, 40_000),
    }),
  },
);

/** The first step begins at once; each of the others asks for no more than the one before. */
const anySteps: fc.Arbitrary<ModelStep[]> = fc
  .array(
    fc.record({ gap: fc.integer({ min: 1, max: 90 }), less: fc.nat(2), leaves: fc.boolean() }),
    { minLength: 1, maxLength: 4 },
  )
  .map((gaps) => {
    const steps: ModelStep[] = [{ after: 0, level: 5, inTeam: true }];
    for (const { gap, less, leaves } of gaps) {
      const { after, level, inTeam } = steps.at(-1) as ModelStep;
      const next = { level: Math.max(1, level - less), inTeam: inTeam && !leaves };
      steps.push({ after: after + gap, ...next });
    }
    return steps;
  });
const anyStaff = fc.array(
  fc.record({
    level: fc.integer({ min: 1, max: 5 }),
    inTeam: fc.boolean(),
    capacity: fc.integer({ min: 1, max: 2 }),
  }),
  { minLength: 1, maxLength: 3 },
);

async function act(world: StepsWorld, step: Act, clock: TestClock): Promise<void> {
  const rows = await world.look();
  const of = (state: Row['state']) => rows.filter((row) => row.state === state);
  const choose = <T>(among: readonly T[]) =>
    'pick' in step && among.length > 0 ? among[step.pick % among.length] : undefined;
  switch (step.do) {
    case 'open':
      await world.open();
      return;
    case 'restart':
      world.restart(step.node);
      return;
    case 'turn': {
      const agent = choose(world.agents);
      if (agent !== undefined) await world.turn(agent);
      return;
    }
    case 'tag': {
      const row = choose(of('waiting'));
      if (row !== undefined) await world.tag(row.id, `tag-${step.pick}`);
      return;
    }
    case 'end': {
      const row = choose(of('assigned'));
      if (row !== undefined) await world.end(row.id);
      return;
    }
    case 'giveBack': {
      const row = choose(of('assigned'));
      if (row !== undefined) await world.giveBack(row);
      return;
    }
    case 'wait': {
      const now = await world.now();
      const begins = of('waiting').flatMap(({ queuedAt }) =>
        world.steps.map(({ after }) => queuedAt + after * 1000).filter((at) => at > now),
      );
      const at = choose(begins) ?? now;
      await clock.advance(Math.max(0, at - now + step.ms));
      return;
    }
    default:
      await routeAndJudge(world, step);
  }
}

/** What is given out is judged by the instants that are stored, what still waits by the time before. */
async function routeAndJudge(
  world: StepsWorld,
  step: Extract<Act, { do: 'route' } | { do: 'both' }>,
): Promise<void> {
  const before = await world.look();
  const now = await world.now();
  await world.route(step.do === 'both' ? 0 : step.node, step.do === 'both');
  const after = await world.look();
  const allows = (row: Row, agent: StepsWorld['agents'][number], at: number) => {
    const ms = allowedAfter(world.steps, agent);
    const waited = at - row.queuedAt - world.heldFor(row).most;
    return ms !== null && waited >= ms && !row.excluded.includes(agent.agentId);
  };
  const waiting = after.filter(({ state }) => state === 'waiting');
  const given = after.filter(({ id, state }) => {
    return state === 'assigned' && before.find((row) => row.id === id)?.state === 'waiting';
  });
  for (const row of given) {
    const agent = world.agents.find(({ agentId }) => agentId === row.agentId);
    if (agent === undefined) throw new Error('It was given to nobody whom we know.');
    const at = row.assignedAt as number;
    expect(at - row.queuedAt - world.heldFor(row).least, 'early').toBeGreaterThanOrEqual(
      allowedAfter(world.steps, agent) ?? Number.POSITIVE_INFINITY,
    );
    const overtaken = waiting.filter((one) => one.rankAt < row.rankAt && allows(one, agent, now));
    expect(overtaken, 'overtaken').toEqual([]);
  }
  for (const agent of world.agents.filter(({ isOnline }) => isOnline)) {
    const held = after.filter(({ state, agentId }) => {
      return state === 'assigned' && agentId === agent.agentId;
    });
    if (held.length >= agent.capacity) continue;
    expect(
      waiting.filter((row) => allows(row, agent, now)),
      'forgotten',
    ).toEqual([]);
  }
}

test(
  'whatever happens to two nodes and the clock: nobody is given a conversation before a step allows it, whoever is free gets the first one that is allowed, and no place in line changes',
  async () => {
    const { pool } = await makeDatabase();
    const clock = makeTestClock(pool);
    const made = { steps: anySteps, staff: anyStaff };
    await fc.assert(
      fc.asyncProperty(
        fc.record(made),
        fc.array(anyAct, { minLength: 5, maxLength: 25 }),
        async (size, acts) => {
          const world = await makeStepsWorld({ pool, clock }, size);
          const ranks = new Map<string, number>();
          for (const step of [...acts, { do: 'route', node: 0 } as const]) {
            await act(world, step, clock);
            for (const { id, rankAt, queuedAt } of await world.look()) {
              expect(rankAt, 'its place in line').toBe(ranks.get(id) ?? queuedAt);
              ranks.set(id, rankAt);
            }
          }
        },
      ),
      runs,
    );
  },
  LONG ? 3_600_000 : 90_000,
);
