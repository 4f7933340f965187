// What if nobody could be given anything for a while: an outage is cut out of the shifts of a scenario. Pure.
import type { Scenario, ScenarioAgents, Shift } from '../contract/scenario.ts';
import { periodOf } from './shifts.ts';

/** Nobody is given anything between the two; what agents hold they finish. Seconds from the beginning, within a week. */
export function addOutage(scenario: Scenario, outage: Shift): Scenario {
  const agents = scenario.agents.map((one): ScenarioAgents => {
    const left = inWeek(one).flatMap((shift) => cut(shift, outage));
    return left.length === 0
      ? { ...one, capacity: 0 }
      : { ...one, shifts: left, shiftsEvery: 'week' };
  });
  return { ...scenario, agents };
}

const DAY = 86_400;
const DAYS = 7;

/** An outage is no habit: what comes again each day is written out. */
function inWeek(agents: ScenarioAgents): Shift[] {
  const { shifts = [{ from: 0, until: WEEK }] } = agents;
  if (agents.shifts === undefined || periodOf(agents) === WEEK) return shifts;
  return Array.from({ length: DAYS }, (_, day) =>
    shifts.map(({ from, until }) => ({ from: from + day * DAY, until: until + day * DAY })),
  ).flat();
}

const WEEK = DAYS * DAY;

/** What is left of a shift, which may go on past the end of the week. */
function cut(shift: Shift, outage: Shift): Shift[] {
  let left = [shift];
  const length = outage.until - outage.from;
  for (let from = (outage.from % WEEK) - WEEK; from < shift.until; from += WEEK) {
    const until = from + length;
    left = left.flatMap((one) => [
      { from: one.from, until: Math.min(one.until, from) },
      { from: Math.max(one.from, until), until: one.until },
    ]);
  }
  return left.filter((one) => one.until > one.from).map(fold);
}

/** A shift begins within the week. */
function fold({ from, until }: Shift): Shift {
  const over = from >= WEEK ? WEEK : 0;
  return { from: from - over, until: until - over };
}
