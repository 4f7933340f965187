import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Plan, Step } from '../../contract/policy/plan.ts';
import {
  type Asked,
  type Entered,
  type OpeningHours,
  type Plans,
  placeInPlan,
} from './place-in-plan.ts';

const asked: Asked = {
  ...{ teamId: 'came-for', skillIds: ['came-with'], priority: 'normal' },
  ...{ needsByHand: false, priorityByHand: false },
};

const SECOND = 1000;
// Every object has members called so, too.
const names = ['a', 'constructor', '__proto__'];
const THEN = 'then';
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
// No plan leads back to itself.
const anyOtherwise = (nth: number) =>
  fc.constantFrom(
    ...['queue', 'message', 'close'],
    ...names.slice(nth + 1).map((name) => `plan:${name}`),
  );
const anyHours = (nth: number) =>
  fc.option(
    fc.record({ calendar: fc.constantFrom(...calendarNames), otherwise: anyOtherwise(nth) }),
  );
const anyLimits = (nth: number) =>
  fc.option(
    fc
      .record(
        {
          waiting: fc.integer({ min: 1, max: 3 }),
          waitFor: fc.integer({ min: 1, max: 120 }),
          [THEN]: anyOtherwise(nth),
        },
        { requiredKeys: [THEN] },
      )
      .map((limits) => limits as NonNullable<Plan['limits']>),
  );
const anyWorld = fc.record({
  steps: fc.tuple(anySteps, anySteps, anySteps),
  hours: fc.tuple(...names.map((_, nth) => anyHours(nth))),
  limits: fc.tuple(...names.map((_, nth) => anyLimits(nth))),
  rhythms: fc.tuple(
    ...calendarNames.map(() =>
      fc.record({
        period: fc.integer({ min: 20, max: 60 }),
        open: fc.integer({ min: 5, max: 19 }),
      }),
    ),
  ),
  since: fc.integer({ min: 0, max: 200 }).map((seconds) => seconds * SECOND),
  looks: fc.array(
    fc.record({
      after: fc.integer({ min: 0, max: 300_000 }),
      /** How many others wait in each plan; null: nobody was tried to be found yet. */
      others: fc.option(fc.tuple(...names.map(() => fc.integer({ min: 0, max: 4 })))),
    }),
    { minLength: 1, maxLength: 6 },
  ),
});

type World = typeof anyWorld extends fc.Arbitrary<infer T> ? T : never;

function makePlans({ steps, hours, limits, rhythms }: World): Plans {
  const plans = names.map((name, nth): Plan => {
    const [open, limit] = [hours[nth] ?? null, limits[nth] ?? null];
    return {
      ...{ name, steps: steps[nth] as Step[] },
      ...(open !== null && { hours: open }),
      ...(limit !== null && { limits: limit }),
    };
  });
  return {
    plans: new Map(plans.map((plan) => [plan.name, plan])),
    calendars: new Map(calendarNames.map((name, nth) => [name, makeHours(rhythms[nth] as Rhythm)])),
  };
}

const countIn = (others: World['looks'][number]['others']) => (plan: string) =>
  others === null ? null : (others[names.indexOf(plan)] ?? 0);

const leads = (then: string | undefined) => then === 'close' || then?.startsWith('plan:');

/**
 * The same by going through time second by second, as a clerk with a watch would, who notes on each
 * paper whether a plan was full when it had to wait there.
 */
function walk(plans: Plans, clerk: Clerk) {
  const { since, now, notes } = clerk;
  let at = { plan: 'a', since };
  for (let moment = since; moment <= now; moment += SECOND) {
    for (;;) {
      const found = findWay(plans, at, { ...clerk, moment });
      if (found === null) break;
      const { reason, way } = found;
      if (way === 'close') return { ...at, ends: { reason, plan: at.plan, at: moment } };
      // The paper has gone: nothing more is noted about this plan.
      if (!notes.has(at.plan)) notes.set(at.plan, false);
      at = { plan: way.split(':')[1] as string, since: moment };
    }
  }
  return { ...at, ends: null };
}

interface Clerk {
  since: number;
  now: number;
  notes: Map<string, boolean>;
  others: (plan: string) => number | null;
}

