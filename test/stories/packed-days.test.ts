// What housekeeping has packed for reports, and what is done to it afterwards, through the API.
import { expect, test } from 'vitest';
import type { Report } from '../../src/contract/reports.ts';
import { DEFAULT_WORKSPACE } from '../../src/desk/prepare-workspace.ts';
import { packDueDays } from '../../src/store/pack-days.ts';
import { addPerson } from '../makers/browse.ts';
import { makePlace } from '../makers/make-place.ts';
import { startTestUsher, type TestUsher } from '../makers/start-test-usher.ts';

const DAY = 86_400_000;

/** Two conversations that Ana ended, all of it two days earlier than it really was. */
async function twoDaysAgo(usher: TestUsher) {
  const { pool } = usher.database;
  const { open, say } = await makePlace(usher);
  const who = { name: 'Ana', email: 'ana@example.com', role: 'supervisor' } as const;
  const { agentId, browser } = await addPerson(usher, who);
  for (const id of [await open(), await open()]) {
    const act = (verb: string, body: object = {}) =>
      browser.send('POST', `/api/v1/conversations/${id}/${verb}`, { body });
    await say(id, 'hello');
    await act('assign', { agentId });
    await act('messages', { text: 'good morning' });
    await act('close');
  }
  for (const change of [
    `update conversation set queued_at = queued_at - interval '2 days', closed_at = closed_at - interval '2 days'`,
    `update assignment set assigned_at = assigned_at - interval '2 days', ended_at = ended_at - interval '2 days'`,
    `update message set created_at = created_at - interval '2 days'`,
    `update workspace set created_at = created_at - interval '4 days'`,
  ])
    await pool.query(change);
  return { pool };
}

const totalsOf = async (usher: TestUsher) => {
  const at = (days: number) => new Date(Date.now() + days * DAY).toISOString();
  const span = new URLSearchParams({ from: at(-4), to: at(1), timeZone: 'Asia/Kathmandu' });
  return ((await usher.call('GET', `/api/v1/reports?${span}`)).body as Report).totals;
};

test('a report of packed days says the same as before they were, and less once a contact is erased', async () => {
  const usher = await startTestUsher();
  const { pool } = await twoDaysAgo(usher);
  const before = await totalsOf(usher);
  expect(before).toMatchObject({ opened: 2, closed: 2, assigned: 2, messagesIn: 2, waits: 2 });

  expect(await packDueDays(pool, DEFAULT_WORKSPACE, () => true)).toBe(false);
  const { rows } = await pool.query(
    `select (select count(*) from report_day) as packed, (select count(*) from report_day_change) as marks`,
  );
  expect(rows[0].packed).toBeGreaterThanOrEqual(3);
  expect(rows[0].marks).toBe(0);
  expect(await totalsOf(usher)).toEqual(before);

  const { items } = (await usher.call('GET', '/api/v1/contacts')).body as {
    items: { id: string; displayName: string }[];
  };
  const [{ id, displayName } = { id: '', displayName: '' }] = items;
  const erase = { body: { confirm: displayName } };
  const erased = await usher.call('POST', `/api/v1/contacts/${id}/erase`, erase);
  expect(erased.status).toBeLessThan(300);
  const left = await pool.query('select from conversation');
  expect(left.rowCount).toBeLessThan(2);
  const gone = { opened: left.rowCount, closed: left.rowCount, waits: left.rowCount };
  expect(await totalsOf(usher)).toMatchObject(gone);
  await packDueDays(pool, DEFAULT_WORKSPACE, () => true);
  expect(await totalsOf(usher)).toMatchObject(gone);
});
