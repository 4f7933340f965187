// An agent sets a conversation aside until a time, or until the contact writes: it takes no capacity meanwhile.
import type { Acting } from '../access/acting.ts';
import { channelKinds } from '../contract/channel-kinds.ts';
import { LEAST_PARKED_SECONDS, MOST_PARKED_DAYS } from '../contract/conversation.ts';
import { Refused } from '../errors.ts';
import { standingAt } from '../routing/exclusions.ts';
import { endLiveAssignment } from '../store/assignments.ts';
import { type ConversationRow, lockConversation } from '../store/conversations.ts';
import { findOpenDeskRoom } from '../store/desk-rooms.ts';
import { parkRow } from '../store/parked.ts';
import type { Tx } from '../store/tx.ts';
import { commit } from './commit.ts';
import type { Desk } from './context.ts';
import { refuseBystander } from './refuse-bystander.ts';
import { givenBack } from './requeue-conversation.ts';

/**
 * Refuses `conversation.not-found`, `conversation.closed`, `conversation.held-by-another`,
 * `conversation.already-parked`, `conversation.not-assigned`, `conversation.not-accepted`,
 * `conversation.parked-nowhere`, `parking.too-soon` and `parking.too-late`.
 */
export async function parkConversation(
  desk: Desk,
  args: {
    workspaceId: string;
    conversationId: string;
    /** null: until the contact writes. */
    until: Date | null;
    actor: string;
    acting: Acting;
  },
): Promise<void> {
  await commit(desk, args.workspaceId, async (tx, after) => {
    const conversation = await lockConversation(tx, args);
    if (conversation === null) throw new Refused('conversation.not-found');
    if (conversation.state === 'closed') throw new Refused('conversation.closed');
    refuseBystander(conversation, args.acting);
    refuseUnheld(conversation);
    refuseTime(args.until, conversation.now);
    await refuseElsewhere(tx, args.workspaceId, conversation);
    const writing = after(givenBack(args));
    await endLiveAssignment(writing, { ...args, state: 'ended', reason: 'parked' });
    await parkRow(writing, { ...args, ...withoutAgent(conversation) });
  });
}

function refuseUnheld({ state, confirmedAt }: ConversationRow): void {
  if (state === 'parked') throw new Refused('conversation.already-parked');
  if (state !== 'assigned') throw new Refused('conversation.not-assigned');
  if (confirmedAt === null) throw new Refused('conversation.not-accepted');
}

const DAY_MS = 86_400_000;

function refuseTime(until: Date | null, now: Date): void {
  if (until === null) return;
  const aheadMs = until.getTime() - now.getTime();
  // Also what is no time at all, as a leap second.
  if (!(aheadMs >= LEAST_PARKED_SECONDS * 1000)) throw new Refused('parking.too-soon');
  if (aheadMs > MOST_PARKED_DAYS * DAY_MS) throw new Refused('parking.too-late');
}

/** Where agents answer in another system, they have it there in any case. */
async function refuseElsewhere(
  tx: Tx,
  workspaceId: string,
  { channelKind, conversationId }: ConversationRow,
): Promise<void> {
  const { desk, name } = channelKinds[channelKind];
  const isElsewhere =
    desk === 'remote' || (await findOpenDeskRoom(tx, { workspaceId, conversationId })) !== null;
  if (!isElsewhere) return;
  const where = desk === 'remote' ? name : 'the connected system';
  throw new Refused(
    'conversation.parked-nowhere',
    `Its agent answers in ${where}, and has it there whatever happens here. Park it there if that is possible, or give it back.`,
  );
}

/** The agent has had it: nothing that kept it from them before holds any more. */
function withoutAgent({ agentId, exclusions, now }: ConversationRow & { now: Date }) {
  const others = exclusions.filter((one) => one.agentId !== agentId);
  return standingAt(others, now);
}
