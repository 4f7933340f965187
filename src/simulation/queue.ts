// Who waits, in groups of equal needs as the router has them, and who may serve each group.
import { type Heap, makeHeap } from '../routing/heap.ts';
import type { CompiledPolicy } from '../routing/plans/compile-policy.ts';
import { type Screened, screen } from '../routing/screen.ts';
import type { AgentState, Instant, Needs } from '../routing/types.ts';
import { freeRoom, type SimulatedAgent } from './agents.ts';

export interface Place<Item> {
  item: Item;
  id: string;
  rankAt: Instant;
  group: Group<Item>;
  /** Whom the contact knows; null: nobody. */
  stickyAgentId: string | null;
}

/** What waits has one place; whoever left it or moved on is passed over when the turn of the old one comes. */
export interface InLine<Item> {
  id: string;
  /** null: it does not wait. */
  place: Place<Item> | null;
}

export interface Group<Item> {
  key: string;
  screened: Screened;
  line: Heap<Place<Item>>;
  waiting: number;
  /** Of all who may serve it. */
  room: number;
  /** It asks for what hardly anybody else asks for, and is closed when nobody waits in it. */
  isPassing: boolean;
  /** The place of the one agent for whom these wait; null: others may have them. */
  awaits: number | null;
}

export interface Queue<Item> {
  agents: readonly SimulatedAgent[];
  states: readonly AgentState[];
  /** By the agent's place: how much more it may hold. */
  rooms: Float64Array;
  policy: CompiledPolicy;
  groups: Map<string, Group<Item>>;
  /** By the agent's place, the groups that they may serve. */
  servable: readonly Group<Item>[][];
  roundRobinAfter: string | null;
  waiting: number;
  /** How many groups were closed since they were last taken out of `servable`. */
  closed: number;
}

/** `agents`: in the order of their ids. */
export function makeQueue<Item>(
  agents: readonly SimulatedAgent[],
  policy: CompiledPolicy,
): Queue<Item> {
  const states = agents.map(({ state }) => state);
  const servable = agents.map(() => []);
  const rooms = Float64Array.from(agents, freeRoom);
  const groups = new Map<string, Group<Item>>();
  return {
    ...{ agents, states, rooms, policy, groups, servable },
    ...{ roundRobinAfter: null, waiting: 0, closed: 0 },
  };
}

/** Leaves its place, if it has one, for a new one. */
export function joinQueue<Item extends InLine<Item>>(
  queue: Queue<Item>,
  item: Item,
  at: Asks & { rankAt: Instant; stickyAgentId: string | null },
): void {
  leaveQueue(queue, item);
  const group = queue.groups.get(at.key) ?? openGroup(queue, at);
  const { rankAt, stickyAgentId } = at;
  item.place = { item, id: item.id, rankAt, group, stickyAgentId };
  group.line.push(item.place);
  group.waiting += 1;
  queue.waiting += 1;
}

export function leaveQueue<Item extends InLine<Item>>(queue: Queue<Item>, item: Item): void {
  if (item.place === null) return;
  const { group } = item.place;
  group.waiting -= 1;
  item.place = null;
  queue.waiting -= 1;
  if (group.isPassing && group.waiting === 0) closeGroup(queue, group);
}

/** Fewer closed ones than these are left where they are. */
const FEW = 64;

/** Taken out of the agents' lists together with others, so that each costs little. */
function closeGroup<Item>(queue: Queue<Item>, { key }: Group<Item>): void {
  const { groups, servable } = queue;
  groups.delete(key);
  queue.closed += 1;
  if (queue.closed < Math.max(FEW, groups.size)) return;
  queue.closed = 0;
  for (const own of servable) {
    const open = own.filter((one) => groups.get(one.key) === one);
    own.length = 0;
    for (const one of open) own.push(one);
  }
}

/** What all of a group ask for. */
interface Asks {
  key: string;
  needs: Needs;
  plan: string | null;
  awaits: number | null;
}

function openGroup<Item>(
  { agents, states, policy, groups, servable }: Queue<Item>,
  { key, needs, plan, awaits }: Asks,
): Group<Item> {
  const screened = keepTo(screen(states, needs, policy.preferIn(plan)), awaits);
  const room = countRoom(agents, screened);
  const line = makeHeap<Place<Item>>([], isBefore);
  const isPassing = awaits !== null || needs.askedAgentIds !== undefined;
  const group = { key, screened, line, waiting: 0, room, isPassing, awaits };
  groups.set(key, group);
  for (const at of screened.fit) servable[at]?.push(group);
  return group;
}

function keepTo(screened: Screened, awaits: number | null): Screened {
  return awaits === null
    ? screened
    : { ...screened, fit: screened.fit.filter((at) => at === awaits) };
}

/** Who waits for nobody but this agent. */
export function listAwaiting<Item extends InLine<Item>>(
  { groups }: Queue<Item>,
  agent: number,
): Item[] {
  return [...groups.values()]
    .filter(({ awaits }) => awaits === agent)
    .flatMap(({ line }) => {
      const places: Place<Item>[] = [];
      for (let head = line.pop(); head !== undefined; head = line.pop()) {
        if (head.item.place === head) places.push(head);
      }
      for (const place of places) line.push(place);
      return places.map(({ item }) => item);
    });
}

/** The load of an agent grew by this weight, or shrank. */
export function chargeAgent<Item>(
  { agents, servable, rooms }: Queue<Item>,
  { at, weight, now }: { at: number; weight: number; now: Instant },
): void {
  const agent = agents[at] as SimulatedAgent;
  const before = freeRoom(agent);
  agent.state.load += weight;
  agent.state.idleSince = Math.max(agent.state.idleSince, now);
  const room = freeRoom(agent);
  const more = room - before;
  rooms[at] = room;
  for (const group of servable[at] as Group<Item>[]) group.room += more;
}

/** These come or go: who may serve what is found anew. */
export function changeAvailability<Item>(
  queue: Queue<Item>,
  places: readonly number[],
  availability: AgentState['availability'],
): void {
  const { agents, states, groups, servable } = queue;
  for (const at of places) (states[at] as AgentState).availability = availability;
  for (const own of servable) own.length = 0;
  queue.closed = 0;
  for (const group of groups.values()) {
    const { needs, prefer } = group.screened;
    group.screened = keepTo(screen(states, needs, prefer), group.awaits);
    group.room = countRoom(agents, group.screened);
    for (const at of group.screened.fit) servable[at]?.push(group);
  }
}

function countRoom(agents: readonly SimulatedAgent[], { fit }: Screened): number {
  return fit.reduce((sum, at) => sum + freeRoom(agents[at] as SimulatedAgent), 0);
}

export function byRank(a: Place<unknown>, b: Place<unknown>): number {
  return a.rankAt - b.rankAt || (a.id < b.id ? -1 : 1);
}

const isBefore = (a: Place<unknown>, b: Place<unknown>): boolean => byRank(a, b) < 0;
