// How much one run may be, and what a bot holds: numbers alone, so that the office can load them.

/** Of one run on the server; `usher simulate` takes more. */
export const MOST_LAB_ARRIVALS = 1_000_000;
/** Of one scenario on the server, each with its own seed. */
export const MOST_LAB_RUNS = 20;
/** Of a bot that says none: as of one that is made on a desk. */
export const CAPACITY_OF_BOT = 100;
