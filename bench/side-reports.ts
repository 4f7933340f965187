// Measures the reports on agents over a year of a busy company, each beside plainly reading the rows that it sums.
import { parseArgs } from 'node:util';
import { refusals } from '../src/routing/exclusions.ts';
import { adherenceGroups, readAdherence } from '../src/store/adherence-report.ts';
import { type SideGroup, sideGroups } from '../src/store/agent-report.ts';
import { readAnswers } from '../src/store/answer-report.ts';
import { readOccupancy } from '../src/store/occupancy-report.ts';
import { readOffers } from '../src/store/offer-report.ts';
import { reportAllowance } from '../src/store/report-allowance.ts';
import type { StatusSpan } from '../src/store/status-stretches.ts';
import { withSnapshot } from '../src/store/tx.ts';
import { fillInbox } from './inbox-history.ts';
import { fillSide } from './side-history.ts';
import { median } from './statistics.ts';
import { ms, report, say, times, whole } from './table.ts';
import { openWorld } from './world.ts';

const { values } = parseArgs({
  options: {
    conversations: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '3' },
  },
});
const [conversations, rounds] = [Number(values.conversations), Number(values.rounds)];
const OPEN = 2000;
const [AGENTS, MESSAGES, PLANS] = [100, 4, 5];
const NEEDED_MS = 2000;
const YEAR_MS = 365 * 86_400_000;

interface Side {
  name: string;
  groups: readonly SideGroup[];
  ask(by: SideGroup, span: StatusSpan): Promise<readonly object[]>;
  /** SQL: the rows of the span, of workspace $1 from $2 to $3, counted once. */
  plain: string;
}

const world = await openWorld();
try {
  const { db } = world;
  say(`Filling ${whole(conversations)} conversations`);
  const filling = performance.now();
  const shape = { agents: AGENTS, messages: MESSAGES, plans: PLANS, offers: true };
  const { workspaceId, agentId, teamId } = await fillInbox(world, {
    conversations,
    open: Math.min(OPEN, conversations / 10),
    ...shape,
  });
  await fillSide(db, workspaceId);
  say(`Filled in ${((performance.now() - filling) / 1000).toFixed(0)} s`);
  const to = new Date();
  const year: StatusSpan = {
    ...{ workspaceId, from: new Date(to.getTime() - YEAR_MS), to, timeZone: 'Europe/Berlin' },
    ...{ byDay: false, agentId: null, teamId: null },
  };
  const rows: string[][] = [];
  for (const side of sides()) {
    const plainMs = median(await time(() => readPlainly(side.plain, year)));
    for (const [form, ask] of formsOf(side, year, { agentId, teamId })) {
      const took = median(await time(ask));
      rows.push([`${side.name}, ${form}`, ...judge(took, plainMs)]);
      say(rows.at(-1)?.join(' | ') ?? '');
    }
  }
  await report('side-reports', [
    {
      title: 'Reports on agents, of a year',
      how: `${whole(conversations)} conversations of a year in ${PLANS} plans, of four messages each; half were accepted as offers, one in ten was refused before; ${AGENTS} agents in 20 teams, each with 1,560 changes of status, 13 capacities and 780 parts of shifts. Days are those of Berlin. Each is asked ${rounds} times, one after another, as the API asks it; medians. Beside it the rows of the span are counted: what reading them alone takes. Needed: ${ms(NEEDED_MS)}.`,
      columns: ['report', 'took', 'its rows counted', 'ratio', 'verdict'],
      rows,
    },
  ]);
} finally {
  await world.close();
}

/** What the pool has cut has no time. */
function judge(took: number, plainMs: number): string[] {
  if (!Number.isFinite(took)) return ['refused after 30 s', ms(plainMs), '–', 'MISSED'];
  const verdict = took <= NEEDED_MS ? 'met' : 'MISSED';
  return [ms(took), ms(plainMs), times(took / plainMs), verdict];
}

function sides(): Side[] {
  const given = `select count(*) from assignment where workspace_id = $1 and assigned_at >= $2 and assigned_at < $3`;
  const said = `select count(*) from message where workspace_id = $1 and created_at >= $2 and created_at < $3`;
  const were = `select count(*) from agent_status_change where workspace_id = $1 and at >= $2 and at < $3`;
  const planned = `select count(*) from shift where workspace_id = $1 and starts_at >= $2 and starts_at < $3`;
  const { db } = world;
  return [
    {
      ...{ name: 'occupancy', groups: sideGroups, plain: `select (${given}), (${were})` },
      ask: (by, span) => readOccupancy(db, by, span),
    },
    {
      ...{ name: 'offers', groups: sideGroups, plain: given },
      ask: (by, span) => readOffers(db, { by, ended: refusals }, span),
    },
    {
      ...{ name: 'answers', groups: sideGroups, plain: `select (${said}), (${given})` },
      ask: (by, span) => readAnswers(db, { by, withinMs: 60_000 }, span),
    },
    {
      ...{ name: 'adherence', groups: adherenceGroups, plain: `select (${planned}), (${were})` },
      ask: (by, span) => readAdherence(db, by as (typeof adherenceGroups)[number], span),
    },
  ];
}

/** As the office asks: the whole by each group, and the days of all; then of one agent, as they see it, and of one team. */
function formsOf(
  { groups, ask }: Side,
  year: StatusSpan,
  { agentId, teamId }: { agentId: string; teamId: string },
): [form: string, ask: () => Promise<unknown>][] {
  const byDay = { ...year, byDay: true };
  return [
    ...groups
      .filter((by) => by !== 'all')
      .map((by): [string, () => Promise<unknown>] => [`by ${by}`, () => ask(by, year)]),
    ['by day', () => ask('all', byDay)],
    ['of one agent, by day', () => ask('all', { ...byDay, agentId })],
    ['of one team, by agent', () => ask('agent', { ...year, teamId })],
  ];
}

function readPlainly(text: string, { workspaceId, from, to }: StatusSpan): Promise<unknown> {
  return withSnapshot(world.db, reportAllowance, (tx) => tx.query(text, [workspaceId, from, to]));
}

async function time(ask: () => Promise<unknown>): Promise<number[]> {
  const took: number[] = [];
  for (let n = 0; n < rounds; n += 1) {
    const from = performance.now();
    // What the limit of the pool cuts has failed.
    const failed = await ask().then(
      () => false,
      () => true,
    );
    took.push(failed ? Number.POSITIVE_INFINITY : performance.now() - from);
  }
  return took;
}
