// Agents ask a language model: what leaves is what was shown, by whom is on record, and nothing is written to anybody.
import { expect, onTestFinished, test } from 'vitest';
import type { Sent } from '../../src/contract/assistance.ts';
import { startDeskOfThree } from '../makers/start-desk-of-three.ts';
import { eventually } from '../makers/start-test-usher.ts';
import { KEY, startWithModel } from '../makers/start-with-model.ts';
import { makeWorkspace, OPERATOR } from '../makers/two-workspaces.ts';

type Desk = Awaited<ReturnType<typeof startWithModel>>;

const verbs = ['suggestions', 'summary', 'translations'] as const;
const bodies: Record<(typeof verbs)[number], object> = {
  suggestions: {},
  summary: {},
  translations: { text: 'Good morning', language: 'ko' },
};
const sentOf = ({ body }: { body: unknown }) => (body as { sent: Sent }).sent;
const received = ({ model }: Desk) => model.asked.map(({ body }) => body.messages);
const textOf = (sent: unknown) => JSON.stringify(sent);

async function listUses({ usher }: Pick<Desk, 'usher'>) {
  const { body } = await usher.call('GET', '/api/v1/audit?limit=200');
  const { items } = body as { items: { action: string; change: object }[] };
  return items.filter(({ action }) => action === 'conversation.assisted').reverse();
}

test('without AI_BASE_URL every route says what is missing, and nothing more', async () => {
  const { usher, ana, as } = await startDeskOfThree();
  const state = await usher.call('GET', '/api/v1/assistance', { token: ana.token });
  expect(state.body).toEqual({ isSetUp: false, isOn: false, host: null, model: null });
  for (const verb of verbs) {
    expect(await as(ana, 'POST', `/${verb}`, bodies[verb])).toMatchObject({
      status: 404,
      body: { code: 'assistance.not-set-up' },
    });
  }
  const tried = await usher.call('POST', '/api/v1/assistance/test', { body: {} });
  expect(tried.body).toMatchObject({ code: 'assistance.not-set-up' });
  expect(await listUses({ usher })).toEqual([]);
});

test('exactly what the preview shows leaves, and a preview sends nothing', async () => {
  const desk = await startWithModel();
  const { ana, as, write, model } = desk;
  await write('Where is my order?');
  for (const verb of verbs) {
    model.asked.length = 0;
    const shown = await as(ana, 'POST', `/${verb}`, { ...bodies[verb], preview: true });
    expect(shown.status, shown.text).toBe(200);
    expect(model.asked).toEqual([]);
    const asked = await as(ana, 'POST', `/${verb}`, bodies[verb]);
    expect(asked.status, asked.text).toBe(200);
    expect(sentOf(asked)).toEqual(sentOf(shown));
    expect(received(desk)).toEqual([sentOf(shown).messages]);
    const { host } = new URL(model.url);
    expect(sentOf(shown)).toMatchObject({ host, model: 'small', masked: 0, isCut: false });
  }
  const [first] = model.asked;
  expect(first?.headers.authorization).toBe(`Bearer ${KEY}`);
  expect(Object.keys(first?.body ?? {})).toEqual(['model', 'messages', 'stream']);
});

test('drafts, a summary and a translation are answered, and nothing is written to the conversation', async () => {
  const { ana, as, write, messages, events, usher, id } = await startWithModel();
  await write('Where is my order?');
  const before = [await messages(), (await events()).length];
  const drafts = await as(ana, 'POST', '/suggestions', { drafts: 2 });
  expect(drafts.body).toMatchObject({
    drafts: ['Thank you. About “Where is my order?”: we look into it.', 'One moment, please.'],
  });
  expect((await as(ana, 'POST', '/summary', { language: 'pt-BR' })).body).toMatchObject({
    text: 'Asked: Where is my order?\n\nDone: nothing yet.\n\nOpen: an answer.',
    sent: { messages: [{ content: expect.stringContaining('Brazilian Portuguese') }, {}] },
  });
  const translated = await as(ana, 'POST', '/translations', { text: 'Good morning' });
  expect(translated.body).toMatchObject({ text: '(translated) Good morning' });
  expect([await messages(), (await events()).length]).toEqual(before);
  const { rows } = await usher.database.pool.query(
    'select count(*)::integer as count from delivery where stream_id = $1',
    [id],
  );
  expect(rows).toEqual([{ count: 0 }]);
});