function findWay(
  { plans, calendars }: Plans,
  at: { plan: string; since: number },
  { moment, notes, others }: Clerk & { moment: number },
) {
  const { name, hours, limits } = plans.get(at.plan) as Plan;
  const count = others(name);
  if (limits?.waiting !== undefined && count !== null && !notes.has(name)) {
    notes.set(name, count >= limits.waiting);
  }
  const isClosed = hours && !calendars.get(hours.calendar)?.isOpen(moment);
  const { waitFor = Number.POSITIVE_INFINITY, [THEN]: then } = limits ?? {};
  const isLong = (moment - at.since) / SECOND >= waitFor;
  const ways = [
    { reason: 'closed-hours', holds: isClosed, way: hours?.otherwise },
    { reason: 'queue-full', holds: notes.get(name), way: then },
    { reason: 'waited-too-long', holds: isLong, way: then },
  ];
  const found = ways.find((one) => one.holds && leads(one.way));
  return found === undefined ? null : { reason: found.reason, way: found.way as string };
}

function readStep({ plans }: Plans, at: { plan: string; since: number }, now: number) {
  const { steps } = plans.get(at.plan) as Plan;
  const step = steps.filter(({ after }) => after * SECOND <= now - at.since).length - 1;
  return { step, own: steps[step] as Step };
}

/** What the contact is to be told at this moment. */
function readMet(
  { plans, calendars }: Plans,
  at: { plan: string; since: number },
  { now, notes }: { now: number; notes: Map<string, boolean> },
) {
  const { hours, limits } = plans.get(at.plan) as Plan;
  const isClosed = hours?.otherwise === 'message' && !calendars.get(hours.calendar)?.isOpen(now);
  const { waitFor = Number.POSITIVE_INFINITY } = limits ?? {};
  const isLong = now - at.since >= waitFor * SECOND;
  const isFull = limits?.[THEN] === 'message' && (notes.get(at.plan) || isLong);
  return [...(isClosed ? ['closedHours'] : []), ...(isFull ? ['full'] : [])];
}

const sorted = (looks: World['looks']) => looks.toSorted((a, b) => a.after - b.after);

test('a conversation stands, or has ended, where going through time second by second would put it', () => {
  fc.assert(
    fc.property(anyWorld, (world) => {
      const plans = makePlans(world);
      const { since } = world;
      const notes = new Map<string, boolean>();
      let entered: Entered = { plan: 'a', since };
      for (const look of sorted(world.looks)) {
        const [now, others] = [since + look.after, countIn(look.others)];
        const placed = placeInPlan(plans, { asked, entered, now, others });
        const expected = walk(plans, { since, now, notes, others });
        expect(placed).toMatchObject(expected);
        if (expected.ends !== null) return;
        const { step, own } = readStep(plans, expected, now);
        expect(placed.step).toBe(step);
        expect(placed.teamId).toBe(own.team === undefined ? 'came-for' : own.team);
        expect(placed.skillIds).toEqual(own.skills ? Object.keys(own.skills) : ['came-with']);
        expect(placed.skillLevels).toEqual(Object.values(own.skills ?? {}));
        expect(placed.priority).toBe(own.priority ?? 'normal');
        expect(placed.met).toEqual(readMet(plans, expected, { now, notes }));
        // Looked at in between or not, it ends up at the same place.
        const { plan, since: from, full } = placed;
        entered = { plan, since: from, ...(full && { full }) };
      }
    }),
    { numRuns: process.env.USHER_LONG_TESTS === '1' ? 100_000 : 2000 },
  );
});

test('nothing changes before the moment that it names, and something does at that moment', () => {
  fc.assert(
    fc.property(anyWorld, (world) => {
      const plans = makePlans(world);
      const [look] = world.looks;
      const others = countIn(look?.others ?? null);
      const entered = { plan: 'a', since: world.since };
      const now = world.since + (look?.after ?? 0);
      const { dueAt, ...placed } = placeInPlan(plans, { asked, entered, now, others });
      if (dueAt === null) return;
      expect(dueAt).toBeGreaterThan(now);
      const at = (moment: number) => placeInPlan(plans, { asked, entered, now: moment, others });
      expect(at(dueAt - 1)).toEqual({ ...placed, dueAt });
      expect(at(dueAt).dueAt).not.toBe(dueAt);
    }),
    { numRuns: 2000 },
  );
});

