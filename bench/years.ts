// Measures what ten years of history cost: each list, search, report and step of a conversation beside the same on 100,000.
import { parseArgs } from 'node:util';
import { BUCKET_EDGES } from '../src/contract/report-details.ts';
import { readDistribution } from '../src/store/distribution.ts';
import { listInbox, readInboxCounts } from '../src/store/inbox.ts';
import { listContacts } from '../src/store/list-contacts.ts';
import { packDueDays } from '../src/store/pack-days.ts';
import { listReported } from '../src/store/report-list.ts';
import { readReport } from '../src/store/reports.ts';
import { readLastHour, readWallGroups } from '../src/store/wall.ts';
import { readWeek } from '../src/store/week-report.ts';
import { makeSite, runOnce, type Site } from './growth.ts';
import { fillInbox, type History } from './inbox-history.ts';
import { listsOf } from './inbox-lists.ts';
import { percentile } from './statistics.ts';
import { ms, report, say, times, whole } from './table.ts';
import { openWorld, type World } from './world.ts';

const { values } = parseArgs({
  options: {
    conversations: { type: 'string', default: '10000000' },
    beside: { type: 'string', default: '100000' },
    open: { type: 'string', default: '10000' },
    rounds: { type: 'string', default: '15' },
  },
});
const [conversations, beside, open, rounds] = [
  Number(values.conversations),
  Number(values.beside),
  Number(values.open),
  Number(values.rounds),
];
/** Of a company that has a million a year. */
const A_DAY = 2740;
const DAY_MS = 86_400_000;
const MOST_GROWTH = 2;
/** Nobody notices less, and the clock's noise is a part of it. */
const UNNOTICED_MS = 5;
const USER = '01935ad0-0000-7000-8000-000000000001';

interface House {
  world: World;
  history: History;
  site: Site;
  bytes: number;
  packedMs: number;
}

const houses: House[] = [];
try {
  for (const size of [beside, conversations]) houses.push(await fillHouse(size));
  const rows: string[][] = [];
  const questions = houses.map(askAbout);
  for (const name of Object.keys(questions[0] ?? {})) {
    rows.push(
      await compare(
        name,
        questions.map((asked) => asked[name] as () => Promise<unknown>),
      ),
    );
    say(rows.at(-1)?.join(' | ') ?? '');
  }
  rows.push(...(await compareOne()));
  const [small, large] = houses as [House, House];
  const days = (size: number) => whole(size / A_DAY);
  await report('years', [
    {
      title: 'Each beside the same on a short history',
      how: `${whole(conversations)} conversations of ${days(conversations)} days (${gigabytes(large.bytes)}) beside ${whole(beside)} of ${days(beside)} days (${gigabytes(small.bytes)}), as many each day, two messages each; ${whole(open)} of either are open, half of these waiting; 500 agents. A database for each; ${rounds} times in turns, medians. All days that are over were packed first, in ${seconds(large.packedMs)} and ${seconds(small.packedMs)}. Needed: ${MOST_GROWTH} ×, or less than ${UNNOTICED_MS} ms.`,
      columns: ['what', whole(beside), whole(conversations), 'growth', 'verdict'],
      rows,
    },
  ]);
} finally {
  for (const { world } of houses) await world.close();
}

async function fillHouse(size: number): Promise<House> {
  say(`Filling ${whole(size)} conversations`);
  const world = await openWorld();
  const { db } = world;
  const days = Math.ceil(size / A_DAY);
  const history = await fillInbox(world, { conversations: size, open, days });
  const { workspaceId } = history;
  await db.query(
    `update workspace set created_at = now() - make_interval(days => $2) where workspace_id = $1`,
    [workspaceId, days + 1],
  );
  const from = performance.now();
  while (await packDueDays(db, workspaceId, () => true));
  const packedMs = performance.now() - from;
  const { rows } = await db.query<{ bytes: number }>(
    'select pg_database_size(current_database())::float8 as bytes',
  );
  // Agents of web chats have no place in Qiscus: what one arrival costs is asked in a workspace beside.
  const place = await world.makeWorkspace({ agents: 1000, capacity: 5 });
  const site = makeSite(world, place, size);
  return { world, history, site, bytes: rows[0]?.bytes ?? 0, packedMs };
}

