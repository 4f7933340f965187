// The agents and the policy of a workspace in memory, exact whenever the routing lock is held.
import type { PolicyDocument } from '../contract/policy/document.ts';
import { defaultPolicy } from '../contract/policy/policy.ts';
import { readAsked, readBot } from '../routing/needs-key.ts';
import { type CompiledPolicy, compilePolicy } from '../routing/plans/compile-policy.ts';
import { type Screened, screen } from '../routing/screen.ts';
import type { AgentState, Instant, Needs } from '../routing/types.ts';
import { type PassRow, readingPass } from '../store/read-pass.ts';
import type { LoadChange } from '../store/roster.ts';
import type { Call } from '../store/sql.ts';
import { type AwaitedAgents, makeAwaitedAgents } from './awaited-agents.ts';
import { asksForTeams, listCostlyFacts } from './gather-facts.ts';
import { keepAgents } from './keep-agents.ts';
import type { RosterRecord } from './keep-unrecorded.ts';

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
  /** Somebody has limits. */
  isLimited(): boolean;
  /** From when on the next of the agents may be given another one; null: nobody waits for that. */
  nextFreeAt(now: Instant): Instant | null;
  /** For whom alone something waits. */
  awaited: AwaitedAgents;
  /** Takes over what this pass changed itself. */
  apply(changes: readonly LoadChange[]): void;
  /** What a pass that gives something keeps of the agents. */
  record(now: Instant): RosterRecord;
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
  const agents = keepAgents();
  const known = new Map<string, Screened>();
  const awaited = makeAwaitedAgents();
  return {
    awaited,
    reading: () => {
      const known = { workspaceId, version, policyVersion: inForce.version };
      const asks = { placing: askToPlace(inForce.policy), awaits: awaited.ids().size > 0 };
      return readingPass({ ...known, needsKeys: [...expected], ...asks });
    },
    refresh: (row) => {
      if (row.agents.length > 0) known.clear();
      agents.learn(row.agents);
      for (const one of [...row.agents, ...row.awaited]) version = Math.max(version, one.version);
      awaited.learn(row);
      agents.takeOff(row.released);
      if (row.policy !== null) {
        const policy = compilePolicy(row.policy as PolicyDocument);
        inForce = { version: row.policyVersion as number, policy };
        known.clear();
      }
      return agents.all();
    },
    policy: () => {
      if (inForce.version === 0) throw new Error(`Workspace ${workspaceId} has no policy.`);
      return inForce;
    },
    isLimited: agents.isLimited,
    record: agents.record,
    nextFreeAt: agents.nextFreeAt,
    expected: () => expected,
    expect: (needsKeys) => {
      expected = new Set([...needsKeys].slice(0, MAX_EXPECTED));
    },
    screen: (needsKey, needs) => {
      const before = known.get(needsKey);
      if (before !== undefined) return before;
      if (known.size >= MAX_KNOWN) known.clear();
      const screened = screenGroup(agents.all(), { needsKey, needs, policy: inForce.policy });
      known.set(needsKey, screened);
      return screened;
    },
    apply: (changes) => {
      for (const change of changes) version = Math.max(version, change.version);
      agents.apply(changes);
    },
    forget: () => {
      version = 0;
      inForce = NONE;
      agents.forget();
      known.clear();
      awaited.forget();
    },
  };
}

/** What placing looks at; null: there are no rules. */
function askToPlace({ routing }: CompiledPolicy) {
  return routing && { facts: listCostlyFacts(routing), teams: asksForTeams(routing) };
}

/** Who was asked before, and which bot is first, is named by the key alone. */
function screenGroup(
  agents: readonly AgentState[],
  group: { needsKey: string; needs: Needs & { plan: string | null }; policy: CompiledPolicy },
): Screened {
  const { needsKey, needs, policy } = group;
  const botAgentId = readBot(needsKey);
  const bot = botAgentId === null ? {} : { botAgentId };
  const asking = { ...needs, askedAgentIds: readAsked(needsKey), ...bot };
  return screen(agents, asking, policy.preferIn(needs.plan));
}
