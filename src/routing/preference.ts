// Compares eligible agents by the criteria of a strategy or a plan, one after the other, then by id.
import type { Criterion } from '../contract/strategies.ts';
import { type Bounds, boundRoom, chargeBounds, takeBounds } from './bounds.ts';
import { roomOf } from './eligible.ts';
import type { AgentState, Instant, Needs } from './types.ts';

/** What depends on the agent alone; the others depend on what a conversation needs. */
type AgentCriterion = Exclude<Criterion, 'skill' | 'skill-ascending' | 'sticky'>;

/** An agent's value by one criterion; the lower goes first. Being chosen never makes it lower. */
interface Measure {
  before(agent: AgentState, place: number, round: { first: number; count: number }): number;
  /** After the agent was chosen nth, with this much room left. */
  after(agent: AgentState, choice: { room: number; now: Instant; nth: number }): number;
}

const measures: Record<AgentCriterion, Measure> = {
  'load-share': {
    before: (agent) => loadShare(agent, roomOf(agent)),
    after: (agent, { room }) => loadShare(agent, room),
  },
  idle: {
    before: ({ idleSince }) => idleSince,
    // Clocks of two nodes differ: an agent's last change may lie ahead of this node's now.
    after: ({ idleSince }, { now }) => Math.max(idleSince, now),
  },
  turn: {
    before: (_, place, { first, count }) => (place - first + count) % count,
    after: (_, { nth }) => nth,
  },
};

/**
 * The values of the agents after the assignments of this pass: a column for each measure, by the
 * agent's place in the list. Objects instead of columns cost 3 ms more for 10,000 agents.
 */
export interface Standings {
  agents: readonly AgentState[];
  /** Room left; below zero where the capacity was lowered. */
  room: Float64Array;
  /** null: nobody has limits or a pace. */
  bounds: Bounds | null;
  /** Of every criterion in use that depends on the agent alone. */
  columns: ReadonlyMap<Criterion, Float64Array>;
  /** 1 for whom this pass has chosen. */
  chosen: Uint8Array;
}

/** One criterion of some needs: the first that differs decides. */
export interface Ordering {
  name: Criterion;
  column: Float64Array;
}

export function takeStandings(
  agents: readonly AgentState[],
  {
    prefer,
    places,
    roundRobinAfter,
    now,
  }: {
    prefer: ReadonlySet<Criterion>;
    /** Of the agents that may be chosen; null: all. The columns hold nothing of the others. */
    places: readonly number[] | null;
    roundRobinAfter: string | null;
    now: Instant;
  },
): Standings {
  const count = agents.length;
  const next = prefer.has('turn')
    ? agents.findIndex(({ agentId }) => agentId > (roundRobinAfter ?? ''))
    : 0;
  const round = { first: Math.max(next, 0), count };
  const room = fill(count, (place) => roomOf(agents[place] as AgentState), places);
  const columns = new Map<Criterion, Float64Array>();
  for (const name of prefer) {
    const measure = measures[name as AgentCriterion] as Measure | undefined;
    if (measure === undefined) continue;
    const { before } = measure;
    columns.set(
      name,
      fill(count, (place) => before(agents[place] as AgentState, place, round), places),
    );
  }
  const bounds = takeBounds(agents, { room, now });
  return { agents, room, bounds, columns, chosen: new Uint8Array(count) };
}

/** How much of these needs each agent can still be given. */
export function roomFor({ room, bounds }: Standings, needs: Needs): Float64Array {
  return bounds === null ? room : boundRoom(bounds, needs);
}

/** `sticky` is left out: it depends on the conversation. `ratings`: those of rateSkills. */
export function orderBy(
  { columns }: Standings,
  { prefer, ratings }: { prefer: readonly Criterion[]; ratings: Ratings },
): Ordering[] {
  return prefer.flatMap((name) => {
    if (name === 'sticky') return [];
    const column = columns.get(name) ?? ratings.get(name);
    if (column === undefined) throw new Error(`Nobody was rated by ${name}.`);
    return [{ name, column }];
  });
}

