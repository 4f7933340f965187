// After how many seconds an outside system may send the same again; what it told is then not lost.
import { Refused } from '../errors.ts';
import { isOutage, RETRY_AFTER_SECONDS } from '../store/is-outage.ts';

const PASSING: Readonly<Record<string, number>> = {
  'workspace.busy': 1,
  'workspace.too-fast': 1,
  'workspace.full': 60,
  'workspace.suspended': 300,
};

/** null: it is neither an outage nor a refusal that passes. */
export function retryAfterOf(error: unknown): number | null {
  if (error instanceof Refused) return PASSING[error.code] ?? null;
  return isOutage(error) ? RETRY_AFTER_SECONDS : null;
}

/** What the sender is told of it. */
export function describePassing(error: unknown): string {
  return error instanceof Refused ? error.message : 'Service unavailable. Try again in a moment.';
}
