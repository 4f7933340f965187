// A supervisor writes to whoever has a conversation, beside it: seen by agents alone, and told to nobody outside.
import { v7 as uuid } from 'uuid';
import { Refused } from '../errors.ts';
import { lockConversation } from '../store/conversations.ts';
import { whisperRow } from '../store/whispers.ts';
import { commit } from './commit.ts';
import { refuseElsewhere } from './consult-agents.ts';
import type { Desk } from './context.ts';
import { kindOfWriter } from './kind-of-writer.ts';

/**
 * Answers the id of the note. Refuses `message.empty`, `conversation.not-found`, `conversation.closed`,
 * `conversation.not-assigned`, `whisper.to-oneself` and `agent.reads-elsewhere`.
 */
export async function whisper(
  desk: Desk,
  args: {
    workspaceId: string;
    conversationId: string;
    /** null: a user or program that is no agent. */
    writerId: string | null;
    actor: string;
    text: string;
  },
): Promise<string> {
  const { workspaceId, conversationId, writerId, actor: by, text } = args;
  if (text.trim() === '') throw new Refused('message.empty');
  const messageId = uuid();
  await commit(desk, workspaceId, async (tx, after) => {
    const conversation = await lockConversation(tx, args);
    if (conversation === null) throw new Refused('conversation.not-found');
    if (conversation.state === 'closed') throw new Refused('conversation.closed');
    const { agentId: toAgentId } = conversation;
    if (toAgentId === null) throw new Refused('conversation.not-assigned');
    if (toAgentId === writerId) throw new Refused('whisper.to-oneself');
    await refuseElsewhere(tx, { workspaceId, agentIds: [toAgentId] });
    const author = { kind: await kindOfWriter(tx, { workspaceId, writerId }), id: writerId };
    const key = { workspaceId, conversationId, messageId, toAgentId };
    await whisperRow(after({ send: true, conversation: conversationId }), {
      ...{ ...key, author, by, text },
    });
  });
  return messageId;
}
