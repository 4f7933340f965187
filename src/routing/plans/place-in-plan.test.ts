import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Plan, Step } from '../../contract/policy/plan.ts';
import { type Asked, type OpeningHours, type Plans, placeInPlan } from './place-in-plan.ts';

const asked: Asked = {
  ...{ teamId: 'came-for', skillIds: ['came-with'], priority: 'normal' },
  ...{ needsByHand: false, priorityByHand: false },
};

const SECOND = 1000;
const names = ['a', 'b', 'c'];
const calendarNames = ['x', 'y'];

/** Open for the first `open` seconds of every `period`. */
interface Rhythm {
  period: number;
  open: number;
}

function makeHours({ period, open }: Rhythm): OpeningHours {
  const [every, span] = [period * SECOND, open * SECOND];
  const isOpen = (at: number) => at % every < span;
  return {
    isOpen,
    nextChange: (at) => at - (at % every) + (isOpen(at) ? span : every),
  };
}

const anyStep = fc.record(
  {
    team: fc.constantFrom(null, 't', 'u'),
    skills: fc.constantFrom({}, { p: 3 }, { p: 1, q: 5 }),
    priority: fc.constantFrom('low' as const, 'urgent' as const),
  },
  { requiredKeys: [] },
);
const anySteps = fc
  .tuple(
    fc.array(anyStep, { minLength: 1, maxLength: 4 }),
    fc.array(fc.integer({ min: 1, max: 40 })),
  )
  .map(([steps, gaps]) => {
    let after = 0;
    return steps.map((step, nth): Step => {
      if (nth > 0) after += gaps[nth - 1] ?? 5;
      return { ...step, after };
    });
  });
const anyWorld = fc.record({
  steps: fc.tuple(anySteps, anySteps, anySteps),
  // No plan leads back to itself.
  hours: fc.tuple(
    ...names.map((_, nth) =>
      fc.option(
        fc.record({
          calendar: fc.constantFrom(...calendarNames),
          otherwise: fc.constantFrom(
            'queue',
            ...names.slice(nth + 1).map((name) => `plan:${name}`),
          ),
        }),
      ),
    ),
  ),
  rhythms: fc.tuple(
    ...calendarNames.map(() =>
      fc.record({
        period: fc.integer({ min: 20, max: 60 }),
        open: fc.integer({ min: 5, max: 19 }),
      }),
    ),
  ),
  since: fc.integer({ min: 0, max: 200 }).map((seconds) => seconds * SECOND),
  looks: fc.array(fc.integer({ min: 0, max: 300_000 }), { minLength: 1, maxLength: 6 }),
});

function makePlans({
  steps,
  hours,
  rhythms,
}: typeof anyWorld extends fc.Arbitrary<infer T> ? T : never): Plans {
  const plans = names.map((name, nth): Plan => {
    const own = hours[nth] ?? null;
    return { name, steps: steps[nth] as Step[], ...(own !== null && { hours: own }) };
  });
  return {
    plans: new Map(plans.map((plan) => [plan.name, plan])),
    calendars: new Map(calendarNames.map((name, nth) => [name, makeHours(rhythms[nth] as Rhythm)])),
  };
}

/** The same by going through time second by second, as a clerk with a watch would. */
function walk({ plans, calendars }: Plans, since: number, now: number) {
  let at = { plan: 'a', since };
  for (let moment = since; moment <= now; moment += SECOND) {
    for (;;) {
      const { hours } = plans.get(at.plan) as Plan;
      const to = hours?.otherwise.split(':')[1];
      if (hours === undefined || to === undefined) break;
      if (calendars.get(hours.calendar)?.isOpen(moment)) break;
      at = { plan: to, since: moment };
    }
  }
  const { steps } = plans.get(at.plan) as Plan;
  const step = steps.filter(({ after }) => after * SECOND <= now - at.since).length - 1;
  return { ...at, step, own: steps[step] as Step };
}

test('a conversation stands where going through time second by second would put it', () => {
  fc.assert(
    fc.property(anyWorld, (world) => {
      const plans = makePlans(world);
      const { since } = world;
      const times = world.looks.map((ms) => since + ms).sort((a, b) => a - b);
      let entered = { plan: 'a', since };
      for (const now of times) {
        const placed = placeInPlan(plans, { asked, entered, now });
        const { own, ...expected } = walk(plans, since, now);
        expect(placed).toMatchObject(expected);
        expect(placed.teamId).toBe(own.team === undefined ? 'came-for' : own.team);
        expect(placed.skillIds).toEqual(own.skills ? Object.keys(own.skills) : ['came-with']);
        expect(placed.skillLevels).toEqual(Object.values(own.skills ?? {}));
        expect(placed.priority).toBe(own.priority ?? 'normal');
        // Looked at in between or not, it ends up at the same place.
        entered = { plan: placed.plan, since: placed.since };
      }
    }),
    { numRuns: process.env.USHER_LONG_TESTS === '1' ? 100_000 : 2000 },
  );
});

test('nothing changes before the moment that it names, and something does at that moment', () => {
  fc.assert(
    fc.property(anyWorld, (world) => {
      const plans = makePlans(world);
      const entered = { plan: 'a', since: world.since };
      const now = world.since + (world.looks[0] as number);
      const { dueAt, ...placed } = placeInPlan(plans, { asked, entered, now });
      if (dueAt === null) return;
      expect(dueAt).toBeGreaterThan(now);
      const { dueAt: still, ...before } = placeInPlan(plans, { asked, entered, now: dueAt - 1 });
      expect({ ...before, still }).toEqual({ ...placed, still: dueAt });
      expect(placeInPlan(plans, { asked, entered, now: dueAt }).dueAt).not.toBe(dueAt);
    }),
    { numRuns: 2000 },
  );
});

test('what a person chose, no step overrules', () => {
  const steps = [{ after: 0, team: 't', skills: { p: 3 }, priority: 'low' as const }];
  const plans: Plans = { plans: new Map([['a', { name: 'a', steps }]]), calendars: new Map() };
  const place = (change: Partial<Asked>) =>
    placeInPlan(plans, {
      asked: { ...asked, ...change },
      entered: { plan: 'a', since: 0 },
      now: 0,
    });
  expect(place({ needsByHand: true })).toMatchObject({
    ...{ teamId: 'came-for', skillIds: ['came-with'], skillLevels: [], priority: 'low' },
  });
  expect(place({ priorityByHand: true })).toMatchObject({ teamId: 't', priority: 'normal' });
});
