// What rules look at, told apart: what is read of a conversation, and what is counted at the moment. Pure.
import { ownValue } from '../../contract/own-value.ts';
import { type Facts, fieldReader } from './facts.ts';
import type { UsedFields } from './used-fields.ts';

export interface SeenFields {
  /** Of the conversation and its contact: what the rules read, in an order of their own. */
  valuesOf(facts: Facts): unknown[];
  /** Of plans and teams: how many the rules were told of. */
  countsOf(facts: Facts): number[];
  /** The other way round. */
  readCounts(counts: readonly number[]): Counts;
}

type Counts = { [Name in 'waiting' | 'online']: Readonly<Record<string, number>> };

/** The clock says the rest. */
const elsewhere = ['now.', 'waiting.', 'online.'] as const;

export function seenFields({ fields, waiting, online }: UsedFields): SeenFields {
  const own = [...fields].filter((name) => !elsewhere.some((root) => name.startsWith(root))).sort();
  const readers = own.map((name) => fieldReader(name) ?? (() => undefined));
  const [plans, teams] = [[...waiting.keys()].sort(), [...online].sort()];
  return {
    valuesOf: (facts) => readers.map((read) => read(facts) ?? null),
    countsOf: (facts) => [
      ...plans.map((name) => ownValue(facts.waiting, name) ?? 0),
      ...teams.map((name) => ownValue(facts.online, name) ?? 0),
    ],
    readCounts: (counts) => ({
      waiting: Object.fromEntries(plans.map((name, nth) => [name, counts[nth] ?? 0])),
      online: Object.fromEntries(teams.map((name, nth) => [name, counts[plans.length + nth] ?? 0])),
    }),
  };
}
