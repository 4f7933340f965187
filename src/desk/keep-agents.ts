// The agents of a workspace between passes: what each holds, and is given and freed by the pass that asks.
import { findNextFree } from '../routing/next-free.ts';
import type { AgentState, Instant, Limit } from '../routing/types.ts';
import type { LoadChange, Release, RosterRow, SettledRow } from '../store/roster.ts';
import { keepUnrecorded, type RosterRecord } from './keep-unrecorded.ts';

export interface KeptAgents {
  /** In the order of their ids. */
  all(): readonly AgentState[];
  /** What others have changed. */
  learn(rows: readonly RosterRow[]): void;
  /** What ended since. */
  takeOff(releases: readonly Release[]): void;
  /** What this pass changed. */
  apply(changes: readonly LoadChange[]): void;
  isLimited(): boolean;
  nextFreeAt(now: Instant): Instant | null;
  forget(): void;
  /**
   * Of the agents, as they are now, what the record of passes does not have yet; from now on it has it. `whole`: all of
   * them are in it.
   */
  record(now: Instant): RosterRecord;
}

const NEVER = Number.NEGATIVE_INFINITY;

export function keepAgents(): KeptAgents {
  const agents = new Map<string, AgentState>();
  let ordered: AgentState[] = [];
  // Also those who are gone: what they held is still taken off.
  const limited = new Set<string>();
  const paced = new Set<string>();
  const unrecorded = keepUnrecorded();
  return {
    all: () => ordered,
    learn: (rows) => {
      const membersChanged = rows.map((one) => place(agents, one)).includes(true);
      if (membersChanged) ordered = [...agents.values()].sort(byId);
      for (const { agentId, limits, paceSeconds, deleted } of rows) {
        note(limited, agentId, limits.length > 0);
        note(paced, agentId, paceSeconds > 0 && !deleted);
        unrecorded.note(agentId, { anew: true });
      }
    },
    takeOff: (releases) => {
      for (const one of releases) {
        takeOff(agents.get(one.agentId), one);
        unrecorded.note(one.agentId);
      }
    },
    apply: (changes) => {
      for (const change of changes) {
        applyTo(agents.get(change.agentId), change);
        unrecorded.note(change.agentId);
      }
    },
    isLimited: () => limited.size > 0,
    nextFreeAt: (now) => (paced.size === 0 ? null : findNextFree(ordered, now)),
    forget: () => {
      agents.clear();
      limited.clear();
      paced.clear();
      ordered = [];
      unrecorded.forget();
    },
    record: (now) => unrecorded.take({ agents, now }),
  };
}

function note(ids: Set<string>, id: string, belongs: boolean): void {
  if (belongs) ids.add(id);
  else ids.delete(id);
}

function takeOff(
  agent: AgentState | undefined,
  { weight, releasedAt, unpacedFrom, limits }: Release,
): void {
  if (agent === undefined) return;
  agent.load -= weight;
  agent.idleSince = Math.max(agent.idleSince, releasedAt);
  if (unpacedFrom === agent.pacedFrom) agent.pacedFrom = NEVER;
  if (limits === null) return;
  agent.limits = mapLoads(agent.limits, (limit) => limit.load - (limits[limit.scope] ?? 0));
}

function applyTo(
  agent: AgentState | undefined,
  { load, idleSince, pacedFrom, limits }: LoadChange,
): void {
  if (agent === undefined) return;
  Object.assign(agent, { load, idleSince, pacedFrom: pacedFrom ?? NEVER });
  if (limits === null) return;
  agent.limits = mapLoads(agent.limits, (limit) => limits[limit.scope] ?? limit.load);
}

function mapLoads(limits: readonly Limit[], read: (limit: Limit) => number): Limit[] {
  return limits.map((limit) => ({ ...limit, load: read(limit) }));
}

function byId(a: AgentState, b: AgentState): number {
  return a.agentId < b.agentId ? -1 : 1;
}

/** true: the list of agents has changed. */
function place(agents: Map<string, AgentState>, row: RosterRow): boolean {
  if (row.deleted) return agents.delete(row.agentId);
  const known = agents.get(row.agentId);
  if (known === undefined) agents.set(row.agentId, toState(row));
  else Object.assign(known, toState(row));
  return known === undefined;
}

export function toState(row: RosterRow & Partial<Pick<SettledRow, 'wrapUps'>>): AgentState {
  return {
    agentId: row.agentId,
    name: row.name,
    ...(row.isBot && { isBot: true }),
    availability: row.availability,
    leaseUntil: row.leaseUntil ?? Number.POSITIVE_INFINITY,
    capacity: row.capacity,
    load: row.load,
    externalLoad: row.externalLoad,
    answersHere: row.answersHere,
    identities: new Map(
      row.identities.map(({ channelId, externalId, externalChannelIds }) => [
        channelId,
        { externalId, externalChannelIds: externalChannelIds && new Set(externalChannelIds) },
      ]),
    ),
    teamIds: new Set(row.teamIds),
    skills: new Map(Object.entries(row.skills)),
    idleSince: row.idleSince,
    limits: row.limits,
    paceMs: row.paceSeconds * 1000,
    pacedFrom: row.pacedFrom ?? NEVER,
    ...(row.wrapUps !== undefined && { wrapUps: row.wrapUps }),
  };
}
