// A portion of what reports count: some days, grouped by what happened, when and whose it is. Packed days and raw rows both are read as these.
import type { ListedFigure } from '../contract/report-details.ts';
import { type Measured, measured } from './report-facts.ts';

/** Whose a fact is; null: nobody's. */
export type Place = readonly [
  agentId: string | null,
  teamId: string | null,
  channelId: string,
  plan: string | null,
];

type Numbers = ArrayLike<number>;

export interface Times {
  quarters: Numbers;
  places: Numbers;
  seconds: ArrayLike<number>;
}

export interface Portion {
  /** The quarter of an hour, since 1970, from which `quarters` count. */
  base: number;
  places: readonly Place[];
  /** How often something happened: which code, when, whose, how often. */
  counts: { codes: Numbers; quarters: Numbers; places: Numbers; times: Numbers };
  times: Partial<Record<Measured, Times>>;
}

/** What has no time of its own, by code. The numbers are stored: new ones go to the end. */
export const counted = [
  'opened',
  'assigned',
  'closed',
  'abandoned',
  'messagesIn',
  'messagesOut',
  'firstAnswersMet',
  'firstAnswersMissed',
  'nextAnswersMet',
  'nextAnswersMissed',
  'endsMet',
  'endsMissed',
] as const satisfies readonly ListedFigure[];
export type Counted = (typeof counted)[number];

/** Ten codes, two for each score: without words and with them. */
export const RATINGS = 16;
export const codeOfRating = (score: number, commented: boolean): number =>
  RATINGS + (score - 1) * 2 + (commented ? 1 : 0);
/** How many codes there may be of what has no time. */
export const CODES = 32;

/** Codes of what took a time: never stored, because each has its own columns. */
export const codeOfTimes = (figure: Measured): number => CODES + measured.indexOf(figure);
