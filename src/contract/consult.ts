// Asking colleagues about a conversation, whispering to its agent, and giving it back, as the API takes them.
import { type Static, Type } from 'typebox';
import { Id, Nullable, Text } from './shapes.ts';

/** Of one conversation at a time: more make a meeting of it, and each more reads what a contact wrote. */
export const MAX_CONSULTED = 5;

export const MAX_TRANSFER_NOTE = 2000;

export const TransferNote = Nullable(
  Type.String({
    ...Text(MAX_TRANSFER_NOTE),
    description: 'For whoever gets it: becomes a private note. Empty: none.',
  }),
);

export const Return = Type.Object(
  {
    note: Type.Optional(TransferNote),
    force: Type.Optional(
      Type.Boolean({ description: 'Also to whom is away or full; needs conversations.force.' }),
    ),
  },
  { additionalProperties: false },
);

export const Consult = Type.Object(
  {
    agentIds: Type.Array(Id, { minItems: 1, maxItems: MAX_CONSULTED, uniqueItems: true }),
    note: Type.Optional(
      Nullable(
        Type.String({ ...Text(MAX_TRANSFER_NOTE), description: 'What is asked: a private note.' }),
      ),
    ),
  },
  { additionalProperties: false },
);
export type Consult = Static<typeof Consult>;

export const EndConsult = Type.Object(
  { agentId: Type.Optional(Type.Union([Id], { description: 'Absent: whoever calls.' })) },
  { additionalProperties: false },
);

export const Whisper = Type.Object({ text: Text(4000, 1) }, { additionalProperties: false });
