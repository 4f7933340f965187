// Everything that is kept of one person is handed out, or erased from every table, on record.
import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { expect, test } from 'vitest';
import { eventually, startTestUsher, type TestUsher } from '../makers/start-test-usher.ts';
import { upload } from '../makers/upload.ts';
import { connectAgent, connectVisitor } from '../makers/web-client.ts';

/** Stands in everything that the person said or is called. */
const MARK = 'zq7marked';

/** No row of these is about a contact; a new table has to be put here, or to be filled below. */
const ABOUT_OTHERS = [
  ...[
    'alarm',
    'saved_view',
    'routing_agent',
    'agent',
    'agent_capacity_change',
    'agent_identity',
    'agent_limit',
    'agent_skill',
  ],
  ...['agent_status', 'agent_status_change', 'agent_team', 'automation', 'canned_reply'],
  ...['channel', 'channel_feed', 'delivery_claim', 'delivery_turn', 'endpoint'],
  ...['endpoint_binding', 'invite', 'login_session', 'macro', 'migration', 'network_block'],
  ...['policy', 'push_subscription', 'recovery_code', 'reservation', 'second_factor', 'setting'],
  ...['shift', 'skill', 'tag', 'team', 'token', 'try_count', 'user_account', 'user_identity'],
  'workspace',
];
/** Sealed with the key of whoever asked, and deleted after a day. */
const SEALED = ['kept_answer'];
/** Of these only numbers, times and ids of other rows: nothing that says who it is. */
const IDS_ALONE = [
  ...['channel_update', 'load_release', 'mention', 'program_read', 'push', 'read_mark'],
  ...['report_day', 'report_day_change', 'routing_pass', 'told_wait', 'trace_context'],
];

async function listTables(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public' order by tablename`,
  );
  return rows.map(({ name }) => name);
}

/** The tables in which it stands in any column, whatever its type: bytes are searched by their digits. */
async function findMarked(pool: Pool): Promise<string[]> {
  const digits = Buffer.from(MARK).toString('hex');
  const marked: string[] = [];
  for (const table of await listTables(pool)) {
    const { rows } = await pool.query(
      `select 1 from ${table} t where lower(to_jsonb(t)::text) like any (array[$1, $2]) limit 1`,
      [`%${MARK}%`, `%${digits}%`],
    );
    if (rows.length > 0) marked.push(table);
  }
  return marked;
}

async function begin() {
  const usher = await startTestUsher();
  const { call } = usher;
  const make = async (path: string, body: object) =>
    (await call('POST', `/api/v1/${path}`, { body })).body as { id: string };
  await make('endpoints', {
    ...{
      url: 'https://receiver.example/hook',
      events: ['send_external_message', 'message.created'],
    },
    enabled: true,
  });
  const ana = await connectAgent(usher, { name: 'Ana' });
  const customer = {
    ...{ id: `${MARK}-id`, name: `${MARK} Lee`, email: `${MARK}@shop.example` },
    ...{ phone: `+1 ${MARK}`, plan: MARK },
  };
  const page = { url: `https://shop.example/${MARK}` };
  const visitor = await connectVisitor(usher, { customer, page });
  const file = { bytes: MARK, name: `${MARK}.txt`, type: 'text/plain' };
  const uploaded = await upload(usher, visitor.session, file);
  const attachments = [uploaded.body];
  await visitor.say(`${visitor.session.sessionTopic}/server/messages`, {
    ...{ content: MARK, attachments },
  });
  const [conversation] = await usher.conversations('open');
  const id = conversation?.id as string;
  await call('POST', `/api/v1/conversations/${id}/assign`, {
    body: { agentId: ana.agentId, force: true },
  });
  const contactId = conversation?.contact.id as string;
  const act = (end: string, body: object) =>
    call('POST', `/api/v1/${end}`, { body, token: ana.token });
  await call('PATCH', `/api/v1/contacts/${contactId}`, { body: { groups: [MARK] } });
  await act(`conversations/${id}/notes`, { text: MARK });
  await act(`conversations/${id}/messages`, { text: MARK });
  const budi = await connectAgent(usher, { name: 'Budi' });
  await act(`conversations/${id}/consult`, { agentIds: [budi.agentId], note: MARK });
  await act(`contacts/${contactId}/external-message`, { text: MARK });
  await act(`conversations/${id}/close`, { note: MARK, meta: { [MARK]: MARK } });
  await call('POST', `/api/v1/contacts/${contactId}/block`, { body: { reason: MARK } });
  await fillBeyondTheDoors(usher, { id, contactId, sessionId: visitor.session.sessionId });
  return { usher, call, id, contactId, visitor };
}

