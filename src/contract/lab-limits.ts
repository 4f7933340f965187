// How much one run on the server may be: numbers alone, so that the office can load them.

/** Of one run on the server; `usher simulate` takes more. */
export const MOST_LAB_ARRIVALS = 1_000_000;
/** Of one scenario on the server, each with its own seed. */
export const MOST_LAB_RUNS = 20;
