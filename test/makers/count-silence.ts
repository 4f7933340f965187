// What a plan does about silence, counted up moment by moment: knows no state but who spoke last, and when.

/** All in whole moments, whatever these are; the agent has it from 0 on, and it opened before. */
export interface QuietLife {
  times: { agent: number | null; remind: number | null; close: number | null };
  /** At most one a moment, in order. */
  said: readonly { at: number; by: 'agent' | 'contact' }[];
}

export type QuietStep = `${'tell' | 'return' | 'remind' | 'end'} ${number}`;

interface Silent {
  who: 'agent' | 'contact';
  since: number;
  isTold: boolean;
}

export function countSilence({ times, said }: QuietLife, until: number): QuietStep[] {
  const steps: QuietStep[] = [];
  let silent: Silent = { who: 'agent', since: 0, isTold: false };
  for (let moment = 0; moment <= until; moment += 1) {
    const by = said.find(({ at }) => at === moment)?.by;
    if (by === 'agent') silent = { who: 'contact', since: moment, isTold: false };
    else if (by === 'contact' && silent.who === 'contact') {
      silent = { who: 'agent', since: moment, isTold: false };
    }
    const step =
      silent.who === 'agent' ? ofAgent(silent, moment, times) : ofContact(silent, moment, times);
    if (step === null) continue;
    steps.push(`${step} ${moment}`);
    if (step === 'return' || step === 'end') return steps;
    silent.isTold = true;
  }
  return steps;
}

function ofAgent({ since, isTold }: Silent, moment: number, { agent }: QuietLife['times']) {
  if (agent === null) return null;
  if (!isTold) return moment - since >= agent ? 'tell' : null;
  return moment - since >= 2 * agent ? 'return' : null;
}

function ofContact(
  { since, isTold }: Silent,
  moment: number,
  { remind, close }: QuietLife['times'],
) {
  if (!isTold && remind !== null && moment - since >= remind) return 'remind';
  return close !== null && moment - since >= close ? 'end' : null;
}
