// Measures the inbox's lists and counts on a large history: the time of each statement, and its plan.
import { parseArgs } from 'node:util';
import { listInbox, readInboxCounts } from '../src/store/inbox.ts';
import { readReport } from '../src/store/reports.ts';
import { fillInbox } from './inbox-history.ts';
import { listsOf } from './inbox-lists.ts';
import { percentile } from './statistics.ts';
import { ms, report, say, whole } from './table.ts';
import { openWorld } from './world.ts';

const { values } = parseArgs({
  options: {
    conversations: { type: 'string', default: '1000000' },
    open: { type: 'string', default: '100000' },
    rounds: { type: 'string', default: '15' },
  },
});
const [conversations, open, rounds] = [
  Number(values.conversations),
  Number(values.open),
  Number(values.rounds),
];

const spans = [
  ['a day, by hour', 1, 'hour'],
  ['a week, by agent', 7, 'agent'],
  ['30 days, by day', 30, 'day'],
  ['30 days, by agent', 30, 'agent'],
  ['a year, by day', 365, 'day'],
] as const;

const world = await openWorld();
try {
  say(`Filling ${whole(conversations)} conversations`);
  const history = await fillInbox(world, { conversations, open });
  const { workspaceId, agentId } = history;
  const { db } = world;
  const userId = '01935ad0-0000-7000-8000-000000000001';
  const time = async (work: () => Promise<unknown>, often = rounds): Promise<number[]> => {
    const took: number[] = [];
    for (let n = 0; n < often; n += 1) {
      const from = performance.now();
      await work();
      took.push(performance.now() - from);
    }
    return took;
  };
  const rows: string[][] = [];
  for (const [name, filter] of Object.entries(listsOf(history))) {
    const page = { workspaceId, userId, after: null, limit: 51 };
    const found = await listInbox(db, { ...filter, ...page });
    const took = await time(() => listInbox(db, { ...filter, ...page }));
    rows.push([name, String(found.length), ...spread(took)]);
  }
  const counts = await time(() =>
    readInboxCounts(db, { workspaceId, agentId, userId, seenBy: null }),
  );
  rows.push(['the five counts', '1', ...spread(counts)]);
  const reports: string[][] = [];
  const to = new Date();
  for (const [name, days, by] of spans) {
    const from = new Date(to.getTime() - days * 86_400_000);
    const span = { workspaceId, from, to, timeZone: 'Asia/Jakarta' };
    const all = { ...span, agentId: null, teamId: null, channelId: null };
    const found = await readReport(db, by, all);
    const opened = found.find(({ key }) => key === null)?.opened ?? 0;
    const took = await time(() => readReport(db, by, all), 3);
    reports.push([name, whole(opened), ...spread(took)]);
  }
  await report('inbox', [
    {
      title: 'Lists and counts',
      how: `${whole(conversations)} conversations of a year, ${whole(open)} of them open, half of these waiting; two messages each; 500 agents in 20 teams. Each statement of \`src/store/inbox.ts\` ${rounds} times, one after another, for a page of 50.`,
      columns: ['list', 'rows', 'p50', 'longest'],
      rows,
    },
    {
      title: 'Reports',
      how: 'On the same past: `src/store/reports.ts`, three times each. A report reads what happened in its span and nothing else.',
      columns: ['report', 'conversations opened', 'p50', 'longest'],
      rows: reports,
    },
  ]);
} finally {
  await world.close();
}

function spread(took: readonly number[]): string[] {
  return [0.5, 1].map((at) => ms(percentile([...took], at)));
}
