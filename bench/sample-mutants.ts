// Leaves out all mutants but a sample, by a seed, where running them all would take hours: a checker for StrykerJS.
import { createHash } from 'node:crypto';
import type { Checker, CheckResult } from '@stryker-mutator/api/check';
import type { Mutant } from '@stryker-mutator/api/core';

type Named = Pick<Mutant, 'id'>;

/** How many, and by which seed, as `<size> <seed>`: Stryker runs a checker in a process of its own. */
const [size = 0, seed = 0] = (process.env.MUTANT_SAMPLE ?? '').split(' ').map(Number);

/** The same of the same mutants each time: those whose hashes with the seed come first. */
export function takeSample<M extends Named>(
  mutants: readonly M[],
  args: { size: number; seed: number },
): M[] {
  const hash = ({ id }: Named) => createHash('sha256').update(`${args.seed} ${id}`).digest('hex');
  const hashed = mutants.map((mutant) => ({ mutant, hash: hash(mutant) }));
  hashed.sort((a, b) => (a.hash < b.hash ? -1 : 1));
  return hashed.slice(0, args.size).map(({ mutant }) => mutant);
}

const idsOf = (mutants: readonly Named[]) => mutants.map(({ id }) => id);

/** Stryker counts what a checker refuses neither as noticed nor as living. */
export function makeSampler(args: { size: number; seed: number }): Checker {
  const taken = new Set<string>();
  return {
    init: async () => {},
    // Stryker groups all mutants at once, before it checks any.
    group: async (mutants) => {
      for (const id of idsOf(takeSample(mutants, args))) taken.add(id);
      return [idsOf(mutants)];
    },
    check: async (mutants) =>
      Object.fromEntries(mutants.map(({ id }) => [id, answer(taken.has(id))])),
  };
}

function answer(isTaken: boolean): CheckResult {
  const status = isTaken ? 'passed' : 'compileError';
  return { status, reason: 'not in the sample' } as CheckResult;
}

export const strykerPlugins = [
  { kind: 'Checker', name: 'sample', value: makeSampler({ size, seed }) },
];
