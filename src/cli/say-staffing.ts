// A staffing in words, for people: what was learnt, a line for each half hour in which somebody is needed, and what it comes to.
import type { BackTest } from '../staffing/back-test.ts';
import type { StaffedHalfHour } from '../staffing/staff.ts';
import type { Target } from '../staffing/target.ts';
import { formatTable } from './print.ts';
import type { Staffing } from './run-staffing.ts';
import { makeStarts } from './write-staffing.ts';

export function sayStaffing(found: Staffing): string[] {
  const { target, halfHours, timeZone, notes, forecast } = found;
  const write = makeStarts(timeZone, halfHours);
  const figure = makeFigure(target);
  const shown = halfHours.filter(({ state }) => state === 'staffed' || state === 'beyond-reach');
  const odd = forecast.oddDays.map((at) => write(at).slice(0, 10));
  return [
    ...sayBackTest(found.backTest),
    `A week brings ${percent(Math.abs(forecast.trend))} ${forecast.trend < 0 ? 'less' : 'more'} than the one before, as the last weeks have it.`,
    ...(odd.length === 0 ? [] : [`Odd days, from which nothing was learnt: ${odd.join(', ')}.`]),
    ...notes,
    '',
    ...formatTable(
      ['HALF HOUR', 'ARRIVALS', 'AGENTS', 'FORMULA', nameTarget(target), 'ONE LESS', 'ONE MORE'],
      shown.map((one) => [
        `${weekday(write(one.at))} ${write(one.at).slice(0, 16).replace('T', ' ')}`,
        `${(one.mean ?? 0).toFixed(1)} (${one.p10}–${one.p90})`,
        sayAgents(one),
        one.byFormula ?? 'too many',
        ...[one.reached, one.oneLess, one.oneMore].map(figure),
      ]),
    ),
    '',
    ...sayTotals(found, figure),
  ];
}

function sayBackTest(test: BackTest | null): string[] {
  if (test === null)
    return [
      'The history does not say how wrong the forecast would have been: it takes five weeks.',
    ];
  const { forecast, naiveLastWeek, fourWeeksMean, coverage, weeks } = test;
  return [
    `Foretold for the last ${weeks} weeks, the misses are ${percent(forecast.wape)} of the arrivals; with the figures of the week before ${percent(naiveLastWeek.wape)}, with the mean of four weeks ${percent(fourWeeksMean.wape)}.`,
    `${percent(coverage)} of these half hours were within the range, which is made for 80 %.`,
  ];
}

function sayAgents({ agents, agentsP10, agentsP90, state }: StaffedHalfHour): string {
  if (state === 'beyond-reach') return 'nobody is enough';
  const range = [agentsP10, agentsP90].map((one) => one ?? 'too many').join('–');
  return `${agents} (${range})`;
}

function sayTotals(found: Staffing, figure: (value: number | null) => string) {
  const { agentHours, beyondReach, unserved } = found.totals;
  return [
    ...(agentHours === 0 ? [] : sayStaffed(found, figure)),
    ...(beyondReach === 0
      ? []
      : [
          `In ${beyondReach} half hours nobody is enough: no number of these agents, up to the most, meets the target.`,
        ]),
    ...(unserved < 0.5
      ? []
      : [`${Math.round(unserved)} arrivals are expected in half hours without agents.`]),
    ...(agentHours === 0 && beyondReach === 0 ? ['Nobody is needed in any half hour.'] : []),
  ];
}

/** Of half hours in which somebody works. */
function sayStaffed({ totals, target }: Staffing, figure: (value: number | null) => string) {
  const { arrivals, agentHours, cost, mostAgents, farFromFormula } = totals;
  const { reached, oneLess, oneLessHours, oneMore, oneMoreHours } = totals;
  const perHour = cost === null ? null : cost / agentHours;
  const money = (hours: number) => (perHour === null ? '' : `, ${(hours * perHour).toFixed(2)}`);
  const what = nameTarget(target).toLowerCase();
  return [
    `${agentHours} agent-hours${money(agentHours)} for ${Math.round(arrivals)} arrivals; at most ${mostAgents} agents at a time; ${what}: ${figure(reached)}.`,
    `One agent less wherever more than one works: ${oneLessHours} hours less${money(oneLessHours)}; ${what}: ${figure(oneLess)}.`,
    `One agent more in each half hour: ${oneMoreHours} hours more${money(oneMoreHours)}; ${what}: ${figure(oneMore)}.`,
    farFromFormula === 0
      ? 'Erlang A has the same numbers, or numbers one beside them.'
      : `Erlang A differs by more than one agent in ${farFromFormula} half hours: it knows neither skills nor how long services really take.`,
  ];
}

function nameTarget(target: Target): string {
  if ('within' in target) return `WITHIN ${target.within} S`;
  return 'meanWait' in target ? 'MEAN WAIT' : 'ABANDONED';
}

function makeFigure(target: Target): (value: number | null) => string {
  return (value) => {
    if (value === null) return '–';
    return 'meanWait' in target ? `${value.toFixed(1)} s` : percent(value);
  };
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

const NAMES = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

function weekday(start: string): string {
  return NAMES[new Date(`${start.slice(0, 10)}T00:00:00Z`).getUTCDay()] ?? '';
}
