// What a staffing comes to as a whole: hours, money, and what one agent more or less would do everywhere.
import type { StaffedHalfHour } from './staff.ts';

export interface StaffingTotals {
  /** Expected arrivals in half hours that are staffed. */
  arrivals: number;
  /** Expected arrivals in half hours in which nobody works: closed, or beyond reach. */
  unserved: number;
  agentHours: number;
  /** In the money of the cost of an hour; null: none was given. */
  cost: number | null;
  /** The most at the same time. */
  mostAgents: number;
  /** The target’s figure over all arrivals of staffed half hours. */
  reached: number | null;
  /** With one agent less wherever more than one works; null: a line would grow without end. */
  oneLess: number | null;
  oneLessHours: number;
  /** With one agent more in every staffed half hour. */
  oneMore: number | null;
  oneMoreHours: number;
  /** Half hours for which nobody is enough. */
  beyondReach: number;
  /** Staffed half hours for which the formula has another number, by more than one. */
  farFromFormula: number;
}

export function sumStaffing(
  halfHours: readonly StaffedHalfHour[],
  costPerHour: number | null,
): StaffingTotals {
  const staffed = halfHours.filter(({ state }) => state === 'staffed');
  const sum = (of: (one: StaffedHalfHour) => number, over = staffed) =>
    over.reduce((total, one) => total + of(one), 0);
  const meanOf = ({ mean }: StaffedHalfHour) => mean ?? 0;
  const arrivals = sum(meanOf);
  const average = (of: (one: StaffedHalfHour) => number | null) => {
    const isWhole = staffed.length > 0 && staffed.every((one) => of(one) !== null);
    return isWhole ? sum((one) => meanOf(one) * (of(one) ?? 0)) / arrivals : null;
  };
  const agentHours = sum(({ agents }) => (agents ?? 0) / 2);
  const isFar = ({ agents, byFormula }: StaffedHalfHour) =>
    byFormula === null || Math.abs((agents ?? 0) - byFormula) > 1;
  return {
    arrivals,
    unserved: sum(
      meanOf,
      halfHours.filter(({ state }) => state !== 'staffed'),
    ),
    ...{ agentHours, cost: costPerHour === null ? null : agentHours * costPerHour },
    mostAgents: Math.max(0, ...staffed.map(({ agents }) => agents ?? 0)),
    reached: average(({ reached }) => reached),
    oneLess: average(({ agents, reached, oneLess }) => (agents === 1 ? reached : oneLess)),
    oneLessHours: staffed.filter(({ agents }) => agents !== 1).length / 2,
    oneMore: average(({ oneMore }) => oneMore),
    oneMoreHours: staffed.length / 2,
    beyondReach: halfHours.filter(({ state }) => state === 'beyond-reach').length,
    farFromFormula: staffed.filter(isFar).length,
  };
}
