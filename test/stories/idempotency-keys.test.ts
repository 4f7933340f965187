// A request that is sent twice under one Idempotency-Key is done once, and answered as it was the first time.
import { expect, onTestFinished, test } from 'vitest';
import { DEFAULT_WORKSPACE } from '../../src/desk/prepare-workspace.ts';
import { forgetKeptAnswers } from '../../src/store/kept-answers.ts';
import { addPerson, WITH_ADMIN } from '../makers/browse.ts';
import { makePlace } from '../makers/make-place.ts';
import { eventually, startTestUsher, type TestUsher } from '../makers/start-test-usher.ts';
import { saying } from '../makers/watch-errors.ts';

type Sent = { body?: unknown; key?: string | undefined; token?: string };

/** Under a key of its own unless told otherwise. */
function sendTo(usher: Pick<TestUsher, 'call'>) {
  return (method: string, path: string, { body, key, token }: Sent = {}) =>
    usher.call(method, `/api/v1${path}`, {
      ...(body === undefined ? {} : { body }),
      ...(token === undefined ? {} : { token }),
      headers: { 'idempotency-key': key ?? crypto.randomUUID() },
    });
}

async function countAgents(usher: TestUsher, name: string): Promise<number> {
  const { body } = await usher.call('GET', '/api/v1/agents?limit=200');
  return (body as { items: { name: string }[] }).items.filter((one) => one.name === name).length;
}

const codeOf = ({ body }: { body: unknown }) => (body as { code: string }).code;

test('a repeat is answered alike and does nothing twice, by another node and after a restart too', async () => {
  const first = await startTestUsher();
  const second = await startTestUsher({ DATABASE_URL: first.database.url });
  const ask = { body: { name: 'Twice' }, key: 'create-twice' };
  const answer = await sendTo(first)('POST', '/agents', ask);
  expect(answer.status).toBe(201);
  const repeats = [await sendTo(first)('POST', '/agents', ask)];
  repeats.push(await sendTo(second)('POST', '/agents', ask));
  await second.stop();
  const third = await startTestUsher({ DATABASE_URL: first.database.url });
  repeats.push(await sendTo(third)('POST', '/agents', ask));
  // As the draft of the header writes it.
  repeats.push(await sendTo(third)('POST', '/agents', { ...ask, key: '"create-twice"' }));
  for (const { status, text } of repeats) {
    expect({ status, text }).toEqual({ status: 201, text: answer.text });
  }
  expect(await countAgents(first, 'Twice')).toBe(1);
  // Otherwise two agents of one name could not be.
  await sendTo(first)('POST', '/agents', { body: { name: 'Twice' } });
  expect(await countAgents(first, 'Twice')).toBe(2);
});

test('the same key for another body, address or method is refused; the order of names is no other body', async () => {
  const usher = await startTestUsher();
  const send = sendTo(usher);
  const key = crypto.randomUUID();
  const made = await send('POST', '/agents', { key, body: { name: 'Ana', capacity: 3 } });
  const { id } = made.body as { id: string };
  const others = [
    await send('POST', '/agents', { key, body: { name: 'Ana', capacity: 4 } }),
    await send('POST', '/teams', { key, body: { name: 'Ana', capacity: 3 } }).then((answer) =>
      // The body is judged first.
      answer.status === 400 ? send('POST', '/teams', { key, body: { name: 'Ana' } }) : answer,
    ),
    await send('PATCH', `/agents/${id}`, { key, body: { name: 'Ana', capacity: 3 } }),
    await send('DELETE', `/agents/${id}`, { key }),
  ];
  for (const answer of others) {
    expect([answer.status, codeOf(answer)]).toEqual([422, 'idempotency-key.reused']);
  }
  const turned = await send('POST', '/agents', { key, body: { capacity: 3, name: 'Ana' } });
  expect([turned.status, turned.text]).toEqual([201, made.text]);
});

test('while the first is under way a repeat is told so, and gets its answer afterwards', async () => {
  const usher = await startTestUsher();
  const { open } = await makePlace(usher);
  const id = await open();
  const holder = await usher.database.pool.connect();
  onTestFinished(() => holder.release());
  await holder.query('begin');
  await holder.query('select from conversation where conversation_id = $1 for update', [id]);
  const key = crypto.randomUUID();
  const ask = { key, body: { priority: 'high' } };
  const first = sendTo(usher)('PATCH', `/conversations/${id}`, ask);
  await eventually(
    () => usher.database.pool.query('select from kept_answer'),
    ({ rowCount }) => rowCount === 1,
  );
  const early = await sendTo(usher)('PATCH', `/conversations/${id}`, ask);
  expect([early.status, codeOf(early)]).toEqual([409, 'idempotency-key.under-way']);
  await holder.query('rollback');
  expect((await first).status).toBe(200);
  const late = await sendTo(usher)('PATCH', `/conversations/${id}`, ask);
  expect([late.status, late.text]).toEqual([200, (await first).text]);
});

