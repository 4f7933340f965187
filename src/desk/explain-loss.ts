// Says why the agent who has a conversation, or had it last, went before another one: from the record of that decision.
import type { Obstruction, WhyNotReason } from '../contract/why-not.ts';
import type { Because, BecauseBalanced } from '../routing/types.ts';
import { type AssignmentRow, listAssignments } from '../store/assignments.ts';
import type { ConversationRow } from '../store/conversations.ts';
import type { Db } from '../store/sql.ts';
import { reasonsOf } from './explain-conversation.ts';

/** The record keeps the winner, the runner-up and how many others each obstacle removed. */
export async function explainLoss(
  db: Db,
  args: {
    key: { workspaceId: string; conversationId: string; agentId: string };
    conversation: ConversationRow;
  },
): Promise<WhyNotReason[]> {
  const { key, conversation } = args;
  const [latest] = await listAssignments(db, key);
  const { closeReason, state } = conversation;
  if (latest === undefined) return [{ code: 'closed', agentName: null, closeReason }];
  const agentName = latest.agentName ?? latest.agentId;
  if (latest.agentId === key.agentId) {
    if (state === 'assigned') return [{ code: 'has-it', since: latest.assignedAt.toISOString() }];
    return [{ code: 'had-it-last', until: latest.endedAt?.toISOString() ?? null }];
  }
  const ended: WhyNotReason[] =
    state === 'closed' ? [{ code: 'closed', agentName, closeReason }] : [];
  const because = latest.because as Because | BecauseBalanced | null;
  const recorded = reasonsOf(latest, because);
  if (because === null || 'kind' in because) return [...ended, ...recorded];
  const [chosen, considered] = recorded;
  return [chosen, considered, comparePair(latest, because, key.agentId)]
    .filter((one) => one !== undefined)
    .toSpliced(0, 0, ...ended);
}

function comparePair(
  { agentId, agentName, runnerUpName }: AssignmentRow,
  { winner, runnerUp, eligible, decidedBy }: Because,
  askedId: string,
): Obstruction {
  const chosenName = agentName ?? agentId;
  if (runnerUp?.agentId !== askedId) {
    // Whoever could have taken it is on record by name.
    if (eligible <= (runnerUp === null ? 1 : 2)) return { code: 'could-not-then', chosenName };
    return { code: 'was-not-first', chosenName, secondName: runnerUpName };
  }
  const figures = ({ loadShare, idleSeconds }: typeof runnerUp) => ({ loadShare, idleSeconds });
  return {
    code: 'was-second',
    own: { agentName: runnerUpName ?? askedId, ...figures(runnerUp) },
    chosen: { agentName: chosenName, ...figures(winner) },
    decidedBy,
  };
}
