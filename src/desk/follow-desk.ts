// Does here what people did at a mirror: who took the room has the conversation, and its end ends it.
import { externalIdOfAgent } from '../store/agent-identities.ts';
import { lockConversation } from '../store/conversations.ts';
import { closeDeskRoom, type DeskRoom, findAgentsThere, noteServed } from '../store/desk-rooms.ts';
import type { Tx } from '../store/tx.ts';
import { takeOutside } from './assign-conversation.ts';
import { closeWithin } from './close-conversation.ts';
import { commit } from './commit.ts';
import type { Desk } from './context.ts';
import { takeBackReturned } from './requeue-conversation.ts';

export interface ServedRoom {
  isOpen: boolean;
  /** The agent's id over there; null: the room waits in the queue over there. */
  servedBy: string | null;
}

/**
 * What it did. Only what changed over there since our last knowledge counts: otherwise a room that
 * still stands as it was would undo what is decided here. A conversation that is being given to an
 * agent is left to its carrier.
 */
export async function followDesk(
  desk: Desk,
  room: DeskRoom,
  served: ServedRoom,
): Promise<'closed' | 'taken' | 'returned' | 'nothing'> {
  if (!served.isOpen) return (await closeFromDesk(desk, room)) ? 'closed' : 'nothing';
  const { workspaceId, channelId, conversationId, deskRoomId } = room;
  const { servedBy } = served;
  const isNews = (tx: Tx) => noteServed(tx, { workspaceId, deskRoomId, servedBy });
  if (served.servedBy !== null) {
    const externalIds = [served.servedBy];
    const found = await findAgentsThere(desk.db, { workspaceId, channelId, externalIds });
    const agent = found.get(served.servedBy);
    if (agent === undefined) return 'nothing';
    const { agentId } = agent;
    return (await takeOutside(desk, { workspaceId, conversationId, agentId, isNews, room }))
      ? 'taken'
      : 'nothing';
  }
  const isTheirs = (tx: Tx, agentId: string) => isOfMirror(tx, room, agentId);
  return (await takeBackReturned(desk, { workspaceId, conversationId, isNews, isTheirs }))
    ? 'returned'
    : 'nothing';
}

async function isOfMirror(
  tx: Tx,
  { workspaceId, channelId }: DeskRoom,
  agentId: string,
): Promise<boolean> {
  return (await externalIdOfAgent(tx, { workspaceId, channelId, agentId })) !== null;
}

/**
 * The room is closed over there: the source of the conversation is told, the mirror is not. false:
 * we had left the room before, or the conversation is with somebody who answers elsewhere, and goes on.
 */
export async function closeFromDesk(desk: Desk, room: DeskRoom): Promise<boolean> {
  const { workspaceId, conversationId } = room;
  return commit(desk, workspaceId, async (tx, after) => {
    // The conversation's row before the room's, as everybody takes them.
    const conversation = await lockConversation(tx, room);
    const wasOpen = await closeDeskRoom(tx, room);
    if (!wasOpen || conversation === null || conversation.state === 'closed') return false;
    if (room.leaving) return false;
    const { agentId } = conversation;
    if (agentId !== null && !(await isOfMirror(tx, room, agentId))) return false;
    const closing = { workspaceId, conversationId, actor: 'remote', acting: null };
    const closings = [{ ...closing, tellRemote: true }];
    const [closed] = await closeWithin(tx, after, { workspaceId, closings });
    return typeof closed === 'object';
  });
}
