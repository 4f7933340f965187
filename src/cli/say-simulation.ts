// What a simulation came to, as tables for people.
import { listUnserved } from '../contract/list-unserved.ts';
import type {
  BotResult,
  HourResult,
  KindResult,
  ModelName,
  OffersResult,
  PlanResult,
  SimulationResult,
  TeamResult,
} from '../contract/scenario.ts';
import { formatTable } from './print.ts';

/** More hours than a week are for programs. */
const MOST_HOURS = 168;

export function sayResult({
  kinds,
  agents,
  teams = {},
  whole,
  plans = {},
  hours = [],
  ...rest
}: SimulationResult): string[] {
  const { assignments, jain, overCapacity, notModelled, wallSeconds } = rest;
  const lines = Object.entries(kinds);
  if (whole !== undefined && lines.length > 1) lines.push(['all kinds', whole]);
  const left = notModelled.length === 0 ? [] : [`Not followed: ${notModelled.join(', ')}.`];
  const hasBot = lines.some(([, { botShare }]) => botShare !== undefined);
  return [
    ...formatTable(
      [
        'KIND',
        'ARRIVED',
        ...(hasBot ? ['BOT'] : []),
        'WAITED',
        'MEAN WAIT',
        'P50',
        'P95',
        'P99',
        'LEFT',
        'LOST',
        'UNSERVED',
      ],
      lines.map(([name, kind]) => [name, ...sayKind(kind, hasBot)]),
    ),
    '',
    ...sayAgents(agents),
    ...sayTeams(teams),
    ...sayPlans(plans),
    ...sayHours(hours),
    '',
    `${assignments} assignments in ${wallSeconds} s, ${overCapacity} beyond a capacity; spread among agents (Jain) ${jain.toFixed(4)}.`,
    ...left,
    ...sayUnserved(kinds),
  ];
}

function sayUnserved(kinds: SimulationResult['kinds']): string[] {
  return listUnserved(kinds).map(
    (name) =>
      `Nobody of “${name}” was served: see whether any agent has what they need, and room for it.`,
  );
}

function sayAgents(agents: SimulationResult['agents']): string[] {
  const entries = Object.entries(agents);
  const has = (part: 'offers' | 'bot' | 'returned') => entries.some(([, one]) => part in one);
  const [offers, bots, returned] = [has('offers'), has('bot'), has('returned')];
  return formatTable(
    [
      ...['AGENTS', 'IN USE', 'GIVEN', ...(offers ? OF_OFFERS : [])],
      ...[...(bots ? OF_BOTS : []), ...(returned ? ['RETURNED'] : [])],
    ],
    entries.map(([name, one]) => [
      ...[name, percent(one.occupancy), one.given],
      ...(offers ? sayOffers(one.offers) : []),
      ...(bots ? sayBot(one.bot) : []),
      ...(returned ? [one.returned ?? 0] : []),
    ]),
  );
}

function sayTeams(teams: Record<string, TeamResult>): string[] {
  const rows = Object.entries(teams).map(([name, team]) => [
    ...[name, percent(team.occupancy), team.given],
  ]);
  return rows.length === 0 ? [] : ['', ...formatTable(['TEAM', 'IN USE', 'GIVEN'], rows)];
}

const OF_OFFERS = ['OFFERED', 'DECLINED', 'MISSED', 'WITHDRAWN'];

function sayOffers(offers: OffersResult | undefined): number[] {
  const { made = 0, declined = 0, missed = 0, withdrawn = 0 } = offers ?? {};
  return [made, declined, missed, withdrawn];
}

const OF_BOTS = ['ENDED', 'HANDED OVER', 'SILENT'];

function sayBot(bot: BotResult | undefined): (number | string)[] {
  return bot === undefined ? ['', '', ''] : [bot.ended, bot.handedOver, bot.silent];
}

function sayPlans(plans: Record<string, PlanResult>): string[] {
  const rows = Object.entries(plans).map(([name, plan]) => [name, ...sayPlan(plan)]);
  return rows.length === 0 ? [] : ['', ...formatTable(['PLAN', ...OF_PLAN], rows)];
}

function sayHours(hours: readonly HourResult[]): string[] {
  if (hours.length > MOST_HOURS) return ['', `${hours.length} hours: --json lists them.`];
  const rows = hours.map((hour) => [sayHour(hour.from), ...sayPlan(hour), hour.waiting]);
  return ['', ...formatTable(['HOUR', ...OF_PLAN, 'WAITING AT THE END'], rows)];
}

const OF_PLAN = ['ARRIVED', 'MEAN WAIT', 'WITHIN'];

function sayPlan({ arrived, meanWait, within }: PlanResult): (string | number | null)[] {
  return [arrived, seconds(meanWait), within === null ? null : percent(within)];
}

/** By day, from 1, and hour. */
function sayHour(from: number): string {
  const hours = from / 3600;
  return `${Math.floor(hours / 24) + 1} ${String(hours % 24).padStart(2, '0')}:00`;
}

/** `hasBot`: a column says what a bot ended. */
function sayKind(kind: KindResult, hasBot: boolean): (string | number)[] {
  const { arrived, waitedShare, waitedShareCi, meanWait, meanWaitCi, p50, p95, p99 } = kind;
  return [
    arrived,
    ...(hasBot ? [percent(kind.botShare ?? 0)] : []),
    `${percent(waitedShare)} ± ${percent(waitedShareCi)}`,
    `${seconds(meanWait)} ± ${seconds(meanWaitCi)}`,
    ...[p50, p95, p99].map(seconds),
    ...[kind.abandonedShare, kind.lostShare, kind.unservedShare].map(percent),
  ];
}

/** A line for each model and kind: quantiles of several kinds cannot be put together. */
export function sayModels(results: readonly [ModelName, SimulationResult][]): string[] {
  const all = results.map(([, result]) => result);
  const within = Object.keys(Object.values(all[0]?.kinds ?? {})[0]?.within ?? {});
  const notes = results.flatMap(([model, { notModelled }]) =>
    notModelled.length === 0 ? [] : [`Not followed by ${model}: ${notModelled.join(', ')}.`],
  );
  return [
    ...formatTable(
      [
        ...['MODEL', 'KIND', 'MEAN WAIT', 'P95', 'LEFT', 'LOST'],
        ...within.map((limit) => `WITHIN ${limit} s`),
        ...['JAIN', 'OVER CAPACITY'],
      ],
      results.flatMap(([model, { kinds, jain, overCapacity }]) =>
        Object.entries(kinds).map(([name, kind]) => [
          ...[model, name, seconds(kind.meanWait), seconds(kind.p95)],
          ...[percent(kind.abandonedShare), percent(kind.lostShare)],
          ...Object.values(kind.within).map(percent),
          ...[jain.toFixed(4), overCapacity],
        ]),
      ),
    ),
    ...(notes.length === 0 ? [] : ['', ...notes]),
  ];
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
const seconds = (value: number): string => `${value.toFixed(value < 10 ? 2 : 1)} s`;
