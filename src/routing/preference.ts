// Compares eligible agents by the criteria of a strategy or a plan, one after the other, then by id.
import type { Criterion } from '../contract/strategies.ts';
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
  { prefer, roundRobinAfter }: { prefer: ReadonlySet<Criterion>; roundRobinAfter: string | null },
): Standings {
  const count = agents.length;
  const next = agents.findIndex(({ agentId }) => agentId > (roundRobinAfter ?? ''));
  const round = { first: Math.max(next, 0), count };
  const room = fill(count, (place) => roomOf(agents[place] as AgentState));
  const columns = new Map<Criterion, Float64Array>();
  for (const name of prefer) {
    const measure = measures[name as AgentCriterion] as Measure | undefined;
    if (measure === undefined) continue;
    const { before } = measure;
    columns.set(
      name,
      fill(count, (place) => before(agents[place] as AgentState, place, round)),
    );
  }
  return { agents, room, columns, chosen: new Uint8Array(count) };
}

/** `sticky` is left out: it depends on the conversation. */
export function orderBy(
  { agents, columns }: Standings,
  { prefer, needs }: { prefer: readonly Criterion[]; needs: Needs },
): Ordering[] {
  return prefer.flatMap((name) => {
    if (name === 'sticky') return [];
    const column = columns.get(name) ?? rateSkills(agents, needs, name);
    return [{ name, column }];
  });
}

/** By the sum of the levels in the skills that are needed: the most first, or the least. */
function rateSkills(agents: readonly AgentState[], needs: Needs, name: Criterion): Float64Array {
  const sign = name === 'skill' ? -1 : 1;
  return fill(agents.length, (place) => {
    const { skills } = agents[place] as AgentState;
    return sign * needs.skillIds.reduce((sum, id) => sum + (skills.get(id) ?? 0), 0);
  });
}

/** Float64Array.from takes ten times as long. */
function fill(count: number, read: (place: number) => number): Float64Array {
  const column = new Float64Array(count);
  for (let place = 0; place < count; place += 1) column[place] = read(place);
  return column;
}

/** The share of the capacity that is in use when this much room is left. */
export function loadShare({ capacity }: { capacity: number }, room: number): number {
  return capacity === 0 ? 1 : (capacity - room) / capacity;
}

/** The agent at `place` is chosen nth. */
export function charge(
  standings: Standings,
  { place, weight, now, nth }: { place: number; weight: number; now: Instant; nth: number },
): void {
  const agent = standings.agents[place] as AgentState;
  const room = (standings.room[place] as number) - weight;
  standings.room[place] = room;
  standings.chosen[place] = 1;
  const choice = { room, now, nth: standings.agents.length + nth };
  for (const [name, column] of standings.columns) {
    column[place] = measures[name as AgentCriterion].after(agent, choice);
  }
}

/**
 * The values by which a heap is ordered: a column for each criterion. They are a copy, because an
 * agent who is chosen for other needs grows worse where no heap of these needs can see it.
 */
export type Positions = readonly Float64Array[];

export function takePositions(ordering: readonly Ordering[]): Positions {
  return ordering.map(({ column }) => column.slice());
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
