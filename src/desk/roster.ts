// The agents and the policy of a workspace in memory, exact whenever the routing lock is held.
import type { PolicyDocument } from '../contract/policy/document.ts';
import { defaultPolicy } from '../contract/policy/policy.ts';
import { readAsked } from '../routing/needs-key.ts';
import { type CompiledPolicy, compilePolicy } from '../routing/plans/compile-policy.ts';
import { type Screened, screen } from '../routing/screen.ts';
import type { AgentState, Needs } from '../routing/types.ts';
import { type PassRow, readingPass } from '../store/read-pass.ts';
import type { LoadChange, Release, RosterRow } from '../store/roster.ts';
import type { Call } from '../store/sql.ts';
import { type AwaitedAgents, makeAwaitedAgents } from './awaited-agents.ts';

export interface Roster {
  /** What to read under the lock: what others have changed, and the queue. */
  reading(): Call<PassRow>;
  /**
   * Takes over what was read. Answers all agents in the order of their ids, with ended assignments
   * off their loads.
   */
  refresh(row: PassRow): readonly AgentState[];
  /** The policy in force, as last read. */
  policy(): { version: number; policy: CompiledPolicy };
  /** The groups whose first conversations are read together with everything else. */
  expected(): ReadonlySet<string>;
  /** Names them for the next time. */
  expect(needsKeys: Iterable<string>): void;
  /** The agents who could serve these needs; cached until others change an agent. */
  screen(needsKey: string, needs: Needs & { plan: string | null }): Screened;
  /** For whom alone something waits. */
  awaited: AwaitedAgents;
  /** Takes over what this pass changed itself. */
  apply(changes: readonly LoadChange[]): void;
  /** After a transaction that failed: everything is read again. */
  forget(): void;
}

/** Until the first pass has read one. */
const NONE = { version: 0, policy: compilePolicy(defaultPolicy) };

// Kinds of needs come and go with the agents they exclude.
const MAX_KNOWN = 1000;
const MAX_EXPECTED = 16;

/**
 * Every write to an agent is made under the routing lock and stamps a higher version, so the rows
 * above the highest version seen are all that can differ: usually none, however many agents there are.
 */
export function makeRoster(workspaceId: string): Roster {
  let version = 0;
  let inForce = NONE;
  let expected: ReadonlySet<string> = new Set();
  const agents = new Map<string, AgentState>();
  let ordered: AgentState[] = [];
  const known = new Map<string, Screened>();
  const awaited = makeAwaitedAgents();
  return {
    awaited,
    reading: () => {
      const known = { workspaceId, version, policyVersion: inForce.version };
      const awaits = awaited.ids().size > 0;
      return readingPass({ ...known, needsKeys: [...expected], awaits });
    },
    refresh: (row) => {
      if (row.agents.length > 0) known.clear();
      const membersChanged = row.agents.map((one) => place(agents, one)).includes(true);
      if (membersChanged) ordered = [...agents.values()].sort(byId);
      for (const one of [...row.agents, ...row.awaited]) version = Math.max(version, one.version);
      awaited.learn(row);
      for (const one of row.released) takeOff(agents.get(one.agentId), one);
      if (row.policy !== null) {
        const policy = compilePolicy(row.policy as PolicyDocument);
        inForce = { version: row.policyVersion as number, policy };
        known.clear();
      }
      return ordered;
    },
    policy: () => {
      if (inForce.version === 0) throw new Error(`Workspace ${workspaceId} has no policy.`);
      return inForce;
    },
    expected: () => expected,
    expect: (needsKeys) => {
      expected = new Set([...needsKeys].slice(0, MAX_EXPECTED));
    },
    screen: (needsKey, needs) => {
      const before = known.get(needsKey);
      if (before !== undefined) return before;
      if (known.size >= MAX_KNOWN) known.clear();
      const screened = screenGroup(ordered, { needsKey, needs, policy: inForce.policy });
      known.set(needsKey, screened);
      return screened;
    },
    apply: (changes) => {
      for (const change of changes) {
        version = Math.max(version, change.version);
        const { load, idleSince } = change;
        Object.assign(agents.get(change.agentId) ?? {}, { load, idleSince });
      }
    },
    forget: () => {
      version = 0;
      inForce = NONE;
      agents.clear();
      known.clear();
      awaited.forget();
      ordered = [];
    },
  };
}

/** Who was asked before is named by the key alone. */
function screenGroup(
  agents: readonly AgentState[],
  group: { needsKey: string; needs: Needs & { plan: string | null }; policy: CompiledPolicy },
): Screened {
  const { needsKey, needs, policy } = group;
  const asking = { ...needs, askedAgentIds: readAsked(needsKey) };
  return screen(agents, asking, policy.preferIn(needs.plan));
}

function takeOff(agent: AgentState | undefined, { weight, releasedAt }: Release): void {
  if (agent === undefined) return;
  agent.load -= weight;
  agent.idleSince = Math.max(agent.idleSince, releasedAt);
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

export function toState(row: RosterRow): AgentState {
  return {
    agentId: row.agentId,
    name: row.name,
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
  };
}
