// RapidPro closes the ticket of a contact: nothing is sent back (rapidpro.md §2.4).
import { Refused } from '../errors.ts';
import { latestTicket } from '../store/tickets.ts';
import { closeConversation } from './close-conversation.ts';
import type { Desk } from './context.ts';

/** When nothing is open, the ticket counts as closed. */
export async function closeTicket(
  desk: Desk,
  key: { workspaceId: string; channelId: string; token: string },
): Promise<void> {
  const latest = await latestTicket(desk.db, key);
  if (latest === null || latest.state === 'closed') return;
  await closeConversation(desk, {
    workspaceId: key.workspaceId,
    conversationId: latest.conversationId,
    reason: 'closed-by-rapidpro',
    actor: 'remote',
    acting: null,
    tellRemote: false,
  }).catch((error: unknown) => {
    // An agent closed it first.
    if (!(error instanceof Refused && error.code === 'conversation.closed')) throw error;
  });
}
