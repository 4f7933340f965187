// Searching the inbox where there are many guests: by an index, however many there are.
import { v7 as uuid } from 'uuid';
import { expect, test } from 'vitest';
import { makeChannel } from '../../test/makers/make-conversation.ts';
import { makeDesk } from '../../test/makers/make-desk.ts';
import { listInbox } from './inbox.ts';
import type { Db } from './sql.ts';

const GUESTS = 100_000;
// A statement may take so long only.
const AT_A_TIME = 10_000;

test('among 100,000 guests their names are looked for by index alone', {
  timeout: 180_000,
}, async () => {
  const place = await makeDesk();
  const { workspaceId } = place;
  const { pool } = place.database;
  const { channelId } = await makeChannel(place);
  for (let made = 0; made < GUESTS; made += AT_A_TIME) {
    await pool.query(
      `with made as (
      insert into contact (workspace_id, contact_id, channel_id, external_id)
      select $1, gen_random_uuid(), $2, gen_random_uuid() from generate_series(1, $3) returning contact_id
    )
    insert into conversation (workspace_id, conversation_id, contact_id, channel_id, external_id, state, needs,
      queued_at, rank_at, closed_at)
    select $1, gen_random_uuid(), contact_id, $2, contact_id, 'closed', '', now(), now(), now() from made`,
      [workspaceId, channelId, AT_A_TIME],
    );
  }
  await pool.query('analyze contact, conversation');
  for (const q of ['bulbul', '272', 'golden bul', 'golden bulbul 272']) {
    let plan = '';
    const explaining = {
      query: async ({ text, values }: { text: string; values: unknown[] }) => {
        const { rows } = await pool.query(`explain (analyze) ${text}`, values);
        plan = rows.map((row) => row['QUERY PLAN']).join('\n');
        return { rows: [] };
      },
    } as unknown as Db;
    await listInbox(explaining, {
      ...{ workspaceId, userId: uuid(), after: null, limit: 50 },
      ...{ scope: 'any', sort: 'recent', q },
    });
    expect(plan).toContain('using contact_by_guest_name');
    expect(plan).not.toMatch(/Seq Scan on contact/);
  }
});
