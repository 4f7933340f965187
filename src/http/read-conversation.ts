// One conversation as the API shows it, with its place in the queue.
import type { Actor } from '../access/can.ts';
import type { Conversation } from '../contract/conversation.ts';
import type { Desk } from '../desk/context.ts';
import { foreseeWait, NO_OUTLOOK } from '../desk/foresee-wait.ts';
import { Refused } from '../errors.ts';
import { type ConversationRow, queuePosition } from '../store/conversations.ts';
import { makeLookUp } from '../store/gather.ts';
import { getInboxRows } from '../store/inbox.ts';
import { readQueueFigures } from '../store/queue-figures.ts';
import { type PlaceInQueue, presentConversation } from './present.ts';
import type { RouteMeans } from './route-means.ts';

/** Refuses `conversation.not-found`. */
export async function readConversation(
  desk: Desk,
  actor: Actor,
  conversationId: string,
): Promise<Conversation> {
  const { workspaceId, userId } = actor;
  const row = await lookUp(desk, { workspaceId, userId }, conversationId);
  if (row === null) throw new Refused('conversation.not-found');
  return presentConversation(row, await placeOf(desk, actor.workspaceId, row));
}

const nowhere = { position: null, estimatedWait: null, ...NO_OUTLOOK };

const lookUp = makeLookUp(
  ({ db }: Pick<Desk, 'db'>, of: { workspaceId: string; userId: string | null }, conversationIds) =>
    getInboxRows(db, { ...of, conversationIds }),
  ({ conversationId }) => conversationId,
);

async function placeOf(
  desk: RouteMeans['desk'],
  workspaceId: string,
  row: ConversationRow,
): Promise<PlaceInQueue> {
  if (row.state !== 'waiting') return nowhere;
  const position = await queuePosition(desk.db, {
    workspaceId,
    conversationId: row.conversationId,
  });
  const { assignedPerMinute } = await readQueueFigures(desk.db, workspaceId);
  const estimatedWait =
    assignedPerMinute === 0 ? null : Math.round((position / assignedPerMinute) * 60);
  const now = desk.clock.now();
  const { conversationId } = row;
  const outlook = await foreseeWait(desk.db, { workspaceId, conversationId, now });
  return { position, estimatedWait, ...outlook };
}