test('what failed on our side is not kept: a repeat does it', async () => {
  const usher = await startTestUsher();
  usher.expectErrors(saying(/^a request failed$/));
  const { pool } = usher.database;
  await pool.query(`create function fail() returns trigger language plpgsql as
    $$ begin raise exception 'broken'; end $$`);
  await pool.query('create trigger broken before insert on agent execute function fail()');
  const ask = { key: crypto.randomUUID(), body: { name: 'Later' } };
  expect((await sendTo(usher)('POST', '/agents', ask)).status).toBe(500);
  await pool.query('drop trigger broken on agent');
  expect((await sendTo(usher)('POST', '/agents', ask)).status).toBe(201);
  expect(await countAgents(usher, 'Later')).toBe(1);
});

test('a refusal is kept', async () => {
  const usher = await startTestUsher();
  const send = sendTo(usher);
  const { id } = (await send('POST', '/teams', { body: { name: 'Sales' } })).body as { id: string };
  const ask = { key: crypto.randomUUID(), body: { name: 'Sales' } };
  const refused = await send('POST', '/teams', ask);
  expect(codeOf(refused)).toBe('group.name-taken');
  await send('DELETE', `/teams/${id}`);
  const repeated = await send('POST', '/teams', ask);
  expect([repeated.status, codeOf(repeated)]).toEqual([409, 'group.name-taken']);
  expect((await send('POST', '/teams', { body: { name: 'Sales' } })).status).toBe(201);
});

test('keys of one caller mean nothing to another', async () => {
  const usher = await startTestUsher();
  const send = sendTo(usher);
  const makeToken = async (name: string) =>
    ((await send('POST', '/tokens', { body: { name, role: 'admin' } })).body as { token: string })
      .token;
  const key = 'the-same-word';
  const one = await send('POST', '/agents', {
    key,
    token: await makeToken('one'),
    body: { name: 'A' },
  });
  const two = await send('POST', '/agents', {
    key,
    token: await makeToken('two'),
    body: { name: 'B' },
  });
  expect([one.status, two.status]).toEqual([201, 201]);
  expect((two.body as { name: string }).name).toBe('B');
});

test('a key is short, and nobody has more than twenty thousand a day', async () => {
  const usher = await startTestUsher();
  const send = sendTo(usher);
  const long = await send('POST', '/agents', { key: 'k'.repeat(256), body: { name: 'Ana' } });
  expect([long.status, codeOf(long)]).toEqual([400, 'request.invalid']);
  const ask = { key: 'known', body: { name: 'Known' } };
  expect((await send('POST', '/agents', ask)).status).toBe(201);
  await usher.database.pool.query(
    `insert into kept_answer (workspace_id, actor_id, key_hash, request_hash, run_id, begun_at, status, answer)
    select workspace_id, actor_id, decode(md5(n::text), 'hex'), request_hash, run_id, begun_at, 200, ''
    from kept_answer, generate_series(1, 20000) n`,
  );
  const more = await send('POST', '/agents', { body: { name: 'More' } });
  expect([more.status, codeOf(more)]).toEqual([429, 'idempotency-key.too-many']);
  expect((await send('POST', '/agents', ask)).status).toBe(201);
  expect((await usher.call('POST', '/api/v1/agents', { body: { name: 'More' } })).status).toBe(201);
});

test('a key is forgotten after a day, and an attempt without an answer is given up after a minute', async () => {
  const usher = await startTestUsher();
  const { pool } = usher.database;
  const send = sendTo(usher);
  const age = (by: string) =>
    pool.query(`update kept_answer set begun_at = begun_at - $1::interval`, [by]);
  const ask = { key: 'aged', body: { name: 'Aged' } };
  await send('POST', '/agents', ask);
  await age('23 hours 59 minutes');
  await send('POST', '/agents', ask);
  expect(await countAgents(usher, 'Aged')).toBe(1);
  await age('1 minute');
  expect((await send('POST', '/agents', { ...ask, body: { name: 'Other' } })).status).toBe(201);
  // As a crash between the reservation and the answer leaves it.
  await pool.query('update kept_answer set status = null, answer = null');
  expect((await send('POST', '/agents', { ...ask, body: { name: 'Other' } })).status).toBe(409);
  await age('1 minute');
  expect((await send('POST', '/agents', { ...ask, body: { name: 'Other' } })).status).toBe(201);
  expect(await forgetKeptAnswers(pool, DEFAULT_WORKSPACE)).toBe(0);
  await age('24 hours');
  expect(await forgetKeptAnswers(pool, DEFAULT_WORKSPACE)).toBe(1);
});

