// A recorded span changed: more customers, without somebody, an outage. Pure.
import type { Scenario, ScenarioAgents, Shift } from '../../../src/contract/scenario.ts';
import { applyChanges, noChanges } from './scenario.ts';

export interface WhatIf {
  /** Percent more, or fewer, customers. */
  volume: number;
  /** Null: everybody is there. */
  without: string | null;
  /** By the draft of Routing, where there is one. */
  byDraft: boolean;
  /** Seconds from the beginning of the scenario; null: none. */
  outage: Shift | null;
}

export const asItWas: WhatIf = {
  ...{ volume: 0, without: null, byDraft: false, outage: null },
};

export function changeSpan(
  scenario: Scenario,
  { volume, without, byDraft, outage }: WhatIf,
  draftPolicy: Scenario['policy'] | null = null,
): Scenario {
  const agents = without === null ? {} : { [without]: { count: 0, capacity: 0 } };
  const changed = applyChanges(scenario, { ...noChanges, volume, agents, byDraft }, draftPolicy);
  if (outage === null) return changed;
  return { ...changed, agents: changed.agents.map((one) => leaveOut(one, outage)) };
}

const WEEK = 7 * 86_400;

/** As recorded, an agent's shifts are of one week. Who would be there in the outage alone never is. */
function leaveOut(agents: ScenarioAgents, { from, until }: Shift): ScenarioAgents {
  const shifts = (agents.shifts ?? [{ from: 0, until: WEEK }]).flatMap((shift) =>
    [
      { from: shift.from, until: Math.min(shift.until, from) },
      { from: Math.max(shift.from, until), until: shift.until },
    ].filter((left) => left.until > left.from && left.from < WEEK),
  );
  return shifts.length === 0
    ? { ...agents, capacity: 0 }
    : { ...agents, shifts, shiftsEvery: 'week' };
}
