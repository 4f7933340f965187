// Refuses a document that is too large or too deep to be looked at any further.
import { MAX_POLICY_BYTES } from '../../contract/policy/document.ts';
import type { Findings } from './findings.ts';
import { isDeeper } from './is-deeper.ts';

/** Groups of conditions stand at most 5 deep, in two levels of JSON each. */
const MAX_DEPTH = 32;

export function checkSize(body: unknown, faults: Findings): void {
  if (isDeeper(body, MAX_DEPTH)) {
    faults.add('', () => ({
      code: 'policy.too-deep',
      values: { most: MAX_DEPTH },
      detail: `Its values stand more than ${MAX_DEPTH} deep within one another.`,
      remedy: 'Split the conditions over several rules.',
    }));
    return;
  }
  const bytes = Buffer.byteLength(JSON.stringify(body) ?? '');
  if (bytes <= MAX_POLICY_BYTES) return;
  faults.add('', () => ({
    code: 'policy.too-large',
    values: { bytes, most: MAX_POLICY_BYTES },
    detail: `It has ${bytes} bytes without spaces; ${MAX_POLICY_BYTES} are the most.`,
    remedy: 'Remove rules and plans that are not used, and exceptions that have passed.',
  }));
}
