// What strangers try and what people read is on record, bounded, for as long as the workspace wants.
import { expect, test } from 'vitest';
import { noteFailure } from '../../src/desk/note-failure.ts';
import { makeNoteReads } from '../../src/desk/note-reads.ts';
import { DEFAULT_WORKSPACE } from '../../src/desk/prepare-workspace.ts';
import { forgetAudit } from '../../src/store/forget-audit.ts';
import { ADMIN, addPerson, openBrowser, signInAs, WITH_ADMIN } from '../makers/browse.ts';
import { makePlace } from '../makers/make-place.ts';
import { eventually, startTestUsher, type TestUsher } from '../makers/start-test-usher.ts';
import { startWithReceiver } from '../makers/start-with-receiver.ts';
import { connectAgent, connectVisitor, connectWeb } from '../makers/web-client.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const workspaceId = DEFAULT_WORKSPACE;
const ana = { name: 'Ana', email: 'ana@example.com', role: 'agent' as const };

interface Entry {
  action: string;
  actor: string;
  objectId: string;
  change: Record<string, unknown>;
}

async function read(usher: TestUsher, ...actions: string[]): Promise<Entry[]> {
  const { body } = await usher.call('GET', '/api/v1/audit?limit=200');
  const { items } = body as { items: Entry[] };
  return items.filter(({ action }) => actions.includes(action)).reverse();
}

test('a failed sign-in is on record with the address and the person, never with what was typed', async () => {
  const usher = await startTestUsher(WITH_ADMIN);
  const { userId } = await addPerson(usher, ana);
  const browser = openBrowser(usher);
  const enter = (email: string, password: string) =>
    browser.send('POST', '/api/v1/session', {
      body: { email, password },
      headers: { 'x-forwarded-for': '192.0.2.9' },
    });
  await enter(ana.email, 'a wrong password');
  await enter('my password typed here', 'x');
  await browser.send('GET', '/api/v1/invites/none');
  const signedIn = await signInAs(usher);
  await signedIn.send('POST', '/api/v1/session/proof', { body: { password: 'wrong' } });
  const entries = await read(usher, 'sign-in.failed');
  expect(entries.map(({ actor, objectId, change }) => [actor, objectId, change.what])).toEqual([
    ['stranger', userId, 'password'],
    ['stranger', workspaceId, 'password'],
    ['stranger', workspaceId, 'invitation'],
    ['stranger', expect.not.stringMatching(workspaceId), 'password'],
  ]);
  expect(entries[0]?.change.address).toBe('192.0.2.9');
  expect(JSON.stringify(entries)).not.toContain('my password typed here');
  await signInAs(usher, ADMIN);
});

test('a flood of failures fills no audit, and hides no failure that names somebody', async () => {
  const usher = await startTestUsher(WITH_ADMIN);
  const db = usher.database.pool;
  const fail = (n: number, email: string) =>
    noteFailure({ db }, { workspaceId, what: 'password', address: `192.0.2.${n % 250}`, email });
  for (let n = 0; n < 130; n += 1) await fail(n, `nobody${n}@example.com`);
  await fail(1, ADMIN.email);
  const entries = await read(usher, 'sign-in.failed', 'sign-in.more-failed');
  expect(entries).toHaveLength(52);
  expect(entries[50]?.action).toBe('sign-in.more-failed');
  expect(entries[51]?.objectId).not.toBe(workspaceId);
  for (let n = 0; n < 130; n += 1) await fail(n, ADMIN.email);
  expect(await read(usher, 'sign-in.failed')).toHaveLength(150);
});

test('whoever reads a conversation of others, or the audit, is on record once an hour; one’s own is one’s work', async () => {
  const usher = await startTestUsher(WITH_ADMIN);
  const { browser, agentId } = await addPerson(usher, ana);
  const { open } = await makePlace(usher);
  const id = await open();
  await usher.call('POST', `/api/v1/conversations/${id}/assign`, {
    body: { agentId, force: true },
  });
  const admin = await signInAs(usher);
  const path = `/api/v1/conversations/${id}/messages`;
  for (let n = 0; n < 3; n += 1) {
    await admin.send('GET', path);
    await admin.send('GET', `${path}?afterSeq=1`);
    await browser.send('GET', path);
    await admin.send('GET', '/api/v1/audit');
  }
  const entries = await read(usher, 'conversation.read', 'audit.read');
  const bySession = entries.filter(({ actor }) => actor.startsWith('agent:'));
  expect(bySession.map(({ action, objectId }) => [action, objectId])).toEqual([
    ['conversation.read', id],
    ['audit.read', workspaceId],
  ]);
  expect(bySession.every(({ actor }) => actor !== `agent:${agentId}`)).toBe(true);
});

