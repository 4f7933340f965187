// What a check of calendars found.
import type { PolicyFault } from '../../contract/policy/fault.ts';

/** A fault forbids to use the document; a warning does not. */
export interface Findings {
  faults: PolicyFault[];
  warnings: PolicyFault[];
}
