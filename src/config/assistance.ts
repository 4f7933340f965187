// The language model that agents may ask: where it is, and how much may be sent to it.
import { Type } from 'typebox';

export const assistance = {
  AI_BASE_URL: Type.Optional(
    Type.String({
      description:
        'The base address of a server of language models that speaks OpenAI’s contract, as http://127.0.0.1:11434/v1; it may be an internal one. With it agents may ask for drafts, summaries and translations. Without it nothing is sent anywhere.',
      pattern: '^https?://[^\\s/?#@]+(/[^\\s?#]*)?$',
      maxLength: 2048,
    }),
  ),
  AI_MODEL: Type.Optional(
    Type.String({
      description: 'The name of the model at AI_BASE_URL, as llama3.2.',
      pattern: '^\\S+$',
      maxLength: 200,
    }),
  ),
  AI_API_KEY: Type.Optional(
    Type.String({
      description:
        'Sent as Authorization: Bearer to AI_BASE_URL, and to no other address. Servers of your own mostly need none.',
      pattern: '^[!-~]+$',
    }),
  ),
  AI_TIMEOUT_MS: Type.Integer({
    description: 'Milliseconds after which an answer of the model is given up.',
    default: 60_000,
    minimum: 1000,
    maximum: 600_000,
  }),
  AI_MOST_MESSAGES: Type.Integer({
    description: 'How many of the last messages of a conversation are sent.',
    default: 40,
    minimum: 1,
    maximum: 200,
  }),
  AI_MOST_CHARACTERS: Type.Integer({
    description:
      'How many characters one request to the model has at most; older messages are left out. The model’s context must hold them: about four characters are a token.',
    default: 24_000,
    minimum: 4000,
    maximum: 1_000_000,
  }),
  AI_MOST_PER_MINUTE: Type.Integer({
    description: 'How often one person, or one token, may ask the model in a minute, on each node.',
    default: 10,
    minimum: 1,
    maximum: 1000,
  }),
  AI_MOST_PER_DAY: Type.Integer({
    description: 'How often a whole workspace may ask the model in 24 hours.',
    default: 2000,
    minimum: 1,
    maximum: 1_000_000,
  }),
};
