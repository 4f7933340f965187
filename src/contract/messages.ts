// Messages and notes as the API takes and gives them.
import { type Static, Type } from 'typebox';
import { MessageAttachment } from './events.ts';
import { Id, Nullable, Text, Time } from './shapes.ts';

export const MessageWriting = Type.Object(
  {
    text: Type.Optional(Text(10_000)),
    attachmentIds: Type.Optional(Type.Array(Id, { maxItems: 10, uniqueItems: true })),
  },
  { additionalProperties: false, minProperties: 1 },
);

export const NoteWriting = Type.Object({ text: Text(10_000, 1) }, { additionalProperties: false });

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
