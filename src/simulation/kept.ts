// How outcomes are kept: a place for each arrival in lists of numbers.

/** `unserved`: it still waits when nothing more happens; `bot`: a bot has ended it. */
export const outcomeCodes = { served: 0, abandoned: 1, lost: 2, unserved: 3, bot: 4 } as const;
export type Outcome = keyof typeof outcomeCodes;

export interface Kept {
  /** Seconds. */
  waits: Float64Array;
  /** The codes of their outcomes. */
  kept: Uint8Array;
  /** The places of the entries of agents who served them. */
  servers: Uint16Array;
  /** Seconds from the arrival to the first answer; NaN: there was none. null: it is not known when agents answer. */
  answers: Float64Array | null;
}

/** It waited until it was served or left. */
export const hasWaited = (code: number | undefined): boolean =>
  code === outcomeCodes.served || code === outcomeCodes.abandoned;
