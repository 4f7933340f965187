// A policy that does not hold is refused with what is wrong with it.
import type { PolicyFault } from '../contract/policy/fault.ts';
import { Refused } from '../errors.ts';

/** The text is about the first; programs find them all beside it. */
export function refuseFaults(
  faults: readonly PolicyFault[],
  warnings: readonly PolicyFault[],
): Refused {
  const [{ path, detail, remedy } = { path: '', detail: '', remedy: '' }, ...others] = faults;
  const more = others.length === 0 ? '' : ` And ${others.length} more.`;
  const text = `${path === '' ? '' : `${path}: `}${detail} ${remedy}${more}`;
  return new Refused('policy.invalid', text, { faults, warnings });
}