function askAbout({ world: { db }, history }: House): Record<string, () => Promise<unknown>> {
  const { workspaceId, agentId } = history;
  const page = { workspaceId, userId: USER, after: null, limit: 51 };
  const lists = Object.entries(listsOf(history)).map(([name, filter]) => {
    return [name, () => listInbox(db, { ...filter, ...page })] as const;
  });
  const to = new Date();
  const span = (days: number) => ({
    ...{ workspaceId, from: new Date(to.getTime() - days * DAY_MS), to, timeZone: 'Asia/Jakarta' },
    ...{ agentId: null, teamId: null, channelId: null },
  });
  const everything = {
    ...({ by: 'day', key: null, weekday: null, hour: null } as const),
    ...{ atLeastSeconds: null, underSeconds: null, score: null, commented: null },
  };
  const listed = { after: null, limit: 51 };
  const behind = (figure: 'opened' | 'waits') =>
    listReported(db, { ...everything, figure }, { ...span(30), ...listed });
  return {
    ...Object.fromEntries(lists),
    'the five counts': () =>
      readInboxCounts(db, { workspaceId, agentId, userId: USER, seenBy: null }),
    'contacts, newest first': () => listContacts(db, { workspaceId, ...listed }),
    'contacts: a word of a name': () => listContacts(db, { workspaceId, q: 'abc1234', ...listed }),
    'contacts: a part in the middle': () =>
      listContacts(db, { workspaceId, q: 'ustomer99', ...listed }),
    'report of 30 days, by day': () => readReport(db, 'day', span(30)),
    'report of 30 days, by agent': () => readReport(db, 'agent', span(30)),
    'spread of waits, 30 days': () =>
      readDistribution(db, { figure: 'waits', edges: BUCKET_EDGES }, span(30)),
    'hours of the week, 30 days': () => readWeek(db, span(30)),
    'the list behind opened, 30 days': () => behind('opened'),
    'the list behind waits, 30 days': () => behind('waits'),
    'the wall: groups': () => readWallGroups(db, workspaceId),
    'the wall: the last hour': () => readLastHour(db, workspaceId),
  };
}

async function compare(name: string, asked: readonly (() => Promise<unknown>)[]) {
  const took = asked.map(() => [] as number[]);
  for (let round = -1; round < rounds; round += 1) {
    for (const [nth, ask] of asked.entries()) {
      const from = performance.now();
      await ask();
      if (round >= 0) took[nth]?.push(performance.now() - from);
    }
  }
  return row(name, took);
}

/** A conversation is opened, given and closed again. */
async function compareOne(): Promise<string[][]> {
  for (let run = -20; run < 100; run += 1) {
    for (const { site } of houses) {
      const { open: opened, pass } = await runOnce(site, `years-${run}`);
      if (run < 0) continue;
      site.opens.push(opened);
      site.passes.push(pass);
    }
  }
  return [
    row(
      'a conversation is opened',
      houses.map(({ site }) => site.opens),
    ),
    row(
      'a pass that assigns one',
      houses.map(({ site }) => site.passes),
    ),
  ];
}

function row(name: string, took: readonly number[][]): string[] {
  const [small, large] = took.map((of) => percentile([...of], 0.5)) as [number, number];
  const isMet = large <= Math.max(MOST_GROWTH * small, UNNOTICED_MS);
  return [name, ms(small), ms(large), times(large / small), isMet ? 'met' : 'MISSED'];
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}

function seconds(duration: number): string {
  return `${(duration / 1000).toFixed(0)} s`;
}
