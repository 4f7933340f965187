// Shows the contact that whoever has the conversation is typing: over MQTT in a web chat, and to the program of a channel.
import { type Acting, mayActIn } from '../access/acting.ts';
import { findProgramConversation } from '../store/updates.ts';
import { readWebConversations } from '../store/web-conversations.ts';
import type { PublishMeans } from './publishing.ts';

export type TypingMeans = Pick<PublishMeans, 'desk' | 'wire' | 'shown'>;

export interface Typing {
  workspaceId: string;
  conversationId: string;
  /** Who types, as the contact sees it. */
  by: { agentId: string; name: string };
  acting: Acting;
  typing: boolean;
}

/** Nothing is kept of it. A channel that cannot show it is told nothing. forbidden: it is a colleague's conversation. */
export async function showTyping(means: TypingMeans, typed: Typing): Promise<'told' | 'forbidden'> {
  const { workspaceId, conversationId, by, acting, typing } = typed;
  const conversationIds = [conversationId];
  const [view] = await readWebConversations(means.desk.db, { workspaceId, conversationIds });
  if (view === undefined) return tellProgram(means, typed);
  if (!maySpeakFor(acting, view.agentId)) return 'forbidden';
  publishTyping(means, { workspaceId, by, sessionTopic: view.sessionTopic, typing });
  return 'told';
}

export function publishTyping(
  { wire }: Pick<TypingMeans, 'wire'>,
  told: Pick<Typing, 'workspaceId' | 'by' | 'typing'> & { sessionTopic: string },
): void {
  const { workspaceId, by, sessionTopic, typing } = told;
  const from = { id: by.agentId, name: by.name, avatarURL: null };
  wire.publish(workspaceId, `${sessionTopic}/typing`, { from, typing }, 0);
}

/** As over HTTP; the topic of a waiting conversation belongs to no agent yet, except for supervisors. */
export function maySpeakFor(acting: Acting, holder: string | null): boolean {
  return holder === null ? acting.directs : mayActIn(acting, holder);
}

/** In another channel there may be a program that shows it. */
async function tellProgram(
  { desk, wire, shown }: TypingMeans,
  { workspaceId, conversationId, by, acting, typing }: Typing,
): Promise<'told' | 'forbidden'> {
  const found = await findProgramConversation(desk.db, { workspaceId, conversationId });
  if (found === null) return 'told';
  if (!maySpeakFor(acting, found.agentId)) return 'forbidden';
  const { channelId, externalId: conversation, contactExternalId: externalId } = found;
  const avatarUrl = found.agentAvatarUrl ?? shown.agentAvatarUrl;
  const at = new Date(desk.clock.now()).toISOString();
  wire.tellPrograms(workspaceId, {
    channelId,
    update: {
      ...{ type: 'typing', conversation, conversationId, contact: { externalId }, at },
      ...{ agent: { name: by.name, avatarUrl }, typing },
    },
  });
  return 'told';
}
