// Moves conversations so that agents share the load evenly, all of a plan or none; and takes such moves back.
import { v7 as uuid } from 'uuid';
import type { BalanceResult, BalanceUndone } from '../contract/balance.ts';
import { Refused } from '../errors.ts';
import type { BalanceMove } from '../routing/balance/by-rank.ts';
import { type Judged, judgeMoves } from '../routing/balance/judge-moves.ts';
import type { BecauseBalanced } from '../routing/types.ts';
import { claimConversations } from '../store/claim.ts';
import { lockConversations } from '../store/conversations.ts';
import { listBalanced } from '../store/movable.ts';
import { moveAssigned } from '../store/move-assigned.ts';
import { greeting, type PlanSaid } from '../store/say-words.ts';
import { run } from '../store/sql.ts';
import type { RoutingTx } from '../store/tx.ts';
import { listPolicies } from '../store/workspaces.ts';
import { type After, commitLocked } from './commit.ts';
import type { Desk } from './context.ts';
import { saidTo } from './greet-assigned.ts';
import { makeBecause, presentPlan, presentShares, refuseUnknownTeam } from './plan-balance.ts';
import { type ReadBalancing, readBalancing } from './read-balancing.ts';

interface Applying {
  workspaceId: string;
  teamId: string | null;
  moves: readonly BalanceMove[];
  actor: string;
}

/**
 * Refuses `team.not-found`, and `balance.changed` with a new plan, when one of the moves cannot be
 * made any more, or they would make nothing more even. Other changes since the plan do not matter.
 */
export async function applyBalance(
  desk: Desk,
  { workspaceId, teamId, moves, actor }: Applying,
): Promise<BalanceResult> {
  await refuseUnknownTeam(desk.db, { workspaceId, teamId });
  return commitLocked(desk, workspaceId, async (tx, after, now) => {
    const read = await readLocked(tx, { workspaceId, teamId, moves, now });
    const judged = judgeMoves(read.balancing, moves);
    refuseChanged(read, judged);
    const balanceId = uuid();
    const because = makeBecause(read, judged);
    await writeMoves(after, {
      ...{ workspaceId, actor, read, moves: judged.possible },
      because: (move) => ({ ...because(move), balanceId }),
      why: { reason: 'balance', balanceId },
    });
    return { id: balanceId, moved: moves.length, ...presentShares(read, judged) };
  });
}

/**
 * Back to whoever had them, as far as nobody has answered them and there is room: of those that
 * stay, it says why. Refuses `balance.not-found` where nothing is with whom it was moved to.
 */
export async function undoBalance(
  desk: Desk,
  { workspaceId, balanceId, actor }: { workspaceId: string; balanceId: string; actor: string },
): Promise<BalanceUndone> {
  return commitLocked(desk, workspaceId, async (tx, after, now) => {
    const balanced = await listBalanced(tx, { workspaceId, balanceId });
    if (balanced.length === 0) throw new Refused('balance.not-found');
    const moves = balanced.map(({ conversationId, agentId, fromAgentId }) => ({
      ...{ conversationId, from: agentId, to: fromAgentId },
    }));
    const read = await readLocked(tx, { workspaceId, teamId: null, moves, now });
    const judged = judgeMoves(read.balancing, moves);
    const { possible, left } = judged;
    const because = makeBecause(read, judged);
    await writeMoves(after, {
      ...{ workspaceId, actor, read, moves: possible },
      because: (move) => ({ ...because(move), undoes: balanceId }),
      why: { reason: 'balance-undone', balanceId },
    });
    return { moved: possible.length, left };
  });
}

/** Locked before it is read, so that no answer and no end comes in between. */
async function readLocked(
  tx: RoutingTx,
  args: Pick<Applying, 'workspaceId' | 'teamId' | 'moves'> & { now: Date },
): Promise<ReadBalancing> {
  const ids = args.moves.map(({ conversationId }) => conversationId);
  await lockConversations(tx, args.workspaceId, ids);
  return readBalancing(tx, args);
}

function refuseChanged(read: ReadBalancing, { left, isMoreEven }: Judged): void {
  const [first] = left;
  if (first === undefined && isMoreEven) return;
  const why =
    first === undefined
      ? 'The moves would not make the load more even any more.'
      : `${left.length} of the moves cannot be made any more.`;
  throw new Refused('balance.changed', `${why} Nothing was moved. Look at the new plan.`, {
    ...{ left, plan: presentPlan(read) },
  });
}

interface Writing {
  workspaceId: string;
  actor: string;
  read: ReadBalancing;
  moves: readonly BalanceMove[];
  because(move: BalanceMove): BecauseBalanced;
  /** For the events. */
  why: { reason: string; balanceId: string };
}

/** Under the lock, with the rows locked. */
async function writeMoves(after: After<RoutingTx>, writing: Writing): Promise<void> {
  const { workspaceId, actor, read, moves, why } = writing;
  if (moves.length === 0) return;
  const ids = moves.map(({ conversationId }) => conversationId);
  const agents = [...new Set(moves.flatMap(({ from, to }) => [from, to]))];
  const tx = after({ wake: true, send: true, conversation: ids, agent: agents });
  const moved = await moveAssigned(tx, { workspaceId, by: actor, why, moves });
  if (moved !== moves.length) throw new Error(`${moved} of ${moves.length} moved under the lock`);
  const [policy] = await listPolicies(tx, workspaceId, 1);
  const claims = moves.map((move) => {
    const { conversationId, to: agentId } = move;
    const weight = read.rows.get(conversationId)?.weight as number;
    const because = writing.because(move);
    return { conversationId, agentId, weight, assignmentId: uuid(), because };
  });
  await claimConversations(tx, {
    ...{
      workspaceId,
      claims,
      assignedBy: actor,
      forced: false,
      policyVersion: policy?.version ?? 0,
    },
    // As when a person chooses somebody: only where the channel asks everybody.
    offers: {},
    ...{ silent: null, limited: true },
  });
  const said: PlanSaid[] = [];
  said.push(...(await run(after(saidTo(said)), greeting(workspaceId, ids))));
}