test('what is read by Chimp Assist’s calls, or listened to over MQTT, is on record as what is read over the API', async () => {
  const usher = await startTestUsher();
  const own = await connectAgent(usher, { name: 'Ana' });
  await own.beat();
  const visitor = await connectVisitor(usher, { customer: { id: 'c1' } });
  await visitor.say('server/sessions/request', { customerId: 'c1', requestID: 'r1' });
  const { sessionTopic, sessionId } = await own.receives();
  await visitor.say(`${sessionTopic}/server/messages`, { content: 'hello' });
  const [conversation] = await usher.conversations();
  const susi = await connectAgent(usher, { name: 'Susi', role: 'supervisor' });
  const by = `agent:${susi.agentId}`;
  const api = `/api/v1/conversations/${conversation?.id}`;
  const readers = [by];
  for (const path of [
    ...[`/session/${sessionId}/messages`, '/customer/c1/messages'],
    ...[`${api}/messages`, `${api}/events`],
  ]) {
    const other = await connectAgent(usher, { name: path, role: 'supervisor' });
    for (const { token } of [own, susi, own, susi, other]) {
      expect((await usher.call('GET', path, { token })).status, path).toBe(200);
    }
    readers.push(`agent:${other.agentId}`);
    // By whichever first, and once.
    const reads = await read(usher, 'conversation.read');
    expect(reads.map(({ actor }) => actor)).toEqual(readers);
    expect(new Set(reads.map(({ objectId }) => objectId))).toEqual(new Set([conversation?.id]));
  }
  await susi.listen(`${sessionTopic}/messages`, `${sessionTopic}/client/control`);
  await susi.listen(`${sessionTopic}/typing`);
  const body = { name: 'crawler', role: 'supervisor' };
  const made = await usher.call('POST', '/api/v1/tokens', { body });
  const { token: password } = made.body as { token: string };
  const url = `${usher.url.replace('http', 'ws')}/mqtt`;
  for (let n = 0; n < 2; n += 1) {
    const service = await connectWeb({ url, username: 'service', password });
    expect(await service.listen('server/#')).toEqual([1]);
    await service.close();
  }
  const listened = await read(usher, 'conversation.listened');
  expect(listened.map(({ actor, objectId, change }) => [actor, objectId, change])).toEqual([
    [by, conversation?.id, { topic: sessionTopic }],
    ['token:crawler', workspaceId, { topic: 'server/#' }],
  ]);
});

test('whoever reads a delivery with its body is on record as having read its conversation, a list of them is not', async () => {
  const { usher, listen, open } = await startWithReceiver();
  const { endpoint } = await listen();
  const id = await open();
  const list = async () => {
    const { body } = await usher.call('GET', `/api/v1/endpoints/${endpoint.id}/deliveries`);
    return (body as { items: { id: string }[] }).items;
  };
  const [delivery] = await eventually(list, ({ length }) => length > 0);
  expect(await read(usher, 'conversation.read')).toEqual([]);
  expect((await usher.call('GET', `/api/v1/deliveries/${delivery?.id}`)).status).toBe(200);
  const entries = await read(usher, 'conversation.read');
  expect(entries.map(({ objectId }) => objectId)).toEqual([id]);
});

test('whoever reads all conversations leaves five hundred entries an hour, and one that says that there were more', async () => {
  const usher = await startTestUsher(WITH_ADMIN);
  const db = usher.database.pool;
  const note = makeNoteReads({ db, clock: usher.clock });
  const actor = { workspaceId, name: 'token:crawler' } as Parameters<typeof note>[0];
  const idOf = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
  const crawl = async (from: number, to: number) => {
    for (let n = from; n < to; n += 1) await note(actor, 'conversation.read', idOf(n));
  };
  const count = async () =>
    (await db.query(`select count(*)::integer as n from audit_entry where actor = 'token:crawler'`))
      .rows[0].n;
  await crawl(0, 600);
  expect(await count()).toBe(501);
  await usher.clock.advance(HOUR_MS);
  await crawl(0, 10);
  expect(await count()).toBe(511);
});

test('the audit is kept for as long as the setting says, and for ever without it', async () => {
  const usher = await startTestUsher(WITH_ADMIN);
  const { pool } = usher.database;
  await usher.clock.advance(40 * DAY_MS);
  expect(await forgetAudit(pool, workspaceId)).toBe(0);
  const set = (auditRetentionDays: number | null) =>
    usher.call('PATCH', '/api/v1/settings', { body: { auditRetentionDays } });
  expect(await set(29)).toMatchObject({ status: 400, body: { code: 'request.invalid' } });
  expect((await set(30)).status).toBe(200);
  expect(await forgetAudit(pool, workspaceId)).toBeGreaterThan(0);
  const { rows } = await pool.query('select action from audit_entry');
  expect(rows).toEqual([{ action: 'settings.updated' }]);
  expect((await set(null)).status).toBe(200);
  await usher.clock.advance(40 * DAY_MS);
  expect(await forgetAudit(pool, workspaceId)).toBe(0);
});
