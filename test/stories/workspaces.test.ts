// An operator makes, renames and removes workspaces while Usher runs.
import { expect, onTestFinished, test } from 'vitest';
import { hashSecret } from '../../src/desk/hash-secret.ts';
import { openBrowser } from '../makers/browse.ts';
import { eventually, type TestUsher } from '../makers/start-test-usher.ts';
import { makeWorkspace, OPERATOR, PASSWORD, startWithOperator } from '../makers/two-workspaces.ts';
import { connectWeb } from '../makers/web-client.ts';

const WORKSPACES = '/api/v1/operator/workspaces';

test('a workspace that was just made routes its conversations without a restart', async () => {
  const usher = await startWithOperator();
  const { token } = await makeWorkspace(usher, { name: 'Acme', email: 'bea@example.com' });
  const agent = { name: 'Ana', availability: 'online', capacity: 1 };
  await usher.call('POST', '/api/v1/agents', { body: agent, token });
  const channels = await usher.call('GET', '/api/v1/channels', { token });
  const [channel] = (channels.body as { items: { id: string }[] }).items;
  const begun = await usher.call('POST', '/session', {
    body: { channelId: channel?.id, customer: { id: 'c1' } },
    token: null,
  });
  const { mqtt, sessionId } = begun.body as {
    mqtt: { url: string; baseTopic: string };
    sessionId: string;
  };
  const visitor = await connectWeb(mqtt);
  await visitor.say(`${mqtt.baseTopic}/server/sessions/request`, {
    sessionId,
    customerId: 'c1',
    requestId: 'r1',
  });
  await eventually(
    async () =>
      (await usher.call('GET', '/api/v1/conversations', { token })).body as {
        items: { state: string }[];
      },
    ({ items }) => items[0]?.state === 'assigned',
  );
});

test('it is listed and renamed; a word is one workspace’s alone', async () => {
  const usher = await startWithOperator();
  const { workspaceId, slug } = await makeWorkspace(usher, {
    name: 'Ácme & Co',
    email: 'bea@example.com',
  });
  expect(slug).toBe('acme-co');
  const send = (method: string, path: string, body?: object) =>
    usher.call(method, `${WORKSPACES}${path}`, { body, token: OPERATOR });
  const again = await send('POST', '', {
    name: 'x',
    slug,
    admin: { email: 'x@example.com', name: 'x' },
  });
  expect(again.body).toMatchObject({ status: 409, code: 'workspace.slug-taken' });
  const renamed = await send('PATCH', `/${workspaceId}`, { name: 'Acme', slug: 'acme' });
  expect(renamed.body).toMatchObject({
    name: 'Acme',
    signInUrl: `${usher.url}/sign-in?workspace=acme`,
  });
  const { items } = (await send('GET', '')).body as { items: { slug: string; agents: number }[] };
  expect(items.map((one) => one.slug)).toEqual(['default', 'acme']);
  expect(items[1]?.agents).toBe(1);
});

test('a removed one shuts everybody out at once, and leaves no row behind', async () => {
  const usher = await startWithOperator();
  const other = await makeWorkspace(usher, { name: 'Acme', email: 'bea@example.com' });
  const login = (await other.admin.send('POST', '/api/v1/session/mqtt')).body as { url: string };
  const client = await connectWeb(login);
  const path = `${WORKSPACES}/${other.workspaceId}`;
  const wrong = await usher.call('DELETE', `${path}?confirm=acne`, { token: OPERATOR });
  expect(wrong.body).toMatchObject({ code: 'workspace.not-confirmed' });
  expect((await usher.call('DELETE', `${path}?confirm=acme`, { token: OPERATOR })).status).toBe(
    204,
  );
  expect((await other.admin.send('GET', '/api/v1/session')).status).toBe(401);
  expect((await usher.call('GET', '/api/v1/agents', { token: other.token })).status).toBe(401);
  await eventually(client.isClosed, (closed) => closed);
  const body = { email: 'bea@example.com', password: PASSWORD, workspace: 'acme' };
  expect((await openBrowser(usher).send('POST', '/api/v1/session', { body })).status).toBe(404);
  const { pool } = usher.database;
  const { rows: tables } = await pool.query<{ name: string }>(
    `select table_name as name from information_schema.columns
    where column_name = 'workspace_id' and table_schema = 'public'`,
  );
  const count = async () => {
    let all = 0;
    for (const { name } of tables) {
      const { rows } = await pool.query(`select from ${name} where workspace_id = $1`, [
        other.workspaceId,
      ]);
      all += rows.length;
    }
    return all;
  };
  expect(tables.length).toBeGreaterThan(25);
  await eventually(count, (left) => left === 0);
  expect((await usher.call('GET', '/api/v1/agents')).status).toBe(200);
});

