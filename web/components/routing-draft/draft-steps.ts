// A draft of the whole policy, step by step: what it began from, what it says now, and the way back. Pure.
import { isSame } from '../../../src/contract/policy/diff-policies.ts';
import type { PolicyDocument } from '../../../src/contract/policy/document.ts';

/** A version that is or was in force, with names as people write them. */
export interface Base {
  version: number;
  policy: PolicyDocument;
}

export interface Draft {
  base: Base;
  present: PolicyDocument;
  past: readonly PolicyDocument[];
  future: readonly PolicyDocument[];
  /** Of the last step: further ones of the same name are one step with it. */
  stepName: string | null;
}

const MOST_STEPS = 100;

export function beginDraft(base: Base, present: PolicyDocument = base.policy): Draft {
  return { base, present, past: [], future: [], stepName: null };
}

export function isDirty({ base, present }: Pick<Draft, 'base' | 'present'>): boolean {
  return !isSame(base.policy, present);
}

/** `stepName`: typing in a field is one step however many letters it has. */
export function changeDraft(draft: Draft, present: PolicyDocument, stepName?: string): Draft {
  if (isSame(draft.present, present)) return draft;
  const goesOn = stepName !== undefined && stepName === draft.stepName && draft.past.length > 0;
  const past = goesOn ? draft.past : [...draft.past, draft.present].slice(-MOST_STEPS);
  return { ...draft, present, past, future: [], stepName: stepName ?? null };
}

/** undefined: the policy does without that part, as if it had never been written. */
export function withPart<Part extends keyof PolicyDocument>(
  policy: PolicyDocument,
  part: Part,
  value: PolicyDocument[Part] | undefined,
): PolicyDocument {
  const changed: PolicyDocument = { ...policy };
  if (value === undefined) delete changed[part];
  else changed[part] = value;
  return changed;
}

export function undoStep(draft: Draft): Draft {
  const present = draft.past.at(-1);
  if (present === undefined) return draft;
  const future = [draft.present, ...draft.future];
  return { ...draft, present, past: draft.past.slice(0, -1), future, stepName: null };
}

export function redoStep(draft: Draft): Draft {
  const [present, ...future] = draft.future;
  if (present === undefined) return draft;
  return { ...draft, present, past: [...draft.past, draft.present], future, stepName: null };
}

/** A draft without changes goes along with what is put in force; one with changes waits to be asked. */
export function followVersion(draft: Draft, latest: Base): Draft {
  if (latest.version < draft.base.version || isDirty(draft)) return draft;
  const isNews = latest.version > draft.base.version || !isSame(draft.base.policy, latest.policy);
  return isNews ? beginDraft(latest) : draft;
}
