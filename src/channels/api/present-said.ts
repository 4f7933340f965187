// What was said in a conversation, as the program of its channel is shown it.
import type { Static } from 'typebox';
import type { SaidMessage } from '../../contract/updates.ts';
import type { MessageRow } from '../../store/messages.ts';

type Said = Pick<
  MessageRow,
  'messageId' | 'seq' | 'authorKind' | 'text' | 'attachments' | 'createdAt'
>;

/** `publicUrl`: without a slash at the end. */
export function presentSaid(
  { messageId: id, seq, authorKind, text, attachments, createdAt }: Said,
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
