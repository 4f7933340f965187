// What lies behind the figures of a report, through the API: spreads, the week, ratings, lists, and their CSV.
import { expect, test } from 'vitest';
import type {
  Distribution,
  RatingReport,
  ReportList,
  WeekReport,
} from '../../src/contract/report-details.ts';
import type { Report } from '../../src/contract/reports.ts';
import { addPerson } from '../makers/browse.ts';
import { makePlace } from '../makers/make-place.ts';
import { startTestUsher, type TestUsher } from '../makers/start-test-usher.ts';

const DAY = 86_400_000;

/** Ana answers two of four, and ends one; Sari rates it. */
async function aDay(usher: TestUsher) {
  const { open, say } = await makePlace(usher);
  const who = { name: '=Ana', email: 'ana@example.com', role: 'supervisor' } as const;
  const { agentId, browser } = await addPerson(usher, who);
  const act = (id: string, verb: string, body: object = {}) =>
    browser.send('POST', `/api/v1/conversations/${id}/${verb}`, { body });
  const [answered, held] = [await open(), await open(), await open(), await open()];
  await say(answered, 'hello');
  for (const id of [answered, held]) {
    await act(id, 'assign', { agentId });
    await act(id, 'messages', { text: 'good morning' });
  }
  await act(answered, 'close');
  await usher.database.pool.query(
    `update conversation set rating_score = 2, rating_comment = '=SUM(1)', rated_at = now() where conversation_id = $1`,
    [answered],
  );
  return { agentId, browser, answered, held };
}

const asker = (usher: TestUsher) => {
  const span = {
    from: new Date(Date.now() - DAY).toISOString(),
    to: new Date(Date.now() + DAY).toISOString(),
    timeZone: 'Asia/Jakarta',
  };
  return (path: string, query: Record<string, string> = {}) =>
    usher.call('GET', `/api/v1/${path}?${new URLSearchParams({ ...span, ...query })}`);
};

test('behind each figure of a report is the list of its conversations, whose count is the figure', async () => {
  const usher = await startTestUsher();
  const { agentId, answered, held } = await aDay(usher);
  const ask = asker(usher);
  const { totals, rows } = (await ask('reports', { by: 'agent' })).body as Report;
  const figures = ['opened', 'assigned', 'closed', 'waits', 'firstAnswers', 'handlings'] as const;
  for (const figure of figures) {
    const list = (await ask('reports/conversations', { figure })).body as ReportList;
    expect([figure, list.count]).toEqual([figure, totals[figure]]);
    const row = rows.find(({ key }) => key === agentId);
    const own = await ask('reports/conversations', { figure, by: 'agent', key: agentId });
    expect((own.body as ReportList).count).toBe(row?.[figure]);
  }
  const page = async (query: Record<string, string>) =>
    (await ask('reports/conversations', { figure: 'waits', limit: '1', ...query }))
      .body as ReportList;
  const first = await page({});
  expect(first).toMatchObject({ count: 2, conversations: 2, items: [{ id: held, times: 1 }] });
  expect(first.items[0]?.seconds).toBeGreaterThanOrEqual(0);
  const next = await page({ cursor: first.nextCursor ?? '' });
  expect(next).toMatchObject({ count: 2, items: [{ id: answered, agentName: '=Ana' }] });
  expect(next.nextCursor).toBeNull();
});

test('ratings are counted by score, and listed with their words', async () => {
  const usher = await startTestUsher();
  const { answered } = await aDay(usher);
  const ask = asker(usher);
  const report = (await ask('reports/ratings')).body as RatingReport;
  expect(report).toMatchObject({ ratings: 1, average: 2, commented: 1 });
  expect(report.scores.map(({ score, count }) => [score, count])).toEqual([
    ...[
      [5, 0],
      [4, 0],
      [3, 0],
      [2, 1],
      [1, 0],
    ],
  ]);
  const rated = { figure: 'ratings', score: '2', commented: 'true' };
  expect((await ask('reports/conversations', rated)).body).toMatchObject({
    count: 1,
    items: [{ id: answered, rating: { score: 2, comment: '=SUM(1)' } }],
  });
  const silent = await ask('reports/conversations', { figure: 'ratings', commented: 'false' });
  expect(silent.body).toMatchObject({ count: 0, conversations: 0, items: [], nextCursor: null });
});

test('a spread has every day and bucket, the week every hour, also where there was nothing', async () => {
  const usher = await startTestUsher();
  await aDay(usher);
  const ask = asker(usher);
  const spread = (await ask('reports/distribution', { measure: 'firstAnswer' }))
    .body as Distribution;
  expect(spread).toMatchObject({ measure: 'firstAnswer', count: 2 });
  expect(spread.days).toHaveLength(3);
  expect(spread.buckets[0]).toEqual({ atLeastSeconds: 0, underSeconds: 10, count: 2 });
  expect(spread.buckets.at(-1)).toEqual({ atLeastSeconds: 86_400, underSeconds: null, count: 0 });
  expect(spread.days.reduce((sum, { count }) => sum + count, 0)).toBe(2);
  const { cells } = (await ask('reports/week')).body as WeekReport;
  expect(cells).toHaveLength(168);
  expect(cells.reduce((sum, { opened }) => sum + opened, 0)).toBe(4);
  expect(cells.reduce((sum, { hours }) => sum + hours, 0)).toBeCloseTo(48, 6);
});

test('each is the same as CSV, and words that are a formula are text', async () => {
  const usher = await startTestUsher();
  const { answered } = await aDay(usher);
  const ask = asker(usher);
  const linesOf = async (path: string, query: Record<string, string> = {}) =>
    (await ask(path, query)).text.trimEnd().split('\r\n');
  const spread = await linesOf('reports/distribution.csv');
  expect(spread).toHaveLength(1 + 1 + 3 + 14);
  expect(spread[1]).toMatch(/^total,,2,/);
  expect(await linesOf('reports/week.csv')).toHaveLength(169);
  expect((await linesOf('reports/ratings.csv'))[4]).toBe('2,1,1');
  const [head, row, ...more] = await linesOf('reports/conversations.csv', { figure: 'ratings' });
  expect(head).toMatch(/^id,at,times,seconds,contactName,.*,score,comment$/);
  expect(row).toMatch(new RegExp(`^${answered},.*,'=Ana,.*,2,'=SUM\\(1\\)$`));
  expect(more).toEqual([]);
});

test('a filter that means nothing for a figure is refused in words, and so is a token without conversations', async () => {
  const usher = await startTestUsher();
  await aDay(usher);
  const ask = asker(usher);
  const say = async (query: Record<string, string>) =>
    ((await ask('reports/conversations', query)).body as { detail: string }).detail;
  expect(await say({ atLeastSeconds: '5' })).toContain('waits, firstAnswers and handlings');
  expect(await say({ figure: 'waits', score: '5' })).toContain('figure ratings');
  expect(await say({ cursor: 'bm9uc2Vuc2U' })).toContain('cursor');
  const body = { name: 'Figures', role: 'supervisor', scopes: ['reports.read'] };
  const { token } = (await usher.call('POST', '/api/v1/tokens', { body })).body as {
    token: string;
  };
  const span = `from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z`;
  const asToken = (path: string) => usher.call('GET', `/api/v1/reports${path}?${span}`, { token });
  expect((await asToken('')).status).toBe(200);
  expect((await asToken('/conversations')).status).toBe(403);
});
