// Bots: what a plan says of one, how one hands over, and what the house looks at while it has a conversation.
import { type Static, Type } from 'typebox';
import { botDefaults, MOST_IN_A_MINUTE } from './bot-limits.ts';
import { Priority } from './conversation.ts';
import { PolicyName } from './policy/names.ts';
import { Id, Named, Text } from './shapes.ts';

export const PlanBot = Type.Object(
  {
    agent: Text(255, 1),
    silentFor: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 3600,
        description: `After so many seconds without its answer a person gets it. The default is ${botDefaults.silentFor}.`,
      }),
    ),
    words: Type.Optional(
      Type.Array(Text(60, 1), {
        minItems: 1,
        maxItems: 50,
        uniqueItems: true,
        description:
          'A contact who writes one of these, as whole words in any case, gets a person at once. Absent: a list in English, Indonesian, Korean and Portuguese.',
      }),
    ),
    replies: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 1000,
        description: `After so many turns of the bot a person gets it. The default is ${botDefaults.replies}.`,
      }),
    ),
    messages: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 100,
        description: `More messages than this after one of the contact’s are refused, and a person gets it. The default is ${botDefaults.messages}; never more than ${MOST_IN_A_MINUTE} within a minute.`,
      }),
    ),
  },
  {
    additionalProperties: false,
    description:
      'What comes to this plan is given to this bot first, by its name or id, if it can take it at once. The steps say who is asked after it.',
  },
);
export type PlanBot = Static<typeof PlanBot>;

/** Something that was said while a bot has the conversation; its moment in milliseconds since 1970. */
export interface BotLine {
  by: 'contact' | 'bot';
  text: string;
  at: number;
}

/** Why the house takes a conversation from its bot. */
export const botFailures = [
  'asked-for-person',
  'bot-failed',
  'bot-silent',
  'bot-flooded',
  'bot-looped',
  'bot-off',
] as const;
export type BotFailure = (typeof botFailures)[number];

const FIELDS = 50;
/** Of all fields together, as JSON. */
export const MOST_FIELD_BYTES = 16_384;

export const BotHandover = Type.Object(
  {
    reason: Type.String({
      pattern: '^[a-z0-9][a-z0-9-]{0,59}$',
      description: 'A code of your own, such as needs-refund.',
    }),
    text: Type.Optional(Text(500, 1)),
    fields: Type.Optional(
      Named(60, Type.Union([Text(2000), Type.Number(), Type.Boolean(), Type.Null()]), {
        maxProperties: FIELDS,
        description: `What the bot has found out: added to the conversation’s meta. At most ${MOST_FIELD_BYTES} bytes of JSON.`,
      }),
    ),
    priority: Type.Optional(Priority),
    plan: Type.Optional(PolicyName),
    teamId: Type.Optional(Id),
    skillIds: Type.Optional(Type.Array(Id, { maxItems: 20, uniqueItems: true })),
    note: Type.Optional(Text(10_000, 1)),
  },
  { additionalProperties: false },
);
export type BotHandover = Static<typeof BotHandover>;

/** The note that goes with it, for whoever is next. */
export function wordHandover(
  bot: string,
  { reason, text, note, fields = {} }: Pick<BotHandover, 'reason' | 'text' | 'note' | 'fields'>,
): string {
  const found = Object.entries(fields).map(([name, value]) => `${name}: ${value ?? '–'}`);
  const told = text ?? sentences[reason] ?? reason;
  return [`${bot}: ${told}`, ...(note === undefined ? [] : [note]), ...found].join('\n');
}

const sentences: Partial<Record<string, string>> = {
  'asked-for-person': 'the contact asks for a person.',
  'bot-failed': 'its program did not take what was sent to it.',
  'bot-silent': 'it did not answer in time.',
  'bot-flooded': 'it wrote more messages than it may.',
  'bot-looped': 'it has taken its last turn without a person.',
  'bot-off': 'it was switched off.',
};