test('a plan that was not full when it had to wait is never full for it later', () => {
  // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
  const plan: Plan = { name: 'a', steps: [{ after: 0 }], limits: { waiting: 2, then: 'close' } };
  const plans: Plans = { plans: new Map([['a', plan]]), calendars: new Map() };
  const place = (entered: Entered, others: number | null) =>
    placeInPlan(plans, { asked, entered, now: SECOND, others: () => others });
  const came = place({ plan: 'a', since: 0 }, null);
  expect(came).toMatchObject({ untried: true, ends: null });
  expect(place(came, 2)).toMatchObject({ ends: { reason: 'queue-full', plan: 'a', at: 0 } });
  const waits = place(came, 1);
  expect(waits).toMatchObject({ untried: false, ends: null, full: { a: false } });
  expect(place(waits, 5)).toMatchObject({ ends: null });
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

const limited = (limits: object, more: Partial<Plan> = {}): Plans => ({
  plans: new Map([['a', { name: 'a', steps: [{ after: 0 }], limits: limits as never, ...more }]]),
  calendars: new Map([['x', makeHours({ period: 60, open: 10 })]]),
});
const standIn = (plans: Plans, seconds: number, full?: Entered['full']) =>
  placeInPlan(plans, {
    asked,
    entered: { plan: 'a', since: 0, ...(full && { full }) },
    now: seconds * SECOND,
  });

test('what has ended is told by its cause, and is never looked at again', () => {
  const hours = { calendar: 'x', otherwise: 'close' };
  const ended = { dueAt: null, untried: false };
  const closed = standIn(limited({ waiting: 1, [THEN]: 'close' }, { hours }), 10);
  const reason = 'closed-hours';
  expect(closed).toMatchObject({ ...ended, met: ['closedHours'], ends: { reason, at: 10_000 } });
  const long = standIn(limited({ waitFor: 5, [THEN]: 'close' }), 9);
  expect(long).toMatchObject({ ...ended, met: ['full'], ends: { reason: 'waited-too-long' } });
  const full = standIn(limited({ waiting: 1, [THEN]: 'close' }), 9, { a: true });
  expect(full).toMatchObject({ ...ended, met: ['full'], ends: { reason: 'queue-full', at: 0 } });
});

test('it is looked at again when it leaves, when the next step begins, or when what it is told changes', () => {
  const steps = [{ after: 0 }, { after: 30 }];
  const dueIn = (plans: Plans, at = 0) => standIn(plans, at).dueAt;
  expect(dueIn(limited({ waitFor: 20, [THEN]: 'close' }, { steps }))).toBe(20_000);
  expect(dueIn(limited({ waitFor: 40, [THEN]: 'close' }, { steps }))).toBe(30_000);
  expect(dueIn(limited({ waitFor: 40, [THEN]: 'close' }, { steps }), 30)).toBe(40_000);
  expect(dueIn(limited({ waitFor: 25, [THEN]: 'message' }, { steps }))).toBe(25_000);
  const hours = { calendar: 'x', otherwise: 'message' };
  expect(dueIn(limited({ waiting: 1, [THEN]: 'close' }, { steps, hours }))).toBe(10_000);
  expect(dueIn(limited({ waiting: 1, [THEN]: 'close' }))).toBeNull();
});

test('only a plan that may be full waits to be judged', () => {
  expect(standIn(limited({ waiting: 1, [THEN]: 'close' }), 0).untried).toBe(true);
  expect(standIn(limited({ waiting: 1, [THEN]: 'close' }), 0, { a: false }).untried).toBe(false);
  expect(standIn(limited({ waitFor: 9, [THEN]: 'close' }), 0).untried).toBe(false);
  const plain = {
    plans: new Map([['a', { name: 'a', steps: [{ after: 0 }] }]]),
    calendars: new Map(),
  };
  expect(standIn(plain, 0)).toMatchObject({ untried: false, met: [], dueAt: null });
});

test('hours whose calendar is gone close nothing', () => {
  const hours = { calendar: 'gone', otherwise: 'close' };
  const placed = standIn(limited({ waitFor: 9, [THEN]: 'message' }, { hours }), 3);
  expect(placed).toMatchObject({ ends: null, met: [] });
});

test('a plan that was left unjudged is judged no more', () => {
  const plans = limited({ waiting: 1, waitFor: 5, [THEN]: 'plan:b' });
  const both = new Map([...plans.plans, ['b', { name: 'b', steps: [{ after: 0 }] }] as const]);
  const placed = standIn({ ...plans, plans: both }, 6);
  expect(placed).toMatchObject({ plan: 'b', since: 5000, full: { a: false } });
});

test('a plan that there is not is a fault', () => {
  const nowhere: Plans = { plans: new Map(), calendars: new Map() };
  expect(() => standIn(nowhere, 0)).toThrow('There is no plan “a”.');
});