/** What only outside systems, or hours of use, would write. */
async function fillBeyondTheDoors(
  { database: { pool } }: TestUsher,
  { id, contactId, sessionId }: { id: string; contactId: string; sessionId: string },
): Promise<void> {
  const { rows } = await pool.query(
    'select workspace_id as w, channel_id as c from conversation where conversation_id = $1',
    [id],
  );
  const [{ w, c }] = rows as [{ w: string; c: string }];
  const run = (text: string, ...values: unknown[]) => pool.query(text, [w, ...values]);
  await run(
    'update assignment set decline_reason = $3 where workspace_id = $1 and conversation_id = $2',
    id,
    MARK,
  );
  await run(
    `insert into decision (workspace_id, conversation_id, assignment_id, policy_version, decided_at, agent_id, because)
    values ($1, $2, gen_random_uuid(), 1, now(), gen_random_uuid(), jsonb_build_array($3::text))`,
    id,
    MARK,
  );
  await run(
    `update conversation set rating_score = 1, rating_comment = $3, rated_at = now(), silence = to_jsonb($3::text),
    transfer = to_jsonb($3::text), route = to_jsonb($3::text) where workspace_id = $1 and conversation_id = $2`,
    id,
    MARK,
  );
  const room = randomUUID();
  await run(
    `insert into desk_room (workspace_id, desk_room_id, channel_id, conversation_id, ordinal, visitor_token, room_id, closed_at)
    values ($1, $2, $3, $4, 1, $5, $5, now())`,
    ...[room, c, id, MARK],
  );
  await run(
    'insert into desk_message (workspace_id, desk_room_id, external_id, message_id) values ($1, $2, $3, gen_random_uuid())',
    ...[room, MARK],
  );
  const told = await run(
    `insert into delivery (workspace_id, subscriber_id, stream_id, type, payload, state, due_at, created_at)
    values ($1, $2, $3, 'news', to_jsonb($4::text), 'done', now(), now()) returning delivery_id as id`,
    ...[c, room, MARK],
  );
  await run(
    `insert into delivery_attempt (workspace_id, delivery_id, attempt, started_at, latency_ms, result, answer)
    values ($1, $2, 1, now(), 1, 'delivered', $3)`,
    ...[told.rows[0].id, MARK],
  );
  // Of a transcript that was mailed its address is left.
  await run(
    `insert into delivery (workspace_id, subscriber_id, stream_id, type, payload, body, state, due_at, created_at)
    values ($1, $1, $2, 'mail:transcript', '{}', $3, 'done', now(), now())`,
    ...[randomUUID(), `${MARK}@shop.example`],
  );
  const automation = randomUUID();
  await run(
    `insert into automation (workspace_id, automation_id, name, events, actions) values ($1, $2, 'A', '{}', '[]')`,
    automation,
  );
  await run(
    `insert into automation_run (workspace_id, automation_id, conversation_id, event_type, depth, outcome, actions, after_seq, to_seq)
    values ($1, $2, $3, 'message.created', 0, 'done', jsonb_build_array($4::text), 0, 0)`,
    ...[automation, id, MARK],
  );
  await run(
    `insert into target_result (workspace_id, conversation_id, kind, since, plan, due_at, decided_at, met)
    values ($1, $2, 'end', now(), $3, now(), now(), true)`,
    ...[id, MARK],
  );
  await run(
    `insert into contact_merge (workspace_id, merge_id, kept_id, merged_id, merged_by, given, undone_at)
    values ($1, gen_random_uuid(), $2, gen_random_uuid(), 'x', jsonb_build_object('fields', jsonb_build_object('name', $3::text)), now())`,
    ...[contactId, MARK],
  );
  await run(
    'insert into upload_budget (workspace_id, key, bytes, began_at) values ($1, $2, 1, now()) on conflict do nothing',
    `session ${sessionId}`,
  );
}

