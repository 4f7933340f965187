// Random lives of agents, with what they held, said and were planned for.
import fc, { type Arbitrary } from 'fast-check';
import { v7 as uuid } from 'uuid';
import type { Held, Life, Said, Talk, World } from './recount-side.ts';

// Around changes of the clock: in March in America and Europe, in April on Lord Howe by half an hour.
const START = Date.UTC(2025, 2, 6);
const HOUR = 3_600_000;
const DAYS = 32;
const END = START + DAYS * 24 * HOUR;
const zones = ['UTC', 'Asia/Kathmandu', 'America/New_York', 'Australia/Lord_Howe', 'Europe/Lisbon'];
type Infer<T> = T extends Arbitrary<infer Value> ? Value : never;
const ids = (n: number) => Array.from({ length: n }, () => uuid());
export const agents = ids(3);
export const teams = ids(2);
const channels = ids(2);
const statuses = ids(2);

const instant = fc.oneof(
  fc.integer({ min: START, max: END }),
  // Where days begin and end.
  fc.integer({ min: 0, max: DAYS * 24 }).map((hour) => START + hour * HOUR),
);
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: null });
const pause = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 1, max: 5000 }),
  fc.integer({ min: 1, max: 60 * HOUR }),
);

const often = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 9 * HOUR }), pause);

const life = fc.record({
  teamIds: fc.subarray(teams),
  statuses: fc.array(
    fc.record({
      after: often,
      is: fc.constantFrom(
        ...(['online', 'online', 'online', 'away', 'away', 'offline', 'gone'] as const),
      ),
      statusId: maybe(fc.constantFrom(...statuses)),
    }),
    { minLength: 15, maxLength: 60 },
  ),
  capacities: fc.array(fc.record({ at: instant, capacity: fc.integer({ min: 0, max: 6 }) }), {
    maxLength: 5,
  }),
  shifts: fc.array(
    fc.record({
      after: pause,
      lasts: fc.integer({ min: 1, max: 24 * HOUR }),
      expects: fc.constantFrom('online' as const, 'online' as const, 'away' as const),
      statusId: maybe(fc.constantFrom(...statuses)),
    }),
    { minLength: 4, maxLength: 12 },
  ),
});
const assignment = fc.record({
  agentId: fc.constantFrom(...agents),
  after: pause,
  lasts: maybe(pause),
  weight: fc.integer({ min: 0, max: 3 }),
  ends: fc.constantFrom('closed', 'requeued', 'declined', 'not-accepted'),
  offered: fc.boolean(),
  accepts: fc.boolean(),
});
const message = fc.record({
  after: pause,
  by: fc.constantFrom('contact' as const, 'agent' as const, 'user' as const),
  agentId: fc.constantFrom(...agents),
});
const talk = fc.record({
  queuedAt: instant,
  teamId: maybe(fc.constantFrom(...teams)),
  plan: maybe(fc.constantFrom('Billing', 'Night')),
  channelId: fc.constantFrom(...channels),
  held: fc.array(assignment, { maxLength: 4 }),
  said: fc.array(message, { maxLength: 8 }),
});
/** Of the dates, the earlier one is its beginning. */
export const anySpan = fc.record({
  days: fc.tuple(instant, instant).filter(([one, other]) => one !== other),
  timeZone: fc.constantFrom(...zones),
  byDay: fc.boolean(),
  agentId: fc.oneof(fc.constant(null), fc.constant(null), fc.constantFrom(...agents)),
  teamId: fc.oneof(fc.constant(null), fc.constant(null), fc.constantFrom(...teams)),
});

function makeLife(agentId: string, made: Infer<typeof life>): Life {
  const byTime = <T extends { at: number }>(rows: T[]) => rows.toSorted((a, b) => a.at - b.at);
  let at = START - 12 * HOUR;
  const shifts = made.shifts.map(({ after, lasts, expects, statusId }) => {
    const starts = at + after;
    at = starts + lasts;
    return { starts, ends: at, expects, statusId: expects === 'away' ? statusId : null };
  });
  let moment = START - HOUR;
  const known = made.statuses.map(({ after, is, statusId }) => {
    moment += after;
    return { at: moment, is, statusId: is === 'away' ? statusId : null };
  });
  return {
    agentId,
    teamIds: made.teamIds,
    statuses: known,
    capacities: byTime(made.capacities),
    shifts,
  };
}

function makeTalk(made: Infer<typeof talk>): { talk: Talk; held: Held[]; said: Said[] } {
  const conversationId = uuid();
  const { queuedAt, teamId, plan, channelId } = made;
  let moment = queuedAt;
  const said = made.said.map(({ after, by, agentId }, index): Said => {
    moment += after;
    const author = by === 'agent' ? agentId : null;
    return { conversationId, seq: index + 1, at: moment, by, agentId: author };
  });
  const held = makeHeld(conversationId, made);
  return { talk: { conversationId, queuedAt, teamId, plan, channelId }, held, said };
}

const REFUSED = ['declined', 'not-accepted'];

/** One after the other; nobody follows the one who still has it. */
function makeHeld(conversationId: string, { queuedAt, held }: Infer<typeof talk>): Held[] {
  const all: Held[] = [];
  let at = queuedAt;
  for (const { agentId, weight, offered, accepts, after, lasts, ends } of held) {
    const since = at + after;
    const till = lasts === null ? null : since + lasts;
    const took = Math.floor((lasts ?? 9000) / 3);
    const accepted = offered && accepts && !REFUSED.includes(ends) ? since + took : null;
    const times = { since, till, accepted, reason: till === null ? null : ends };
    all.push({ conversationId, agentId, weight, offered, ...times, state: stateOf(times) });
    if (till === null) break;
    at = till;
  }
  return all;
}

function stateOf({ till, accepted, reason }: Pick<Held, 'till' | 'accepted' | 'reason'>): string {
  if (till === null) return accepted === null ? 'pending' : 'confirmed';
  return REFUSED.includes(reason ?? '') ? 'undone' : 'ended';
}

export const anyWorld: Arbitrary<World> = fc
  .tuple(fc.tuple(life, life, life), fc.array(talk, { minLength: 2, maxLength: 10 }))
  .map(([lives, talks]) => {
    const made = talks.map(makeTalk);
    return {
      lives: lives.map((one, index) => makeLife(agents[index] ?? '', one)),
      held: made.flatMap(({ held }) => held),
      talks: made.map(({ talk: one }) => one),
      said: made.flatMap(({ said }) => said),
    };
  });

/** `micros`: what every moment has beyond its millisecond, which no report may see. */
