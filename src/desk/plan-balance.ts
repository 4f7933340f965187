// Shows which conversations would move so that agents share the load evenly. Writes nothing.
import { type BalancePlan, PROPOSED_GAP } from '../contract/balance.ts';
import { displayName } from '../contract/display-name.ts';
import { Refused } from '../errors.ts';
import type { BalanceMove } from '../routing/balance/by-rank.ts';
import { planBalance, type Shares } from '../routing/balance/plan-balance.ts';
import { explainBalance } from '../routing/explain.ts';
import type { BecauseBalanced } from '../routing/types.ts';
import { wordReason } from '../routing/word-reason.ts';
import { readClock } from '../store/clock.ts';
import { listGroups } from '../store/groups.ts';
import type { Db } from '../store/sql.ts';
import { withSnapshot } from '../store/tx.ts';
import type { Desk } from './context.ts';
import { type ReadBalancing, readBalancing } from './read-balancing.ts';

interface Scope {
  workspaceId: string;
  /** null: everybody. */
  teamId: string | null;
}

/** From a snapshot, without the routing lock, so a reader delays nobody. Refuses `team.not-found`. */
export async function previewBalance(
  desk: Pick<Desk, 'db'>,
  { workspaceId, teamId }: Scope,
): Promise<BalancePlan> {
  return withSnapshot(desk.db, '', async (tx) => {
    await refuseUnknownTeam(tx, { workspaceId, teamId });
    const now = await readClock(tx);
    return presentPlan(await readBalancing(tx, { workspaceId, teamId, now }));
  });
}

export async function refuseUnknownTeam(db: Db, { workspaceId, teamId }: Scope): Promise<void> {
  if (teamId === null) return;
  const teams = await listGroups(db, 'team', workspaceId);
  if (!teams.some(({ id }) => id === teamId)) throw new Refused('team.not-found');
}

export function presentPlan(read: ReadBalancing): BalancePlan {
  const { balancing, rows } = read;
  const plan = planBalance(balancing);
  const nameOf = makeNameOf(read);
  const because = makeBecause(read, plan);
  const { before, after } = plan;
  return {
    at: new Date(balancing.now).toISOString(),
    teamId: balancing.teamId,
    moves: plan.moves.map((move) => {
      const { conversationId, from, to } = move;
      const row = rows.get(conversationId);
      const reason = explainBalance(because(move), nameOf(to));
      return {
        conversationId,
        contact: displayName({
          ...{ name: row?.contactName ?? null, email: row?.contactEmail ?? null },
          ...{ phone: row?.contactPhone ?? null, externalId: row?.contactExternalId ?? '' },
        }),
        channelId: row?.channelId ?? '',
        from: { agentId: from, agentName: nameOf(from) },
        to: { agentId: to, agentName: nameOf(to) },
        reason,
        sentence: wordReason(reason),
      };
    }),
    ...presentShares(read, plan),
    more: plan.more,
    proposed: before.highest - before.lowest - (after.highest - after.lowest) >= PROPOSED_GAP,
  };
}

export function presentShares(
  read: ReadBalancing,
  { shares, before, after }: Shares,
): Pick<BalancePlan, 'shares' | 'before' | 'after'> {
  const nameOf = makeNameOf(read);
  return {
    shares: shares.map((share) => ({ ...share, agentName: nameOf(share.agentId) })),
    before,
    after,
  };
}

/** The record of each move. */
export function makeBecause(
  read: ReadBalancing,
  { shares }: Shares,
): (move: BalanceMove) => BecauseBalanced {
  const nameOf = makeNameOf(read);
  const known = new Map(shares.map((share) => [share.agentId, share]));
  const party = (agentId: string) => {
    const { before = 0, after = 0 } = known.get(agentId) ?? {};
    return { agentId, agentName: nameOf(agentId), before: round(before), after: round(after) };
  };
  return ({ from, to }) => ({ kind: 'balance', from: party(from), to: party(to) });
}

function makeNameOf({ balancing: { agents } }: ReadBalancing): (agentId: string) => string {
  const names = new Map(agents.map(({ agentId, name }) => [agentId, name]));
  return (agentId) => names.get(agentId) ?? agentId;
}

function round(share: number): number {
  return Math.round(share * 1000) / 1000;
}
