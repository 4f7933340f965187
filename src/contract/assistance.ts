// What agents ask a language model for, what is sent to it, and what comes back.
import { type Static, Type } from 'typebox';
import { Id, Nullable, Text } from './shapes.ts';

/** An answer that is longer is cut: the composer takes no more. */
export const MOST_ANSWERED = 10_000;

const Preview = Type.Optional(
  Type.Boolean({ description: 'Shows what would be sent, and sends nothing.' }),
);
const Language = (description: string) =>
  Type.Optional(
    Type.String({ maxLength: 35, pattern: '^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$', description }),
  );

export const SuggestionAsking = Type.Object(
  {
    drafts: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 3, description: 'How many to choose from. Default 3.' }),
    ),
    preview: Preview,
  },
  { additionalProperties: false },
);

export const SummaryAsking = Type.Object(
  {
    language: Language('A tag of BCP 47, as pt-BR. Default en.'),
    preview: Preview,
  },
  { additionalProperties: false },
);

export const TranslationAsking = Type.Object(
  {
    messageId: Type.Optional(Id),
    text: Type.Optional(Text(10_000, 1)),
    language: Language(
      'Into which, as a tag of BCP 47. Left out: the one in which the contact writes.',
    ),
    preview: Preview,
  },
  {
    additionalProperties: false,
    description: 'Either a message of the conversation or a text, as a draft.',
  },
);

export const PromptMessage = Type.Object({
  role: Type.Enum(['system', 'user']),
  content: Type.String(),
});
export type PromptMessage = Static<typeof PromptMessage>;

export const Sent = Type.Object(
  {
    host: Type.String({ description: 'To whom.' }),
    model: Type.String(),
    messages: Type.Array(PromptMessage, { description: 'All of it, to the letter.' }),
    characters: Type.Integer({ description: 'Of all messages.' }),
    masked: Type.Integer({
      description: 'How many addresses and numbers are masked; the answer has them again.',
    }),
    isCut: Type.Boolean({ description: 'Older messages are left out.' }),
  },
  { description: 'What was sent to the model, or would be.' },
);
export type Sent = Static<typeof Sent>;

export const Suggestions = Type.Object({
  drafts: Type.Array(Type.String(), { maxItems: 3, description: 'Of a preview: none.' }),
  sent: Sent,
});
export const ModelText = Type.Object({
  text: Nullable(Type.String({ description: 'Plain text. null: of a preview.' })),
  sent: Sent,
});

export const AssistanceState = Type.Object({
  isSetUp: Type.Boolean({ description: 'The server has AI_BASE_URL and AI_MODEL.' }),
  isOn: Type.Boolean({ description: 'It is set up, and switched on in this workspace.' }),
  host: Nullable(Type.String({ description: 'Where text goes. null: it is not set up.' })),
  model: Nullable(Type.String()),
});

export const AssistanceTest = Type.Object({
  tookMs: Type.Integer({ description: 'How long the model took for a few words.' }),
});