test('notes leave only where an admin has said so, and what is whispered never', async () => {
  const desk = await startWithModel();
  const { ana, susi, as, write, set } = desk;
  await write('Can I have a discount?');
  await as(ana, 'POST', '/notes', { text: 'He is a good customer' });
  await as(susi, 'POST', '/whisper', { text: 'Ten percent, no more' });
  await as(ana, 'POST', '/summary');
  expect(textOf(received(desk))).not.toMatch(/good customer|percent/);
  expect((await set({ assistanceNotes: true })).status).toBe(200);
  const told = await as(ana, 'POST', '/summary');
  expect(textOf(sentOf(told))).toContain('He is a good customer');
  expect(textOf(received(desk))).toContain('He is a good customer');
  expect(textOf(received(desk))).not.toContain('percent');
});

test('addresses and numbers are masked before they leave and are there again in the answer, until an admin lets them go', async () => {
  const desk = await startWithModel();
  const { ana, as, write, set, model } = desk;
  const messageId = await write('I am ana@example.com, card 4111 1111 1111 1111, +62 812 3456 789');
  const translated = await as(ana, 'POST', '/translations', { messageId, language: 'en' });
  expect(sentOf(translated).masked).toBe(3);
  expect(translated.body).toMatchObject({
    text: '(translated) I am ana@example.com, card 4111 1111 1111 1111, +62 812 3456 789',
  });
  expect(textOf(received(desk))).not.toMatch(/example\.com|1111|3456/);
  expect((await set({ assistanceMasks: false })).status).toBe(200);
  await as(ana, 'POST', '/translations', { messageId, language: 'en' });
  expect(textOf(model.asked.at(-1)?.body)).toContain('card 4111 1111 1111 1111');
});

test('a translation sends the text alone, or, where the language is the customer’s, what shows that', async () => {
  const desk = await startWithModel();
  const { ana, as, write } = desk;
  const messageId = await write('Selamat pagi');
  await as(ana, 'POST', '/messages', { text: 'Ours' });
  await write('Apa kabar?');
  const material = async (body: object) =>
    sentOf(await as(ana, 'POST', '/translations', body)).messages[1]?.content;
  expect(await material({ messageId, language: 'en' })).toBe('{"translate":"Selamat pagi"}');
  expect(await material({ text: 'Good morning' })).toBe(
    [
      '{"from":"customer","text":"Selamat pagi"}',
      '{"from":"customer","text":"Apa kabar?"}',
      '{"translate":"Good morning"}',
    ].join('\n'),
  );
});

test('a translation of nothing, of both, or of what is no message of the conversation is refused', async () => {
  const { ana, as, messages } = await startWithModel();
  const translate = async (body: object) =>
    (await as(ana, 'POST', '/translations', body)).body as { code: string };
  const unknown = '00000000-0000-7000-8000-000000000000';
  expect(await translate({})).toMatchObject({ code: 'request.invalid' });
  expect(await translate({ messageId: unknown, text: 'x' })).toMatchObject({
    code: 'request.invalid',
  });
  expect(await translate({ messageId: unknown })).toMatchObject({ code: 'message.not-found' });
  await as(ana, 'POST', '/notes', { text: 'For us' });
  const note = (await messages()).at(-1)?.id;
  expect(await translate({ messageId: note })).toMatchObject({ code: 'message.not-found' });
  for (const language of ['', 'x', 'en_US', 'english please', 'a'.repeat(36)]) {
    expect(await translate({ text: 'x', language })).toMatchObject({ code: 'request.invalid' });
  }
});

test('a draft that is longer than the model may be sent is refused, and of a conversation the end is sent', async () => {
  const { ana, as, write, model } = await startWithModel({
    AI_MOST_CHARACTERS: '4000',
    AI_MOST_MESSAGES: '3',
  });
  const refused = await as(ana, 'POST', '/translations', { text: 'x'.repeat(9000) });
  expect(refused).toMatchObject({ status: 413, body: { code: 'assistance.too-long' } });
  for (const n of [1, 2, 3, 4]) await write(`${n} ${'x'.repeat(2000)}`);
  const { body } = await as(ana, 'POST', '/summary');
  expect(body).toMatchObject({ sent: { isCut: true } });
  const material = model.asked[0]?.body.messages?.[1]?.content ?? '';
  expect(material).toContain('"4 xxx');
  expect(material).not.toContain('"3 xxx');
  expect(model.asked).toHaveLength(1);
});

