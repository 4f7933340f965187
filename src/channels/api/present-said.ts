// What was said in a conversation, as the program of its channel is shown it.
import { type Static, Type } from 'typebox';
import { MessageAttachment } from '../../contract/events.ts';
import { Id, Time } from '../../contract/shapes.ts';
import type { MessageRow } from '../../store/messages.ts';

export const SaidMessage = Type.Object({
  id: Id,
  seq: Type.Integer({ description: 'Numbers the messages of the conversation.' }),
  authorKind: Type.Enum(['contact', 'agent', 'bot', 'user', 'system'], {
    description: 'user: a program or a person who is no agent. system: the words of a plan.',
  }),
  text: Type.String(),
  attachments: Type.Array(MessageAttachment, {
    description: 'Each can be fetched by its address.',
  }),
  createdAt: Time,
});

/** `publicUrl`: without a slash at the end. */
export function presentSaid(
  { messageId: id, seq, authorKind, text, attachments, createdAt }: MessageRow,
  publicUrl: string,
): Static<typeof SaidMessage> {
  return {
    ...{ id, seq, text, createdAt: createdAt.toISOString() },
    authorKind: authorKind as Static<typeof SaidMessage>['authorKind'],
    // Whoever knows it may fetch it: the program has no other right to files.
    attachments: attachments.map((one) =>
      one.id === undefined || one.name === undefined
        ? one
        : { ...one, url: `${publicUrl}/attachments/${one.id}/${encodeURIComponent(one.name)}` },
    ),
  };
}
