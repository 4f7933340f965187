// How many came in each half hour, by API, as CSV, and as `usher staff` reads it from a server.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { v7 as uuid } from 'uuid';
import { expect, test } from 'vitest';
import type { ArrivalsReport } from '../../src/contract/arrivals.ts';
import { DEFAULT_WORKSPACE } from '../../src/desk/prepare-workspace.ts';
import { addPerson } from '../makers/browse.ts';
import { startTestUsher, type TestUsher } from '../makers/start-test-usher.ts';

const ROOT = join(import.meta.dirname, '../..');
const HALF_HOUR = 1_800_000;
const DAY = 48 * HALF_HOUR;

/** Closed conversations that came at these moments. */
async function store(usher: TestUsher, moments: readonly number[]): Promise<string[]> {
  const { pool } = usher.database;
  const channels = [uuid(), uuid()];
  for (const channelId of channels) {
    await pool.query(
      `insert into channel (workspace_id, channel_id, kind, name) values ($1, $2, 'api', 'Past')`,
      [DEFAULT_WORKSPACE, channelId],
    );
  }
  const contactId = uuid();
  await pool.query(
    `insert into contact (workspace_id, contact_id, channel_id, external_id) values ($1, $2, $3, 'someone')`,
    [DEFAULT_WORKSPACE, contactId, channels[0]],
  );
  await pool.query(
    `insert into conversation (workspace_id, conversation_id, channel_id, external_id, contact_id, state, needs,
        queued_at, rank_at, closed_at)
      select $1, gen_random_uuid(), case when nth % 2 = 1 then $2::uuid else $3::uuid end, 'past-' || nth, $4, 'closed', '',
        at, at, at from unnest($5::timestamptz[]) with ordinality m(at, nth)`,
    [DEFAULT_WORKSPACE, ...channels, contactId, moments.map((at) => new Date(at))],
  );
  return channels;
}

const ask = async (usher: TestUsher, query: Record<string, string>) => {
  const found = await usher.call('GET', `/api/v1/reports/arrivals?${new URLSearchParams(query)}`);
  expect(found.status, found.text).toBe(200);
  return (found.body as ArrivalsReport).rows;
};

const time = (at: number) => new Date(at).toISOString();

test('half hours are those of the zone’s clocks, whole, and also those in which nobody came', async () => {
  const usher = await startTestUsher();
  const first = Date.UTC(2026, 0, 5, 6, 15);
  const [one = ''] = await store(usher, [
    ...[first - 10 * DAY, first, first + HALF_HOUR - 1, first + 3 * HALF_HOUR],
    first + 4 * HALF_HOUR,
  ]);
  // 06:15 is noon in Nepal.
  const zone = { timeZone: 'Asia/Kathmandu' };
  const span = { from: time(first), to: time(first + 4 * HALF_HOUR + 60_000) };
  const rows = await ask(usher, { ...span, ...zone });
  expect(rows).toEqual(
    [2, 0, 0, 1].map((arrivals, nth) => ({ start: time(first + nth * HALF_HOUR), arrivals })),
  );
  // By UTC, the first one is cut by the span.
  const utc = await ask(usher, span);
  expect(utc).toEqual([
    { start: '2026-01-05T06:30:00.000Z', arrivals: 1 },
    { start: '2026-01-05T07:00:00.000Z', arrivals: 0 },
    { start: '2026-01-05T07:30:00.000Z', arrivals: 1 },
  ]);
  const ofOne = await ask(usher, { ...span, ...zone, channelId: one });
  expect(ofOne.map(({ arrivals }) => arrivals)).toEqual([1, 0, 0, 0]);
  const csv = await usher.call(
    'GET',
    `/api/v1/reports/arrivals.csv?${new URLSearchParams({ ...span, ...zone })}`,
  );
  expect(csv.text).toBe(
    `start,arrivals\r\n${rows.map(({ start, arrivals }) => `${start},${arrivals}\r\n`).join('')}`,
  );
});

test('a half hour that is not over is left out, and a span without arrivals has no rows', async () => {
  const usher = await startTestUsher();
  const now = usher.clock.now();
  const begun = now - (now % HALF_HOUR);
  await store(usher, [begun - HALF_HOUR, begun]);
  const rows = await ask(usher, { from: time(now - DAY), to: time(now + DAY) });
  expect(rows).toEqual([{ start: time(begun - HALF_HOUR), arrivals: 1 }]);
  expect(await ask(usher, { from: time(now - 9 * DAY), to: time(now - 8 * DAY) })).toEqual([]);
});

test('an agent reads no arrivals, and a span of more than 400 days or an unknown zone is refused', async () => {
  const usher = await startTestUsher();
  const path = '/api/v1/reports/arrivals?from=2026-01-01T00:00:00Z&to=';
  const ana = await addPerson(usher, { name: 'Ana', email: 'ana@example.com', role: 'agent' });
  const refused = await ana.browser.send('GET', `${path}2026-01-02T00:00:00Z`);
  expect(refused.status).toBe(403);
  const status = async (rest: string) => (await usher.call('GET', `${path}${rest}`)).status;
  expect(await status('2027-03-01T00:00:00Z')).toBe(400);
  expect(await status('2026-01-02T00:00:00Z&timeZone=Asia/Nowhere')).toBe(400);
});

test('the command staffs for what came to the server', async () => {
  const usher = await startTestUsher();
  const midnight = Date.now() - (Date.now() % DAY);
  // Three weeks, of which each day brings two an hour from eight to noon.
  const moments = Array.from({ length: 21 * 8 }, (_, nth) => {
    return midnight - (21 - Math.floor(nth / 8)) * DAY + (16 + (nth % 8)) * HALF_HOUR + 60_000;
  });
  await store(usher, moments);
  const scenario = JSON.stringify({
    ...{ arrivals: 1, agents: [{ name: 'agent' }] },
    kinds: [{ name: 'all', rate: 1, service: { exponential: 300 } }],
  });
  const args = ['--json', '--url', usher.url, '--token', usher.token, 'staff', '--from-server'];
  const target = ['--mean-wait', '60', '--arrivals', '1000', '--scenario', '-'];
  const child = spawn(process.execPath, ['src/cli/usher.ts', ...args, ...target], {
    ...{ cwd: ROOT, env: { PATH: process.env.PATH ?? '' } },
  });
  child.stdin.end(scenario);
  const [out, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  expect(errors).toBe('');
  const { halfHours, totals } = JSON.parse(out);
  expect(halfHours).toHaveLength(336);
  const staffed = halfHours.filter(({ state }: { state: string }) => state === 'staffed');
  expect(staffed).toHaveLength(7 * 8);
  expect(totals.arrivals).toBeCloseTo(7 * 8, 0);
});
