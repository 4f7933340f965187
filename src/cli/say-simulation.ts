// What a simulation came to, as tables for people.
import { listUnserved } from '../contract/list-unserved.ts';
import type {
  BotResult,
  FirstAnswer,
  HourResult,
  KindResult,
  ModelName,
  OffersResult,
  PartResult,
  SimulationResult,
  TeamResult,
  WaitsResult,
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
  const answers = tellsAnswers(lines.map(([, kind]) => kind));
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
        ...(answers ? OF_ANSWERS : []),
        'LEFT',
        'LOST',
        'UNSERVED',
      ],
      lines.map(([name, kind]) => [name, ...sayKind(kind, { hasBot, answers })]),
    ),
    ...sayTransfers(lines),
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

export const OF_TRANSFERS = [...['TRANSFERRED', 'SHARE', 'MEAN WAIT', 'P95', 'LEFT', 'UNSERVED']];

function sayTransfers(kinds: readonly [string, KindResult][]): string[] {
  const rows = kinds.flatMap(([name, { transfers }]) => {
    if (transfers === undefined) return [];
    const { made, share, meanWait, p95, leftShare, unservedShare } = transfers;
    const waits = leftShare + unservedShare < 1 ? [meanWait, p95].map(seconds) : [null, null];
    const rest = [leftShare, unservedShare].map(percent);
    return [
      [name, percent(share), ...(made === 0 ? [null, null, null, null] : [...waits, ...rest])],
    ];
  });
  return rows.length === 0 ? [] : ['', ...formatTable(OF_TRANSFERS, rows)];
}

const OF_ANSWERS = ['FIRST ANSWER', 'ITS P95'];

function sayAnswers({ firstAnswer }: { firstAnswer?: FirstAnswer }): (string | null)[] {
  const answered = firstAnswer !== undefined && firstAnswer.answeredShare > 0;
  return answered ? [seconds(firstAnswer.mean), seconds(firstAnswer.p95)] : [null, null];
}

const OF_WAITS = ['MEAN WAIT', 'P95', 'WITHIN'];

function sayWaits(
  waits: WaitsResult | undefined,
  { answers }: { answers: boolean },
): (string | null)[] {
  const { meanWait = null, p95 = null, within = null } = waits ?? {};
  const [mean, high] = [meanWait, p95].map((one) => (one === null ? null : seconds(one)));
  const said = [mean ?? null, high ?? null, within === null ? null : percent(within)];
  return answers ? [...said, ...sayAnswers(waits ?? {})] : said;
}

const tellsAnswers = (all: readonly { firstAnswer?: FirstAnswer }[]) =>
  all.some(({ firstAnswer }) => firstAnswer !== undefined);

function sayAgents(agents: SimulationResult['agents']): string[] {
  const entries = Object.entries(agents);
  const has = (part: 'waits' | 'offers' | 'bot' | 'returned' | 'transferred') =>
    entries.some(([, one]) => part in one);
  const [waits, offers, bots] = [has('waits'), has('offers'), has('bot')];
  const [returned, transferred] = [has('returned'), has('transferred')];
  const answers = tellsAnswers(entries.flatMap(([, one]) => one.waits ?? []));
  return formatTable(
    [
      ...['AGENTS', 'IN USE', 'GIVEN', ...(waits ? ofWaits(answers) : [])],
      ...(offers ? OF_OFFERS : []),
      ...[...(bots ? OF_BOTS : []), ...(returned ? ['RETURNED'] : [])],
      ...(transferred ? ['TRANSFERRED'] : []),
    ],
    entries.map(([name, one]) => [
      ...[name, percent(one.occupancy), one.given],
      ...(waits ? sayWaits(one.waits, { answers }) : []),
      ...(offers ? sayOffers(one.offers) : []),
      ...(bots ? sayBot(one.bot) : []),
      ...(returned ? [one.returned ?? 0] : []),
      ...(transferred ? [one.transferred ?? 0] : []),
    ]),
  );
}

const ofWaits = (answers: boolean) => [...OF_WAITS, ...(answers ? OF_ANSWERS : [])];

function sayTeams(teams: Record<string, TeamResult>): string[] {
  const entries = Object.entries(teams);
  const answers = tellsAnswers(entries.flatMap(([, { waits }]) => waits ?? []));
  const rows = entries.map(([name, team]) => [
    ...[name, percent(team.occupancy), team.given],
    ...sayWaits(team.waits, { answers }),
  ]);
  const head = ['TEAM', 'IN USE', 'GIVEN', ...ofWaits(answers)];
  return rows.length === 0 ? [] : ['', ...formatTable(head, rows)];
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

function sayPlans(plans: Record<string, PartResult>): string[] {
  const answers = tellsAnswers(Object.values(plans));
  const rows = Object.entries(plans).map(([name, plan]) => [
    ...[name, plan.arrived, ...sayWaits(plan, { answers })],
    percent(plan.abandonedShare),
  ]);
  const head = ['PLAN', 'ARRIVED', ...ofWaits(answers), 'LEFT'];
  return rows.length === 0 ? [] : ['', ...formatTable(head, rows)];
}

function sayHours(hours: readonly HourResult[]): string[] {
  if (hours.length > MOST_HOURS) return ['', `${hours.length} hours: --json lists them.`];
  const answers = tellsAnswers(hours);
  const rows = hours.map((hour) => [
    ...[sayHour(hour.from), hour.arrived, ...sayWaits(hour, { answers })],
    ...[percent(hour.abandonedShare), hour.waiting],
  ]);
  const head = ['HOUR', 'ARRIVED', ...ofWaits(answers), 'LEFT', 'WAITING AT THE END'];
  return ['', ...formatTable(head, rows)];
}

/** By day, from 1, and hour. */
function sayHour(from: number): string {
  const hours = from / 3600;
  return `${Math.floor(hours / 24) + 1} ${String(hours % 24).padStart(2, '0')}:00`;
}

/** `hasBot`: a column says what a bot ended; `answers`: others, when agents answered. */
function sayKind(
  kind: KindResult,
  { hasBot, answers }: { hasBot: boolean; answers: boolean },
): (string | number | null)[] {
  const { arrived, waitedShare, waitedShareCi, meanWait, meanWaitCi, p50, p95, p99 } = kind;
  return [
    arrived,
    ...(hasBot ? [percent(kind.botShare ?? 0)] : []),
    `${percent(waitedShare)} ± ${percent(waitedShareCi)}`,
    `${seconds(meanWait)} ± ${seconds(meanWaitCi)}`,
    ...[p50, p95, p99].map(seconds),
    ...(answers ? sayAnswers(kind) : []),
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
