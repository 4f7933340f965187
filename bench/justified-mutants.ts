// Mutants that no test notices, each with the reason why it may live. `npm run mutants` prints them.

export interface Justified {
  file: string;
  /** Where the same code stands in several lines. */
  line?: number;
  /** The code as it stands, on one line. */
  before: string;
  /** What the mutant makes of it; without one, whatever it makes. */
  after?: string;
  why: string;
}

const IMPOSSIBLE = 'a default for the compiler: split always answers a first part';
const PLACES_BEHIND = 'it changes what stands behind the first four groups, which alone are read';
const ONLY_MEMORY = 'what is idle is forgotten sooner or later: no answer depends on when';

export const justified: readonly Justified[] = [
  {
    file: 'src/access/can.ts',
    before: '/\\.read$/',
    why: 'no action has “.read” but at its end, as the table in can.test.ts shows',
  },
  { file: 'src/access/network-of.ts', line: 8, before: "''", why: IMPOSSIBLE },
  { file: 'src/access/network-of.ts', before: "''", why: PLACES_BEHIND },
  { file: 'src/access/network-of.ts', before: '[]', why: IMPOSSIBLE },
  {
    file: 'src/access/network-of.ts',
    before: "address.toLowerCase().split('%', 1)[0]?.split",
    why: IMPOSSIBLE,
  },
  { file: 'src/access/network-of.ts', before: "right === ''", why: PLACES_BEHIND },
  { file: 'src/access/rates.ts', before: 'now - sweptAt < limit.withinMs', why: ONLY_MEMORY },
  { file: 'src/access/rates.ts', before: 'now - sweptAt', why: ONLY_MEMORY },
  { file: 'src/access/rates.ts', before: 'until <= now', why: ONLY_MEMORY },
  {
    file: 'src/mqtt/may.ts',
    before: "topic.kind !== 'session'",
    after: 'false',
    why: 'no other topic has an end, so the other half of the condition refuses it',
  },
];