/** The columns of the criteria that depend on the agent's skills and the needs. */
export type Ratings = ReadonlyMap<Criterion, Float64Array>;

const signs: Partial<Record<Criterion, number>> = { skill: -1, 'skill-ascending': 1 };

/**
 * By the sum of the levels in the skills that are needed: the most first, or the least. No assignment
 * changes it, so it is made once for many passes: a pass for one, with a thousand agents and twelve
 * plans that prefer by skill, spent half of its computing here.
 */
export function rateSkills(
  agents: readonly AgentState[],
  needs: Pick<Needs, 'skillIds'>,
  prefer: readonly Criterion[],
): Ratings {
  const columns = new Map<Criterion, Float64Array>();
  for (const name of prefer) {
    const sign = signs[name];
    if (sign === undefined) continue;
    const rate = (place: number) => {
      const { skills } = agents[place] as AgentState;
      return sign * needs.skillIds.reduce((sum, id) => sum + (skills.get(id) ?? 0), 0);
    };
    columns.set(name, fill(agents.length, rate));
  }
  return columns;
}

/** Float64Array.from takes ten times as long. */
function fill(
  count: number,
  read: (place: number) => number,
  places: readonly number[] | null = null,
): Float64Array {
  const column = new Float64Array(count);
  if (places !== null) for (const place of places) column[place] = read(place);
  else for (let place = 0; place < count; place += 1) column[place] = read(place);
  return column;
}

/** The share of the capacity that is in use when this much room is left. */
export function loadShare({ capacity }: { capacity: number }, room: number): number {
  return capacity === 0 ? 1 : (capacity - room) / capacity;
}

/** The agent at `place` is chosen nth. */
export function charge(
  standings: Standings,
  { place, needs, now, nth }: { place: number; needs: Needs; now: Instant; nth: number },
): void {
  const agent = standings.agents[place] as AgentState;
  const room = (standings.room[place] as number) - needs.weight;
  standings.room[place] = room;
  if (standings.bounds !== null) chargeBounds(standings.bounds, place, needs);
  standings.chosen[place] = 1;
  const choice = { room, now, nth: standings.agents.length + nth };
  for (const [name, column] of standings.columns) {
    column[place] = measures[name as AgentCriterion].after(agent, choice);
  }
}

/**
 * The values by which a heap is ordered: a column for each criterion. Those that assignments change
 * are a copy, because an agent who is chosen for other needs grows worse where no heap of these needs
 * can see it.
 */
export type Positions = readonly Float64Array[];

export function takePositions(ordering: readonly Ordering[], { columns }: Standings): Positions {
  return ordering.map(({ name, column }) => (columns.has(name) ? column.slice() : column));
}

/** Brings one agent's position up to date, and tells whether it was behind. */
export function renewPosition(
  positions: Positions,
  ordering: readonly Ordering[],
  place: number,
): boolean {
  let behind = false;
  for (const [nth, { column }] of ordering.entries()) {
    const position = positions[nth] as Float64Array;
    if (position[place] === column[place]) continue;
    position[place] = column[place] as number;
    behind = true;
  }
  return behind;
}

/** Whether the agent at place `a` goes before the one at `b`, by their positions. */
export function isBefore(positions: Positions): (a: number, b: number) => boolean {
  // For one or two criteria, without a loop: this is called some ten times for each assignment.
  const [first, second, ...rest] = positions;
  return (a, b) => {
    let order = compare(first, a, b) || compare(second, a, b);
    for (const column of rest) order ||= compare(column, a, b);
    // Places are in the order of the ids.
    return (order || a - b) < 0;
  };
}

function compare(column: Float64Array | undefined, a: number, b: number): number {
  return column === undefined ? 0 : (column[a] as number) - (column[b] as number);
}

/** The first criterion that tells two agents apart; null: none does. */
export function tellApart(
  ordering: readonly Ordering[],
  [a, b]: [number, number],
): Criterion | null {
  return ordering.find(({ column }) => compare(column, a, b) !== 0)?.name ?? null;
}
