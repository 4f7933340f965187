// The limits of silence of a plan, in milliseconds.
import type { SilenceLimits } from '../../contract/policy/plan.ts';
import type { SilenceTimes } from '../../contract/silence.ts';

/** null: it has none, so nothing is counted. */
export function readSilenceTimes(limits: SilenceLimits | undefined): SilenceTimes | null {
  if (limits === undefined) return null;
  const { agent, contact } = limits;
  return {
    agent: inMs(agent),
    remind: inMs(contact?.remind),
    close: inMs(contact?.close),
  };
}

function inMs(seconds: number | undefined): number | null {
  return seconds === undefined ? null : seconds * 1000;
}