test('canned replies leave with a draft where an admin has said so, those of other teams never', async () => {
  const desk = await startWithModel();
  const { usher, ana, as, write, set } = desk;
  await write('Hello');
  const team = await usher.call('POST', '/api/v1/teams', { body: { name: 'Paper' } });
  const { id: teamId } = team.body as { id: string };
  const add = (shortcut: string, text: string, more = {}) =>
    usher.call('POST', '/api/v1/canned-replies', { body: { shortcut, text, ...more } });
  expect((await add('open', 'We open at nine')).status).toBe(201);
  expect((await add('paper', 'Paper is sold out', { teamId })).status).toBe(201);
  await as(ana, 'POST', '/suggestions');
  expect(textOf(received(desk))).not.toContain('nine');
  expect((await set({ assistanceReplies: true })).status).toBe(200);
  await as(ana, 'POST', '/suggestions');
  await as(ana, 'POST', '/summary');
  expect(textOf(received(desk)[1])).toContain('We open at nine');
  expect(textOf(received(desk))).not.toContain('sold out');
  expect(textOf(received(desk)[2])).not.toContain('nine');
});

test('who may not work on a conversation sends nothing of it', async () => {
  const desk = await startWithModel({ USHER_OPERATOR_TOKEN: OPERATOR });
  const { usher, ana, budi, susi, as, path, write, set, model } = desk;
  await write('Hello');
  const codes = async (who: typeof ana, preview = false) => {
    const found = [];
    for (const verb of verbs) {
      const { body } = await as(who, 'POST', `/${verb}`, { ...bodies[verb], preview });
      found.push((body as { code?: string }).code ?? 'served');
    }
    return new Set(found);
  };
  expect(await codes(budi)).toEqual(new Set(['conversation.held-by-another']));
  expect(await codes(budi, true)).toEqual(new Set(['conversation.held-by-another']));
  await set({ agentsSee: 'own-and-teams' });
  expect(await codes(budi, true)).toEqual(new Set(['conversation.not-found']));
  const reads = await usher.call('POST', '/api/v1/tokens', {
    body: { name: 'reads', role: 'admin', scopes: ['read'] },
  });
  const { token } = reads.body as { token: string };
  const by = (one: string, verb: string, preview: boolean) =>
    usher.call('POST', `${path}/${verb}`, { token: one, body: { preview } });
  expect((await by(token, 'summary', true)).status).toBe(403);
  const other = await makeWorkspace(usher, { name: 'Other', email: 'bea@example.com' });
  const patch = { body: { assistance: true }, token: other.token };
  expect((await usher.call('PATCH', '/api/v1/settings', patch)).status).toBe(200);
  expect((await by(other.token, 'summary', true)).body).toMatchObject({
    code: 'conversation.not-found',
  });
  expect(model.asked).toEqual([]);
  expect([await codes(ana), await codes(susi)]).toEqual([new Set(['served']), new Set(['served'])]);
});

test('where it is switched off nothing leaves; another workspace is asked first', async () => {
  const desk = await startWithModel({ USHER_OPERATOR_TOKEN: OPERATOR });
  const { usher, ana, as, write, set, model } = desk;
  await write('Hello');
  const isOn = async (token: string) =>
    ((await usher.call('GET', '/api/v1/assistance', { token })).body as { isOn: boolean }).isOn;
  const other = await makeWorkspace(usher, { name: 'Other', email: 'bea@example.com' });
  expect([await isOn(ana.token), await isOn(other.token)]).toEqual([true, false]);
  await set({ assistance: false });
  expect(await isOn(ana.token)).toBe(false);
  for (const verb of verbs) {
    for (const preview of [true, false]) {
      const answer = await as(ana, 'POST', `/${verb}`, { ...bodies[verb], preview });
      expect(answer).toMatchObject({ status: 409, body: { code: 'assistance.switched-off' } });
    }
  }
  expect(model.asked).toEqual([]);
});

