// What a re-balance decides on: who is there, and what may move, read at one moment.

import { MOST_BALANCE_MOVES } from '../contract/balance.ts';
import type { Balancing } from '../routing/balance/plan-balance.ts';
import { isAbout } from '../routing/eligible.ts';
import { askedBefore, excludedAt } from '../routing/exclusions.ts';
import { needsKey } from '../routing/needs-key.ts';
import { type Screened, screen } from '../routing/screen.ts';
import type { AgentState, Needs } from '../routing/types.ts';
import { listMovable, type MovableRow } from '../store/movable.ts';
import { readSettledRoster } from '../store/roster.ts';
import type { Db } from '../store/sql.ts';
import { toState } from './keep-agents.ts';

export interface ReadBalancing {
  balancing: Balancing;
  rows: ReadonlyMap<string, MovableRow>;
}

export async function readBalancing(
  db: Db,
  { workspaceId, teamId, now }: { workspaceId: string; teamId: string | null; now: Date },
): Promise<ReadBalancing> {
  const all = (await readSettledRoster(db, workspaceId)).map(toState);
  const agents = all.filter(({ isBot = false }) => !isBot);
  const rows = await listMovable(db, workspaceId);
  const screened = new Map<string, Screened>();
  const movable = rows.map((row) => {
    const { conversationId, agentId, weight, rankAt } = row;
    const needs = needsOf(row, now);
    const key = needsKey(needs);
    if (!screened.has(key)) screened.set(key, screenTakers(agents, needs));
    return { conversationId, agentId, needsKey: key, weight, rankAt };
  });
  const at = now.getTime();
  return {
    balancing: { agents, movable, screened, teamId, now: at, most: MOST_BALANCE_MOVES },
    rows: new Map(rows.map((row) => [row.conversationId, row])),
  };
}

/** Whoever has a limit for the channel takes nothing: the plan knows of room in all, not of limits. */
function screenTakers(agents: readonly AgentState[], needs: Needs): Screened {
  const all = screen(agents, needs);
  const isLimited = (place: number) => agents[place]?.limits.some((one) => isAbout(one, needs));
  return { ...all, fit: all.fit.filter((place) => !isLimited(place)) };
}

function needsOf(row: MovableRow, now: Date): Needs {
  const {
    channelId,
    channelKind,
    externalChannelId,
    teamId,
    skillIds,
    skillLevels,
    weight,
    exclusions,
  } = row;
  return {
    ...{ channelId, channelKind, externalChannelId, teamId, skillIds, skillLevels, weight },
    // Only what is answered here may move.
    remote: false,
    excludedAgentIds: excludedAt(exclusions, now).map(({ agentId }) => agentId),
    askedAgentIds: askedBefore(exclusions),
  };
}
