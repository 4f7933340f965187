// What a plan says to the contact, in which languages, and the placeholders that are filled in.
import { type Static, Type } from 'typebox';
import { Named, Text } from '../shapes.ts';

export const wordCauses = [
  'queued',
  'position',
  'closedHours',
  'full',
  'assigned',
  'reminder',
  'ended',
] as const;
export type WordCause = (typeof wordCauses)[number];

export const wordPlaceholders = ['name', 'position', 'wait', 'opensAt', 'agent'] as const;
export type WordPlaceholder = (typeof wordPlaceholders)[number];

/** What is known when an automation or a macro says something. */
export const knownInMessages: readonly WordPlaceholder[] = ['name', 'agent', 'opensAt'];

/** What is known when a cause comes; the others are never filled in there. */
export const knownFor: Readonly<Record<WordCause, readonly WordPlaceholder[]>> = {
  queued: ['name', 'position', 'wait'],
  position: ['name', 'position', 'wait'],
  closedHours: ['name', 'opensAt'],
  full: ['name', 'position', 'wait'],
  assigned: ['name', 'agent'],
  reminder: ['name', 'agent'],
  ended: ['name', 'opensAt'],
};

const LANGUAGE = '^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$';
const isLanguageTag = new RegExp(LANGUAGE);

/** In which words are said to contacts whose own language is not known, or in which nothing is written. */
export const Language = Type.String({
  minLength: 2,
  maxLength: 35,
  pattern: LANGUAGE,
  description:
    'As BCP 47 has it: en, id, pt-BR. Words are said in it to contacts whose own language is not known, or in which nothing is written; without it, in the first of each text.',
});

export function isLanguage(written: string): boolean {
  if (!isLanguageTag.test(written)) return false;
  try {
    return Intl.getCanonicalLocales(written).length === 1;
  } catch {
    return false;
  }
}

/** A text by language. */
export type Texts = Readonly<Record<string, string>>;

const describe: Record<WordCause, string> = {
  queued: 'It has to wait, because nobody could be given it at once.',
  position: 'A further step begins.',
  closedHours: 'It waits or ends outside of the hours.',
  full: 'A limit is met, and it waits or ends.',
  assigned: 'An agent has it.',
  reminder: 'The contact has not written for as long as silence.contact.remind says.',
  ended: 'The hours, a limit or the contact’s silence ends it.',
};

const cause = (name: WordCause) =>
  Type.Optional(
    Named(35, Text(1000, 1), {
      ...{ minProperties: 1, maxProperties: 30, description: describe[name] },
    }),
  );

export const Words = Type.Object(
  {
    queued: cause('queued'),
    position: cause('position'),
    closedHours: cause('closedHours'),
    full: cause('full'),
    assigned: cause('assigned'),
    reminder: cause('reminder'),
    ended: cause('ended'),
  },
  {
    additionalProperties: false,
    description:
      'What the contact is told, each cause once: a text by language (BCP 47), with {{name}}, {{position}}, {{wait}}, {{opensAt}} and {{agent}}. Nothing is said of a cause that is left out.',
  },
);
export type Words = Static<typeof Words>;