test('erasing leaves no trace in any table, but an entry of the audit with figures', async () => {
  const { usher, call, contactId, id } = await begin();
  const { pool } = usher.database;
  // By its id the budget of a session is known.
  const said = new Set([...(await findMarked(pool)), 'upload_budget']);
  expect(await listTables(pool), 'each table is filled, or known to be about others').toEqual(
    [...said, ...ABOUT_OTHERS, ...IDS_ALONE, ...SEALED].toSorted(),
  );
  const erase = (confirm: string) =>
    call('POST', `/api/v1/contacts/${contactId}/erase`, { body: { confirm } });
  expect(await erase('Somebody else')).toMatchObject({
    ...{ status: 409, body: { code: 'contact.not-confirmed' } },
  });
  const erased = await erase(`${MARK} Lee`);
  expect(erased.status, erased.text).toBe(200);
  expect(erased.body).toMatchObject({ conversations: 1, files: 1, identities: 1 });

  expect(await findMarked(pool)).toEqual([]);
  for (const end of [`contacts/${contactId}`, `conversations/${id}`]) {
    expect((await call('GET', `/api/v1/${end}`)).status, end).toBe(404);
  }
  const { rows } = await pool.query(
    `select change from audit_entry where action = 'contact.erased'`,
  );
  expect(rows).toMatchObject([{ change: { conversations: 1, files: 1, identities: 1 } }]);
  expect(
    (await pool.query('select 1 from upload_budget where key like $1', ['session %'])).rows,
  ).toEqual([]);
});

test('a visitor who is erased is signed out, and comes back as somebody new', async () => {
  const { usher, call, contactId, visitor } = await begin();
  await call('POST', `/api/v1/contacts/${contactId}/erase`, { body: { confirm: contactId } });
  await eventually(
    async () => visitor.isClosed(),
    (is) => is,
  );
  const again = await connectVisitor(usher, { customer: { id: `${MARK}-id` } });
  await again.say(`${again.session.sessionTopic}/server/messages`, { content: 'Hello' });
  const [conversation] = await usher.conversations('open');
  expect(conversation?.contact.id).not.toBe(contactId);
});

test('whoever has an open conversation is not erased', async () => {
  const usher = await startTestUsher();
  const visitor = await connectVisitor(usher, { customer: { id: 'kim' } });
  await visitor.say(`${visitor.session.sessionTopic}/server/messages`, { content: 'Hello' });
  const [conversation] = await usher.conversations('open');
  const id = conversation?.contact.id as string;
  const answer = await usher.call('POST', `/api/v1/contacts/${id}/erase`, {
    body: { confirm: id },
  });
  expect(answer).toMatchObject({ status: 409, body: { code: 'contact.busy' } });
});

test('an export has the person, what was said, and where the files are; a whisper is left out', async () => {
  const { usher, call, id, contactId } = await begin();
  await usher.database.pool.query(
    `insert into message (workspace_id, conversation_id, seq, message_id, kind, author_kind, text, created_at, mark)
    select workspace_id, conversation_id, 1000, gen_random_uuid(), 'note', 'user', 'whispered', now(), 'whisper'
    from conversation where conversation_id = $1`,
    [id],
  );
  const answer = await fetch(`${usher.url}/api/v1/contacts/${contactId}/export`, {
    headers: { authorization: `Bearer ${usher.token}` },
  });
  expect(answer.headers.get('content-disposition')).toContain(`contact-${contactId}.json`);
  const text = await answer.text();
  const document = JSON.parse(text);
  expect(document).toMatchObject({
    ...{ format: 'usher.contact', version: 1 },
    contact: { id: contactId, name: `${MARK} Lee`, attributes: { plan: MARK } },
    identities: [{ externalId: `${MARK}-id` }],
    externalMessages: [{ text: MARK }],
    conversations: [{ id, closeNote: MARK, rating: { score: 1, comment: MARK } }],
    files: [{ conversationId: id, name: `${MARK}.txt` }],
  });
  expect(text).not.toContain('whispered');
  const file = await fetch(document.files[0].url);
  expect(await file.text()).toBe(MARK);
  const { body } = await call('GET', '/api/v1/audit?limit=20');
  expect((body as { items: { action: string }[] }).items[0]?.action).toBe('contact.exported');
});
