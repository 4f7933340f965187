// How many agents each half hour needs for a target: found by simulation, begun at what Erlang A says, and held against it.
import type { Calendar } from '../contract/policy/calendar.ts';
import { compileCalendar } from '../routing/calendars/compile-calendar.ts';
import { findFewest } from './find-fewest.ts';
import type { ForetoldHalfHour } from './forecast.ts';
import { HALF_HOUR } from './half-hours.ts';
import { askFormula, type Centre, isEnough, simulate } from './measure-agents.ts';
import { figureOf, isMet, type Reached } from './target.ts';

export interface StaffedHalfHour extends ForetoldHalfHour {
  /** Why nobody is needed, or that nobody can be enough. */
  state: 'staffed' | 'closed' | 'nobody-comes' | 'unknown' | 'beyond-reach';
  /** null: more than the most, or no number at all, would be needed. */
  agents: number | null;
  /** As Erlang A has it, of equal agents who serve everybody. null: more than the most. */
  byFormula: number | null;
  /** Where as many come as p10 and p90 say; the formula’s, moved by how far the simulation is from it. */
  agentsP10: number | null;
  agentsP90: number | null;
  /** The figure of the target; null: nobody is needed. Of `beyond-reach`, with the most. */
  reached: number | null;
  /** With one agent less; null: there is none, or the line would grow without end. */
  oneLess: number | null;
  oneMore: number | null;
}

export interface StaffingRequest extends Centre {
  halfHours: readonly ForetoldHalfHour[];
  /** Outside of its hours nobody is needed. null: always open. */
  calendar: Calendar | null;
  /** There are no more agents than these. */
  most: number;
}

/** The share of the half hours that are done. */
export type Progress = number;

/** Yields after each half hour, so that a caller can show progress, or stop. */
export function* staff(request: StaffingRequest): Generator<Progress, StaffedHalfHour[]> {
  const { halfHours, calendar } = request;
  const hours = calendar === null ? null : compileCalendar(calendar);
  const found = new Map<number, Found>();
  const staffed: StaffedHalfHour[] = [];
  for (const halfHour of halfHours) {
    const { at, mean } = halfHour;
    const isOpen = hours === null || hours.workingSeconds(at, at + HALF_HOUR) > 0;
    if (mean === null) staffed.push({ ...halfHour, ...NOBODY, state: 'unknown' });
    else if (!isOpen) staffed.push({ ...halfHour, ...NOBODY, state: 'closed' });
    else if (mean === 0) staffed.push({ ...halfHour, ...NOBODY, state: 'nobody-comes' });
    else {
      const rate = roundUp(mean);
      const known = found.get(rate) ?? findAgents(request, 2 * rate);
      found.set(rate, known);
      staffed.push({ ...halfHour, ...known, ...findRange(request, halfHour, known) });
    }
    yield staffed.length / halfHours.length;
  }
  return staffed;
}

const NOBODY = {
  ...{ agents: 0, byFormula: 0, agentsP10: 0, agentsP90: 0 },
  ...{ reached: null, oneLess: null, oneMore: null },
};

/** Half hours whose arrivals differ by less are simulated once, by the larger number. */
const STEP = 1.02;

function roundUp(mean: number): number {
  return STEP ** Math.ceil(Math.log(mean) / Math.log(STEP));
}

type Found = Omit<StaffedHalfHour, keyof ForetoldHalfHour | 'agentsP10' | 'agentsP90'>;

function findAgents(request: StaffingRequest, perHour: number): Found {
  const { target, most, scenario } = request;
  const runs = new Map<number, Reached>();
  const run = (agents: number): Reached => {
    const known = runs.get(agents) ?? simulate(request, { perHour, agents });
    runs.set(agents, known);
    return known;
  };
  const byFormula = askFewest(request, perHour);
  const agents = findFewest((count) => isMet(target, run(count)), {
    guess: byFormula ?? most,
    most,
  });
  const figure = (count: number) => {
    const isKnown = count > 0 && isEnough(scenario, { perHour, agents: count });
    return isKnown ? finite(figureOf(target, run(count))) : null;
  };
  if (agents === null) {
    return {
      ...{ state: 'beyond-reach', agents, byFormula, reached: figure(most) },
      ...{ oneLess: null, oneMore: null },
    };
  }
  return {
    ...{ state: 'staffed', agents, byFormula, reached: figure(agents) },
    ...{ oneLess: figure(agents - 1), oneMore: figure(agents + 1) },
  };
}

const finite = (value: number) => (Number.isFinite(value) ? value : null);

function askFewest({ scenario, target, most }: StaffingRequest, perHour: number): number | null {
  const holds = (agents: number) =>
    isMet(target, askFormula({ scenario, target }, { perHour, agents }));
  return findFewest(holds, { guess: 1, most });
}

function findRange(
  request: StaffingRequest,
  { p10, p90 }: ForetoldHalfHour,
  { agents, byFormula }: Found,
): Pick<StaffedHalfHour, 'agentsP10' | 'agentsP90'> {
  const needed = (arrivals: number): number | null => {
    if (arrivals === 0) return 0;
    const formula = askFewest(request, 2 * arrivals);
    if (agents === null || byFormula === null || formula === null) return null;
    return Math.max(1, formula + agents - byFormula);
  };
  return { agentsP10: needed(p10), agentsP90: needed(p90) };
}
