// The conversation that a program names by its own id.
import { Refused } from '../../errors.ts';
import {
  findLatestConversation,
  findNamedConversation,
  type NamedConversation,
} from '../../store/conversations.ts';
import type { ApiMeans } from './api-means.ts';
import { requireApiChannel } from './find-channel.ts';

interface Named {
  workspaceId: string;
  /** Of the channel. */
  id: string;
  conversation: string;
  /** Ours, of one among those that were opened under that id. */
  conversationId?: string | undefined;
}

/** Without `conversationId` the one that is open, or was last. Refuses `channel.not-found` and `conversation.not-found`. */
export async function findNamed(
  { desk: { db }, directory }: Pick<ApiMeans, 'desk' | 'directory'>,
  { workspaceId, id, conversation: externalId, conversationId }: Named,
): Promise<NamedConversation> {
  const { channelId } = requireApiChannel(directory, workspaceId, id);
  const key = { workspaceId, channelId, externalId };
  const found =
    conversationId === undefined
      ? await findLatestConversation(db, key)
      : (await findNamedConversation(db, { ...key, conversationId }))?.found;
  if (found) return found;
  throw new Refused('conversation.not-found', 'No conversation was opened under that id.');
}
