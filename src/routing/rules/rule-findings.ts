// Collects what is wrong with rules, and stops when there is more than anybody reads.
import type { PolicyFault } from '../../contract/policy/fault.ts';

export const MAX_FINDINGS = 100;

/** The places below the policy that lead somewhere. */
export type Path = readonly (string | number)[];

export type Say = (path: Path, finding: Omit<PolicyFault, 'path'>) => void;

export interface RuleFindings {
  faults: PolicyFault[];
  warnings: PolicyFault[];
  fault: Say;
  warn: Say;
  /** There are as many faults as are told. */
  isFull: () => boolean;
}

export function makeFindings(): RuleFindings {
  const faults: PolicyFault[] = [];
  const warnings: PolicyFault[] = [];
  const sayIn =
    (list: PolicyFault[]): Say =>
    (path, finding) => {
      if (list.length < MAX_FINDINGS) list.push({ path: pointer(path), ...finding });
    };
  return {
    faults,
    warnings,
    fault: sayIn(faults),
    warn: sayIn(warnings),
    isFull: () => faults.length >= MAX_FINDINGS,
  };
}

const MAX_PART = 100;

/** RFC 6901. */
function pointer(path: Path): string {
  return path
    .map((part) => String(part).slice(0, MAX_PART).toWellFormed())
    .map((part) => `/${part.replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
}
