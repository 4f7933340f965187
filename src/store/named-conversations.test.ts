// What a program asks by its own ids costs as little with many conversations as with few.
import { v7 as uuid } from 'uuid';
import { expect, test } from 'vitest';
import { makeDesk } from '../../test/makers/make-desk.ts';
import { findLatestConversation, findNamedConversation } from './conversations.ts';
import { findNamedMessages } from './named-messages.ts';
import type { Db } from './sql.ts';

const MANY = 20_000;

async function begin() {
  const { desk, workspaceId } = await makeDesk();
  const pool = desk.db;
  const [channelId, contactId] = [uuid(), uuid()];
  await pool.query(
    `insert into channel (workspace_id, channel_id, kind, name) values ($1, $2, 'api', 'Shop')`,
    [workspaceId, channelId],
  );
  await pool.query(
    `insert into contact (workspace_id, contact_id, channel_id, external_id) values ($1, $2, $3, 'c')`,
    [workspaceId, contactId, channelId],
  );
  await pool.query(
    `insert into conversation (workspace_id, conversation_id, contact_id, channel_id, external_id, state, needs, queued_at, rank_at, closed_at)
    select $1, gen_random_uuid(), $2, $3, 'case-' || n / 2, case n % 2 when 0 then 'closed' else 'waiting' end, '', now(), now(),
      case n % 2 when 0 then now() end from generate_series(1, $4) n`,
    [workspaceId, contactId, channelId, MANY],
  );
  await pool.query(
    `insert into message (workspace_id, conversation_id, seq, message_id, kind, author_kind, text, created_at, client_message_id)
    select $1, conversation_id, 1, gen_random_uuid(), 'text', 'contact', 'Hello', now(), 'm-1' from conversation where workspace_id = $1`,
    [workspaceId],
  );
  await pool.query('analyze conversation, message');
  return { pool, key: { workspaceId, channelId, externalId: 'case-77' } };
}

test('the conversations and messages of a name are found by indexes, open and closed', async () => {
  const { pool, key } = await begin();
  const latest = await findLatestConversation(pool, key);
  expect(latest).toMatchObject({ isOpen: true });
  const conversationId = latest?.conversationId ?? '';
  let plan = '';
  const explaining = {
    query: async ({ text, values }: { text: string; values: unknown[] }) => {
      const { rows } = await pool.query(`explain ${text}`, values);
      plan = rows.map((row) => row['QUERY PLAN']).join('\n');
      return { rows: [] };
    },
  } as unknown as Db;
  for (const ask of [
    () => findLatestConversation(explaining, key),
    () => findNamedConversation(explaining, { ...key, conversationId }),
    () => findNamedMessages(explaining, key, [{ ...key, clientMessageId: 'm-1' }]),
  ]) {
    await ask();
    expect(plan).toContain('using conversation_open');
    expect(plan).toContain('using conversation_past');
    expect(plan).not.toContain('Seq Scan');
  }
});