test('a token that was made under a key is answered again, and the database cannot tell it', async () => {
  const usher = await startTestUsher();
  const ask = { key: crypto.randomUUID(), body: { name: 'secret', role: 'agent' } };
  const made = await sendTo(usher)('POST', '/tokens', ask);
  const { token } = made.body as { token: string };
  const again = await sendTo(usher)('POST', '/tokens', ask);
  expect((again.body as { token: string }).token).toBe(token);
  const { rows } = await usher.database.pool.query('select k::text as row from kept_answer k');
  expect(rows).toHaveLength(1);
  expect(rows[0].row).not.toContain(token);
  expect(rows[0].row).not.toContain(ask.key);
});

test('a message is written once by its key, also where no answer was kept, the conversation is over and a day has passed', async () => {
  const usher = await startTestUsher(WITH_ADMIN);
  const { open } = await makePlace(usher);
  const id = await open();
  const ana = await addPerson(usher, { name: 'Ana', email: 'a@example.com', role: 'agent' });
  const key = crypto.randomUUID();
  const say = (body: object, kind = 'messages') =>
    ana.browser.send('POST', `/api/v1/conversations/${id}/${kind}`, {
      body,
      headers: { 'idempotency-key': key },
    });
  // Refused for now: once it is hers the very same goes.
  expect((await say({ text: 'Hello' })).body.code).toBe('conversation.not-assigned');
  const { agentId } = ana;
  await usher.call('POST', `/api/v1/conversations/${id}/assign`, {
    body: { agentId, force: true },
  });
  const first = await say({ text: 'Hello' });
  expect([first.status, first.body.clientMessageId]).toEqual([201, key]);
  await usher.call('POST', `/api/v1/conversations/${id}/close`, { body: {} });
  const again = [await say({ text: 'Hello' })];
  // As a crash right behind the commit leaves it, or a day.
  await usher.database.pool.query('delete from kept_answer');
  again.push(...(await Promise.all([1, 2, 3].map(() => say({ text: 'Hello' })))));
  expect(again.map(({ status, body }) => [status, body.id])).toEqual(
    again.map(() => [201, first.body.id]),
  );
  expect((await say({ text: 'Other' })).body.code).toBe('idempotency-key.reused');
  await usher.database.pool.query('delete from kept_answer');
  expect((await say({ text: 'Other' })).body.code).toBe('idempotency-key.reused');
  expect((await say({ text: 'Hello' }, 'notes')).body.code).toBe('idempotency-key.reused');
  const { body } = await usher.call('GET', `/api/v1/conversations/${id}/messages`);
  expect((body as { items: { text: string }[] }).items.map(({ text }) => text)).toEqual(['Hello']);
});

test('many at once under one key write one message and are answered alike', async () => {
  const usher = await startTestUsher();
  const { open } = await makePlace(usher);
  const id = await open();
  const ask = { key: 'said by a program', body: { text: 'Once' } };
  const answers = await Promise.all(
    Array.from({ length: 12 }, () => sendTo(usher)('POST', `/conversations/${id}/messages`, ask)),
  );
  const ids = answers.map(({ status, body }) => `${status} ${(body as { id: string }).id}`);
  expect(new Set(ids).size).toBe(1);
  const { body } = await usher.call('GET', `/api/v1/conversations/${id}/messages`);
  expect((body as { items: unknown[] }).items).toHaveLength(1);
});

test('the description names the key at every route that changes something, but for sign-in, uploads and what a model is asked', async () => {
  const usher = await startTestUsher();
  const { body } = await usher.call('GET', '/openapi.json');
  type Route = { parameters?: { in: string; name: string }[] };
  const { paths } = body as { paths: Record<string, Record<string, Route>> };
  const routes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, route]) => ({ path, method, route })),
  );
  const changing = routes.filter(({ method }) => method !== 'get');
  const without = changing.filter(
    ({ route }) => !route.parameters?.some(({ name }) => name === 'idempotency-key'),
  );
  const asksModel = /^\/api\/v1\/conversations\/\{id\}\/(suggestions|summary|translations)$/;
  const kinds = without.map(({ path }) => (asksModel.test(path) ? 'model' : path.split('/')[3]));
  expect(new Set(kinds)).toEqual(
    new Set([
      ...['attachments', 'first-run', 'invites', 'model', 'password-resets'],
      ...['session', 'sessions'],
    ]),
  );
  expect(changing.length - without.length).toBeGreaterThan(50);
});
