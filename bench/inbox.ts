// Measures the inbox's lists and counts on a large history: the time of each statement, and its plan.
import { parseArgs } from 'node:util';
import { type InboxFilter, listInbox, readInboxCounts } from '../src/store/inbox.ts';
import { readReport } from '../src/store/reports.ts';
import { fillInbox, type History } from './inbox-history.ts';
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

const listsOf = ({ agentId, teamId, channelId }: History): Record<string, InboxFilter> => ({
  'mine, latest first': { scope: 'assigned', sort: 'recent', agentId },
  'waiting, in the order of the queue': { scope: 'waiting', sort: 'waiting' },
  'one team, latest first': { scope: 'open', sort: 'recent', teamIds: [teamId] },
  'all open, latest first': { scope: 'open', sort: 'recent' },
  'all open, oldest first': { scope: 'open', sort: 'oldest' },
  'open of a channel': { scope: 'open', sort: 'recent', channelId },
  'closed, latest first': { scope: 'closed', sort: 'recent' },
  'closed of an agent': { scope: 'closed', sort: 'recent', agentId },
  'closed with a tag': { scope: 'closed', sort: 'recent', tag: 'refund' },
  'closed with a tag that nobody uses': { scope: 'closed', sort: 'recent', tag: 'nothing' },
  'any state, newest first': { scope: 'any', sort: 'recent' },
  'search: the beginning of an address': { scope: 'any', sort: 'recent', q: 'customer123456@' },
  'search: a part of what was said': { scope: 'any', sort: 'recent', q: 'order a1b2' },
  'search: a word in every message': { scope: 'any', sort: 'recent', q: 'About order' },
  'search: nothing to find': { scope: 'open', sort: 'recent', q: 'no such words' },
});

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