const SECRET = 'a-secret-of-the-broker';

/** What a broker beside Usher is told of somebody whom it has let in. */
async function mayPublish(usher: TestUsher, username: string, topic: string): Promise<unknown> {
  const body = { username, action: 'publish', topic, clientid: 'any', qos: 1 };
  const headers = { 'x-hook-secret': SECRET };
  return (await usher.call('POST', '/mqtt/acl', { body, headers, token: null })).body;
}

test('of a removed workspace nothing is left to whoever was in it, from the first moment', async () => {
  const usher = await startWithOperator({ MQTT_HOOK_SECRET: SECRET });
  const { workspaceId, token, admin } = await makeWorkspace(usher, {
    name: 'Acme',
    email: 'bea@example.com',
  });
  const { user } = (await admin.send<{ user: { agentId: string } }>('GET', '/api/v1/session')).body;
  const channels = await usher.call('GET', '/api/v1/channels', { token });
  const [channel] = (channels.body as { items: { id: string }[] }).items;
  const begun = await usher.call('POST', '/session', {
    body: { channelId: channel?.id, customer: { id: 'c1' } },
    token: null,
  });
  const { sessionId } = begun.body as { sessionId: string };
  const form = new FormData();
  form.append('file', new Blob(['secret']), 'a.txt');
  const sent = await fetch(`${usher.url}/api/v1/attachments`, {
    ...{ method: 'POST', body: form, headers: { authorization: `Bearer ${token}` } },
  });
  const file = (await sent.json()) as { id: string };
  const base = `w/${workspaceId}/server`;
  const look = async () => [
    await mayPublish(usher, user.agentId, `${base}/agents/${user.agentId}/attendants/online`),
    await mayPublish(usher, sessionId, `${base}/sessions/request`),
    (await usher.call('GET', `/attachments/${file.id}/a.txt`, { token: null })).status,
  ];
  expect(await look()).toEqual([{ result: 'allow' }, { result: 'allow' }, 200]);
  const { pool } = usher.database;
  const holder = await pool.connect();
  onTestFinished(() => holder.release());
  // Its rows stay for as long as the test looks: files are deleted before agents and sessions.
  await holder.query('begin; lock table attachment in share mode');
  const path = `${WORKSPACES}/${workspaceId}?confirm=acme`;
  expect((await usher.call('DELETE', path, { token: OPERATOR })).status).toBe(204);
  expect(await look()).toEqual([{ result: 'deny' }, { result: 'deny' }, 404]);
  // Made by a request that was under way.
  const late = 'a-token-that-came-late';
  await pool.query(
    `insert into token (workspace_id, token_id, name, role, hash) values ($1, $1, 'late', 'admin', $2)`,
    [workspaceId, hashSecret(late)],
  );
  expect((await usher.call('GET', '/api/v1/agents', { token: late })).status).toBe(401);
  await holder.query('commit');
});

test('the default workspace stays, and only the operator’s token does any of this', async () => {
  const usher = await startWithOperator();
  const { items } = (await usher.call('GET', WORKSPACES, { token: OPERATOR })).body as {
    items: { id: string }[];
  };
  const path = `${WORKSPACES}/${items[0]?.id}?confirm=default`;
  const answer = await usher.call('DELETE', path, { token: OPERATOR });
  expect(answer.body).toMatchObject({ status: 409, code: 'workspace.is-default' });
  expect((await usher.call('GET', WORKSPACES)).body).toMatchObject({
    code: 'operator.token-invalid',
  });
});

test('secrets are sealed with the operator’s key on demand', async () => {
  const usher = await startWithOperator({ USHER_SECRET_KEY: 'k'.repeat(32) });
  const { body } = await usher.call('POST', '/api/v1/operator/secrets/rotation', {
    token: OPERATOR,
  });
  expect(body).toMatchObject({ secrets: { plain: 0, old: 0 } });
});
