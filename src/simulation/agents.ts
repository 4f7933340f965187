// The agents of a scenario as the router knows them, with what each has done.
import { CAPACITY_OF_BOT } from '../contract/lab-limits.ts';
import type { BotResult, OffersResult, ScenarioAgents } from '../contract/scenario.ts';
import { roomOf } from '../routing/eligible.ts';
import type { AgentState, Instant } from '../routing/types.ts';
import { makeShifts } from './shifts.ts';

export interface SimulatedAgent {
  state: AgentState;
  /** Of the entry of the scenario that it comes from. */
  name: string;
  speed: number;
  /** What each more that is held adds to the time of all; 0: nothing. */
  slowdown: number;
  given: number;
  isInShift: boolean;
  /** Of those that count; null: no plan offers. */
  offers: OffersResult | null;
  /** Of those that count: how a bot left them, or that they went back to the queue or to others. */
  left: BotResult & { returned: number; transferred: number };
  /** Weight × milliseconds held while it counts. */
  busyMs: number;
  /** Places × milliseconds in shift, and those in which it finishes what it holds, while it counts; null: always in shift. */
  shiftMs: number | null;
  /** Of the last change of the load. */
  since: Instant;
}

/** In the order of their ids. */
export function makeAgents(entries: readonly ScenarioAgents[], at: Instant): SimulatedAgent[] {
  return entries
    .flatMap((entry) => {
      const shifts = makeShifts(entry, at);
      return Array.from({ length: entry.count ?? 1 }, (_, nth) => ({
        ...makeAgent(entry, { nth, at, isOn: shifts?.isOn ?? true }),
        shiftMs: shifts === null ? null : 0,
      }));
    })
    .sort((a, b) => (a.state.agentId < b.state.agentId ? -1 : 1));
}

const NEVER = Number.NEGATIVE_INFINITY;

/** A scenario knows agents by name alone. */
export const writeAgentId = (name: string, nth = 0): string =>
  `${name}#${String(nth).padStart(5, '0')}`;

function makeAgent(
  { name, skills = {}, teams = [], speed = 1, concurrency, bot, ...entry }: ScenarioAgents,
  { nth, at, isOn }: { nth: number; at: Instant; isOn: boolean },
): Omit<SimulatedAgent, 'shiftMs'> {
  const { capacity = bot === undefined ? 1 : CAPACITY_OF_BOT } = entry;
  const state: AgentState = {
    agentId: writeAgentId(name, nth),
    name,
    availability: isOn ? 'online' : 'offline',
    leaseUntil: Number.POSITIVE_INFINITY,
    ...{ capacity, load: 0, externalLoad: 0, answersHere: true },
    identities: new Map(),
    teamIds: new Set(teams),
    skills: new Map(Object.entries(skills)),
    idleSince: at,
    ...{ limits: [], paceMs: 0, pacedFrom: NEVER },
    ...(bot !== undefined && { isBot: true }),
  };
  const { slowdown = 0 } = concurrency ?? {};
  return {
    state,
    name,
    speed,
    slowdown,
    given: 0,
    offers: null,
    left: { ended: 0, handedOver: 0, silent: 0, returned: 0, transferred: 0 },
    isInShift: isOn,
    busyMs: 0,
    since: at,
  };
}

/** How much more it may hold; not below 0. */
export function freeRoom({ state }: SimulatedAgent): number {
  return Math.max(0, roomOf(state));
}