test('each use is on record before it leaves: who, where to, how much, and not the text', async () => {
  const desk = await startWithModel();
  const { usher, ana, as, write, model, id } = desk;
  await write('My secret words');
  const summary = await as(ana, 'POST', '/summary');
  model.setAnswer({ status: 500, body: '' });
  await as(ana, 'POST', '/suggestions');
  await as(ana, 'POST', '/suggestions', { preview: true });
  const uses = await listUses(desk);
  const { host, characters } = sentOf(summary);
  expect(uses).toMatchObject([
    {
      ...{ actor: `agent:${ana.agentId}`, objectId: id, objectKind: 'conversation' },
      change: { kind: 'summary', characters, host, model: 'small' },
    },
    { change: { kind: 'suggestions' } },
  ]);
  expect(characters).toBe(
    model.asked[0]?.body.messages?.reduce((sum, { content }) => sum + content.length, 0),
  );
  expect(textOf(uses)).not.toContain('secret words');
  expect(textOf((await usher.call('GET', '/api/v1/audit?limit=200')).body)).not.toContain(KEY);
});

test('nothing that was asked or drafted is kept for a repeat', async () => {
  const { usher, ana, path, write, model } = await startWithModel();
  await write('My secret words');
  const ask = () =>
    usher.call('POST', `${path}/summary`, {
      token: ana.token,
      headers: { 'idempotency-key': 'one' },
      body: {},
    });
  expect([(await ask()).status, (await ask()).status]).toEqual([200, 200]);
  expect(model.asked).toHaveLength(2);
  const { rows } = await usher.database.pool.query('select * from kept_answer');
  expect(rows).toEqual([]);
});

test('one person may ask so often in a minute, and a workspace in a day; previews are free', async () => {
  const { ana, susi, usher, as, write, model } = await startWithModel({
    AI_MOST_PER_MINUTE: '2',
    AI_MOST_PER_DAY: '5',
  });
  await write('Hello');
  const ask = async (who: typeof ana, preview = false) => {
    const { status, body } = await as(who, 'POST', '/summary', { preview });
    return status === 200 ? 200 : `${status} ${(body as { detail: string }).detail}`;
  };
  expect([await ask(ana), await ask(ana)]).toEqual([200, 200]);
  expect(await ask(ana)).toMatch(/^429 .*2 times in a minute/);
  expect(await ask(ana, true)).toBe(200);
  expect([await ask(susi), await ask(susi)]).toEqual([200, 200]);
  await usher.clock.advance(60_000);
  expect(await ask(ana)).toBe(200);
  expect(await ask(ana)).toMatch(/^429 .*5 times in 24 hours/);
  expect(model.asked).toHaveLength(5);
  await usher.clock.advance(24 * 3_600_000);
  expect(await ask(ana)).toBe(200);
});

test.each([
  [{ fault: 'hang' }, 504, 'assistance.too-slow', 'AI_TIMEOUT_MS'],
  [{ fault: 'break' }, 502, 'assistance.unreachable', 'AI_BASE_URL'],
  [{ fault: 'endless' }, 502, 'assistance.not-understood', '256 KiB'],
  [{ fault: 'stream' }, 502, 'assistance.not-understood', '/v1'],
  [{ status: 200, body: '<html>', type: 'text/html' }, 502, 'assistance.not-understood', '/v1'],
  [{ status: 302, body: '', location: '/login' }, 502, 'assistance.refused', '302'],
  [{ status: 429, body: '{}' }, 502, 'assistance.busy', 'Try again'],
  [{ status: 503, body: 'loading' }, 502, 'assistance.refused', '503'],
] as const)('%j is answered %d %s', async (answer, status, code, remedy) => {
  const { ana, as, write, model, messages } = await startWithModel({ AI_TIMEOUT_MS: '1000' });
  await write('Hello');
  const before = await messages();
  model.setAnswer(answer);
  const refused = await as(ana, 'POST', '/suggestions');
  expect(refused).toMatchObject({
    status,
    body: { code, detail: expect.stringContaining(remedy) },
  });
  expect(refused.text).not.toContain(KEY);
  expect(await messages()).toEqual(before);
  model.setAnswer({ says: 'Hello.' });
  expect((await as(ana, 'POST', '/suggestions')).body).toMatchObject({ drafts: ['Hello.'] });
});

