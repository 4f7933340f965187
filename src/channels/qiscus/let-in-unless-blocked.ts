// Qiscus knows no refusal of a room: what a blocked contact asks for is taken, and nothing follows.
import { openConversation } from '../../desk/open-conversation.ts';
import { Refused } from '../../errors.ts';

/** null: the contact is blocked. */
export async function letInUnlessBlocked(
  ...args: Parameters<typeof openConversation>
): Promise<Awaited<ReturnType<typeof openConversation>> | null> {
  try {
    return await openConversation(...args);
  } catch (error) {
    if (error instanceof Refused && error.code === 'contact.blocked') return null;
    throw error;
  }
}
