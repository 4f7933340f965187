// What the check of a policy found at one entry of it, to be shown at the field that it is about.
import type { PolicyFault } from '../../src/contract/policy/fault.ts';
import { sayFault } from '../components/naming/word-fault.ts';

export interface FaultsAt {
  /** At this path or below it, as one text; null: nothing. */
  say(path: string): string | null;
  /** At this very path. */
  sayOnly(path: string): string | null;
  count: number;
  /** Of what stands below that path, with paths from there. */
  below(path: string): FaultsAt;
}

/** `paths` begin at the entry: those of others are left out. */
export function faultsBelow(faults: readonly PolicyFault[], path: string): FaultsAt {
  const found = faults
    .filter((fault) => isAt(fault.path, path))
    .map((fault) => ({ ...fault, path: fault.path.slice(path.length) }));
  return {
    say: (at) => join(found.filter((fault) => isAt(fault.path, at))),
    sayOnly: (at) => join(found.filter((fault) => fault.path === at)),
    count: found.length,
    below: (at) => faultsBelow(found, at),
  };
}

const isAt = (path: string, at: string) => path === at || path.startsWith(`${at}/`);

function join(faults: readonly PolicyFault[]): string | null {
  const texts = new Set(faults.map(sayFault));
  return texts.size === 0 ? null : [...texts].join(' ');
}

/** Of an entry in its list. */
export function toneOf(
  found: { faults: readonly PolicyFault[]; warnings: readonly PolicyFault[] },
  path: string,
): 'bad' | 'warn' | undefined {
  if (faultsBelow(found.faults, path).count > 0) return 'bad';
  return faultsBelow(found.warnings, path).count > 0 ? 'warn' : undefined;
}
