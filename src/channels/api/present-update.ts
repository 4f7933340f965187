// What happened in a conversation, as the program of its channel is told of it.
import type { MessageAttachment } from '../../contract/events.ts';
import type { TalkUpdate, Update } from '../../contract/updates.ts';
import type { UpdateRow } from '../../store/updates.ts';
import { presentSaid } from './present-said.ts';

export interface UpdatesShown {
  /** Without a slash at the end. */
  publicUrl: string;
  /** The picture of an agent who has none. */
  agentAvatarUrl: string | null;
}

/** null: it is not for the contact's side, or its conversation is deleted. */
export function presentUpdate(row: UpdateRow, shown: UpdatesShown): Update | null {
  const { externalId: conversation, contactExternalId: externalId, conversationId } = row;
  if (conversation === null || externalId === null) return null;
  const at = row.at.toISOString();
  const about = { conversation, conversationId, contact: { externalId }, at };
  if (row.readSeq !== null) return { type: 'read', ...about, seq: row.readSeq };
  switch (row.type) {
    case 'message.created':
      return presentMessage(row, about, shown);
    case 'conversation.assigned':
      // Who has yet to accept it does not have it: then the confirmation tells of it.
      return row.heldAtOnce ? presentAssigned(row, about, shown) : null;
    case 'conversation.assignment-confirmed':
      return presentAssigned(row, about, shown);
    case 'conversation.closed':
      return { type: 'closed', ...about, reason: (row.data?.reason as string | null) ?? null };
    case 'conversation.transferred':
      // To an agent: the assignment follows.
      return row.data?.toAgentId === undefined ? { type: 'queued', ...about } : null;
    case null:
      return null;
    default:
      return { type: 'queued', ...about };
  }
}

type About = Pick<TalkUpdate, 'conversation' | 'conversationId' | 'contact' | 'at'>;

function presentAssigned(
  { agentName, agentAvatarUrl }: UpdateRow,
  about: About,
  shown: UpdatesShown,
): Update {
  const agent = { name: agentName ?? '', avatarUrl: agentAvatarUrl ?? shown.agentAvatarUrl };
  return { type: 'assigned', ...about, agent };
}

/** As `message.created` has it. */
interface SaidData {
  messageId: string;
  messageSeq: number;
  kind: 'text' | 'note';
  authorKind: string;
  text: string;
  attachments: MessageAttachment[];
}

function presentMessage({ data, at }: UpdateRow, about: About, shown: UpdatesShown): Update | null {
  const { messageId, messageSeq: seq, kind, ...said } = data as unknown as SaidData;
  if (kind !== 'text') return null;
  const message = presentSaid({ messageId, seq, ...said, createdAt: at }, shown.publicUrl);
  return { type: 'message', ...about, message };
}
