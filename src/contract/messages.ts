// Messages and notes as the API takes and gives them.
import { type Static, Type } from 'typebox';
import { MessageAttachment } from './events.ts';
import { Mentioned } from './mentions.ts';
import { Id, Nullable, SEEN, Text, Time } from './shapes.ts';

/** As many as stand in a row beside what was said. */
export const MAX_QUICK_REPLIES = 10;

/** Short enough for a button, with something in it that can be seen. */
export const QuickReply = Type.String({ minLength: 1, maxLength: 80, pattern: SEEN });

export const MessageWriting = Type.Object(
  {
    text: Type.Optional(Text(10_000)),
    attachmentIds: Type.Optional(Type.Array(Id, { maxItems: 10, uniqueItems: true })),
    quickReplies: Type.Optional(
      Type.Array(QuickReply, {
        maxItems: MAX_QUICK_REPLIES,
        uniqueItems: true,
        description:
          'Answers that a visitor of a web chat can give by a press, until somebody writes again. Other channels get the message without them.',
      }),
    ),
  },
  { additionalProperties: false, minProperties: 1 },
);

export const NoteWriting = Type.Object(
  { text: Text(10_000, 1), mention: Type.Optional(Mentioned) },
  { additionalProperties: false },
);

/** The latest of a conversation are searched, and the latest hits are given. */
export const MOST_SEARCHED = 10_000;
export const MOST_HITS = 100;

export const MessageSearch = Type.Object({
  q: Type.String({ minLength: 1, maxLength: 100, pattern: '\\S', description: 'Any part of it.' }),
});

export const MessageHits = Type.Object({
  items: Type.Array(
    Type.Object({
      seq: Type.Integer(),
      kind: Type.Enum(['text', 'note']),
      text: Type.String({ description: 'At most 200 characters around the first place.' }),
      createdAt: Time,
    }),
    { description: 'The latest first.' },
  ),
  more: Type.Boolean({ description: `There are more than ${MOST_HITS}: ask for more letters.` }),
});

export const Message = Type.Object({
  id: Id,
  seq: Type.Integer(),
  kind: Type.Enum(['text', 'note']),
  authorKind: Type.String(),
  authorId: Nullable(Id),
  text: Type.String(),
  mark: Nullable(
    Type.Enum(['transfer', 'consult', 'whisper'], {
      description:
        'What a note is for: it came with a transfer, asks a colleague, or is whispered to whoever has the conversation. null: nothing of these.',
    }),
  ),
  toAgentIds: Type.Array(Id, { description: 'Whom a note addresses.' }),
  attachments: Type.Array(MessageAttachment),
  quickReplies: Type.Array(Type.String(), {
    description: 'What the contact was offered to answer.',
  }),
  late: Type.Boolean({ description: 'Came after the end, before the outside system knew of it.' }),
  history: Type.Boolean({ description: 'Was said before the conversation began.' }),
  createdAt: Time,
  editedAt: Nullable(Time),
  clientMessageId: Nullable(
    Type.String({
      description:
        'The writer’s own name for it: an agent’s Idempotency-Key, where that is a UUID.',
    }),
  ),
  delivery: Nullable(
    Type.Object({
      state: Type.Enum(['sending', 'delivered', 'not-delivered']),
      reason: Nullable(Type.String()),
    }),
  ),
});
export type Message = Static<typeof Message>;