test('a wrong key, a wrong model, and a server that is down are told apart', async () => {
  const tell = async (environment: Record<string, string>) => {
    const { ana, as, write } = await startWithModel(environment);
    await write('Hello');
    const { body, text } = await as(ana, 'POST', '/summary');
    expect(text).not.toContain('sk-');
    return body;
  };
  expect(await tell({ AI_API_KEY: 'sk-another' })).toMatchObject({
    code: 'assistance.key-refused',
    detail: expect.stringContaining('AI_API_KEY'),
  });
  expect(await tell({ AI_MODEL: 'large' })).toMatchObject({
    code: 'assistance.model-unknown',
    detail: expect.stringContaining("It says: model 'large' not found"),
  });
  expect(await tell({ AI_BASE_URL: 'http://127.0.0.1:9/v1' })).toMatchObject({
    code: 'assistance.unreachable',
    detail: expect.stringContaining('127.0.0.1:9'),
  });
});

test('the model is not kept working for an agent who has gone', async () => {
  const { usher, ana, path, write, model } = await startWithModel();
  await write('Hello');
  model.setAnswer({ fault: 'hang' });
  const gone = new AbortController();
  const asked = fetch(`${usher.url}${path}/summary`, {
    method: 'POST',
    headers: { authorization: `Bearer ${ana.token}`, 'content-type': 'application/json' },
    body: '{}',
    signal: gone.signal,
  });
  await eventually(
    () => model.asked.length,
    (count) => count === 1,
  );
  expect(model.abandoned()).toBe(0);
  gone.abort();
  await expect(asked).rejects.toThrow();
  await eventually(model.abandoned, (count) => count === 1);
});

test('whoever goes before the model is asked has nobody asked for them', async () => {
  const { usher, ana, path, write, model } = await startWithModel();
  await write('Hello');
  model.setAnswer({ fault: 'hang' });
  const { pool } = usher.database;
  const lock = await pool.connect();
  onTestFinished(() => lock.release());
  await lock.query('begin');
  await lock.query('lock table audit_entry');
  const gone = new AbortController();
  const asked = fetch(`${usher.url}${path}/summary`, {
    ...{ method: 'POST', body: '{}', signal: gone.signal },
    headers: { authorization: `Bearer ${ana.token}`, 'content-type': 'application/json' },
  });
  const waits = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  await eventually(
    () => pool.query(waits),
    ({ rows }) => rows.length === 1,
  );
  gone.abort();
  await expect(asked).rejects.toThrow();
  // The server has seen it go.
  await fetch(`${usher.url}/livez`);
  await lock.query('rollback');
  await eventually(
    () => listUses({ usher }),
    ({ length }) => length === 1,
  );
  model.setAnswer({ says: 'Hello.' });
  expect((await usher.call('POST', `${path}/summary`, { token: ana.token, body: {} })).status).toBe(
    200,
  );
  expect(model.asked.length - model.abandoned()).toBe(1);
});

test('before anything is said there is nothing to draft from, and after the end nothing to answer', async () => {
  const { ana, as, write, model } = await startWithModel();
  expect((await as(ana, 'POST', '/summary')).body).toMatchObject({
    code: 'assistance.nothing-said',
  });
  await write('Hello');
  await as(ana, 'POST', '/close', {});
  expect((await as(ana, 'POST', '/suggestions')).body).toMatchObject({
    code: 'conversation.closed',
  });
  expect((await as(ana, 'POST', '/summary')).status).toBe(200);
  expect(model.asked).toHaveLength(1);
});

test('an admin tries the model with words of our own; nobody else does', async () => {
  const { usher, susi, model } = await startWithModel();
  const tryIt = (token = usher.token) =>
    usher.call('POST', '/api/v1/assistance/test', { token, body: {} });
  expect((await tryIt(susi.token)).status).toBe(403);
  expect(await tryIt()).toMatchObject({ status: 200, body: { tookMs: expect.any(Number) } });
  expect(textOf(model.asked.map(({ body }) => body.messages))).toBe(
    '[[{"role":"user","content":"Answer with the one word: ready"}]]',
  );
  model.setAnswer({ status: 404, body: '' });
  expect((await tryIt()).body).toMatchObject({ code: 'assistance.model-unknown' });
});
