// The agents of a workspace in memory, exact whenever the routing lock is held.
import { type Screened, screen } from '../routing/screen.ts';
import type { AgentState, Needs } from '../routing/types.ts';
import { type LoadChange, type RosterRow, readRoster } from '../store/roster.ts';
import type { RoutingTx } from '../store/tx.ts';

export interface Roster {
  /** Under the lock: reads what others have changed. Answers all agents in the order of their ids. */
  refresh(tx: RoutingTx): Promise<readonly AgentState[]>;
  /** Who of them could serve these needs; remembered until an agent is changed by others. */
  screen(needsKey: string, needs: Needs): Screened;
  /** Takes over what this pass changed itself. */
  apply(changes: readonly LoadChange[]): void;
  /** After a transaction that failed: read everything anew. */
  forget(): void;
}

// Kinds of needs come and go with the agents they exclude.
const MAX_KNOWN = 1000;

/**
 * Every write to an agent is made under the routing lock and stamps a higher version, so the rows
 * above the highest version seen are all that can differ: usually none, however many agents there are.
 */
export function makeRoster(workspaceId: string): Roster {
  let version = 0;
  const agents = new Map<string, AgentState>();
  let ordered: AgentState[] = [];
  const known = new Map<string, Screened>();
  return {
    refresh: async (tx) => {
      const rows = await readRoster(tx, { workspaceId, version });
      if (rows.length > 0) known.clear();
      let membersChanged = false;
      for (const row of rows) {
        version = Math.max(version, row.version);
        membersChanged = place(agents, row) || membersChanged;
      }
      if (membersChanged) ordered = [...agents.values()].sort(byId);
      return ordered;
    },
    screen: (needsKey, needs) => {
      const before = known.get(needsKey);
      if (before !== undefined) return before;
      if (known.size >= MAX_KNOWN) known.clear();
      const screened = screen(ordered, needs);
      known.set(needsKey, screened);
      return screened;
    },
    apply: (changes) => {
      for (const change of changes) {
        version = Math.max(version, change.version);
        const agent = agents.get(change.agentId);
        if (agent !== undefined) {
          agent.load = change.load;
          agent.idleSince = change.idleSince;
        }
      }
    },
    forget: () => {
      version = 0;
      agents.clear();
      known.clear();
      ordered = [];
    },
  };
}

function byId(a: AgentState, b: AgentState): number {
  return a.agentId < b.agentId ? -1 : 1;
}

/** true: the list of agents is another than before. */
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
    skillIds: new Set(row.skillIds),
    idleSince: row.idleSince,
  };
}
