// Mutants that no test notices, each with the reason why it may live. `npm run mutants` prints them.

export interface Justified {
  file: string;
  /** The code as it stands, on one line. */
  before: string;
  /** What the mutant makes of it; without one, whatever it makes. */
  after?: string;
  why: string;
}

export const justified: readonly Justified[] = [];
