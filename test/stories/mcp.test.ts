// A model in another process uses Usher by the Model Context Protocol, with the protocol's own client.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { expect, onTestFinished, test } from 'vitest';
import { startTestUsher, type TestUsher, TOKEN } from '../makers/start-test-usher.ts';

const USHER = join(import.meta.dirname, '../../src/cli/usher.ts');
const WRITING = ['add_note', 'assign', 'close', 'label', 'requeue', 'transfer'];

interface Model {
  names(): Promise<string[]>;
  /** What the tool answers, or says of its failure. */
  // biome-ignore lint/suspicious/noExplicitAny: whatever came, as tests look into it
  use(tool: string, given?: object): Promise<{ failed: boolean; text: string; answer: any }>;
}

async function connect(
  { url }: Pick<TestUsher, 'url'>,
  { token = TOKEN, write = false }: { token?: string; write?: boolean } = {},
): Promise<Model> {
  const client = new Client({ name: 'test', version: '1.0.0' });
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [USHER, 'mcp', ...(write ? ['--write'] : [])],
    env: { PATH: process.env.PATH ?? '', USHER_URL: url, USHER_TOKEN: token },
    stderr: 'inherit',
  });
  await client.connect(transport);
  onTestFinished(() => client.close());
  return {
    names: async () => (await client.listTools()).tools.map(({ name }) => name).sort(),
    use: async (name, given = {}) => {
      const { content, isError } = await client.callTool({ name, arguments: { ...given } });
      const [first] = content as { text: string }[];
      const text = first?.text ?? '';
      const failed = isError === true;
      return { failed, text, answer: failed ? null : JSON.parse(text) };
    },
  };
}

async function begin() {
  const usher = await startTestUsher();
  const post = async <T>(path: string, body: object): Promise<T> => {
    const answer = await usher.call('POST', path, { body });
    expect(answer.status, answer.text).toBeLessThan(300);
    return answer.body as T;
  };
  const channel = await post<{ id: string }>('/api/v1/channels', { kind: 'api', name: 'Shop' });
  const open = async (nth: number) =>
    post<{ id: string }>(`/api/v1/channels/${channel.id}/conversations`, {
      externalId: `case-${nth}`,
      contact: { externalId: `customer-${nth}`, name: `Customer ${nth}` },
      message: { text: `Where is parcel ${nth}?` },
    });
  const hire = async (name: string) =>
    post<{ id: string }>('/api/v1/agents', { name, capacity: 3 });
  const tokenOf = async (body: object) =>
    (await post<{ token: string }>('/api/v1/tokens', { name: 'Model', ...body })).token;
  const audited = async () => {
    const { body } = await usher.call('GET', '/api/v1/audit');
    return (body as { items: { action: string; actor: string; change: object }[] }).items
      .filter(({ action }) => action === 'tool.called')
      .map(({ change }) => change)
      .reverse();
  };
  return { usher, open, hire, tokenOf, audited };
}

test('without --write a model finds tools that read, and no others', async () => {
  const { usher } = await begin();
  const reads = await (await connect(usher)).names();
  expect(reads).toEqual(
    ['list_agents', 'list_conversations', 'policy', 'queue', 'read_conversation', 'report'].concat(
      ...['simulate', 'try_policy', 'why', 'why_not'],
    ),
  );
  const all = await (await connect(usher, { write: true })).names();
  expect(all).toEqual([...reads, ...WRITING].sort());
});

test('a model simulates a centre within its bounds, and is told what is wrong with a scenario', async () => {
  const { usher, audited } = await begin();
  const model = await connect(usher);
  const kind = { name: 'all', rate: 0.8, service: { exponential: 1 } };
  const scenario = { arrivals: 5000, kinds: [kind], agents: [{ name: 'agent' }] };
  const { answer } = await model.use('simulate', { scenario });
  expect(answer).toMatchObject({ kinds: { all: { arrived: 5000 } }, overCapacity: 0 });
  expect((await model.use('simulate', { scenario: {} })).answer.faults).toMatchObject([
    { path: '', detail: expect.stringContaining('arrivals') },
    { path: '' },
    { path: '' },
  ]);
  const many = await model.use('simulate', { scenario: { ...scenario, arrivals: 1_000_000 } });
  expect(many).toMatchObject({ failed: true, text: expect.stringContaining('200000 arrivals') });
  expect(await audited()).toHaveLength(3);
});

test('what the tools that read answer is what the API answers', async () => {
  const { usher, open, hire } = await begin();
  const { id } = await open(1);
  const ana = await hire('Ana');
  const model = await connect(usher);
  const api = async (path: string) => (await usher.call('GET', path)).body;
  expect((await model.use('list_conversations', { state: 'waiting' })).answer).toEqual(
    await api('/api/v1/conversations?state=waiting&limit=20'),
  );
  const read = (await model.use('read_conversation', { id })).answer;
  expect(read.conversation).toEqual(await api(`/api/v1/conversations/${id}`));
  expect(read.messages).toMatchObject([{ text: 'Where is parcel 1?' }]);
  const why = (await model.use('why', { id })).answer.explanation as string[];
  const { explanation } = (await api(`/api/v1/conversations/${id}/decisions`)) as {
    explanation: string[];
  };
  // It tells for how long it has waited.
  const timeless = (sentences: string[]) => sentences.join().replace(/\d+/g, 'n');
  expect(timeless(why)).toBe(timeless(explanation));
  const against = (await model.use('why_not', { id, agentId: ana.id })).answer;
  expect(against.explanation.join()).toContain('offline');
  expect((await model.use('queue')).answer).toMatchObject({ waiting: 1, agentsOnline: 0 });
  expect((await model.use('list_agents')).answer.items).toMatchObject([{ name: 'Ana' }]);
  const now = (await model.use('policy')).answer;
  const tried = await model.use('try_policy', { policy: now.policy });
  expect(tried, tried.text).toMatchObject({ failed: false });
  const span = { from: '2026-01-01T00:00:00Z', to: '2026-02-01T00:00:00Z' };
  for (const [kind, more] of [
    ['conversations', { by: 'day' }],
    ['answers', { by: 'plan', per: 'day' }],
    ['offers', {}],
    ['occupancy', { by: 'team', per: 'span' }],
    ['statuses', { by: 'day' }],
    ['adherence', {}],
    ['fairness', {}],
  ] as const) {
    const report = await model.use('report', { kind, ...span, ...more });
    expect(report, `${kind}: ${report.text}`).toMatchObject({ failed: false });
  }
});

test('each use is on record with what it was given, before it acts', async () => {
  const { usher, open, hire, audited } = await begin();
  const { id } = await open(1);
  const ana = await hire('Ana');
  await usher.call('PATCH', `/api/v1/agents/${ana.id}`, { body: { answersHere: true } });
  const model = await connect(usher, { write: true });
  await model.use('queue');
  const done = await model.use('assign', { id, agentId: ana.id });
  expect(done, done.text).toMatchObject({ failed: false, answer: { agentId: ana.id } });
  const nobody = '00000000-0000-4000-8000-000000000000';
  const refused = await model.use('assign', { id, agentId: nobody });
  expect(refused).toMatchObject({ failed: true });
  expect(refused.text).toContain('There is no agent');
  expect(await audited()).toEqual([
    { tool: 'queue' },
    { tool: 'assign', input: JSON.stringify({ id, agentId: ana.id }) },
    { tool: 'assign', input: JSON.stringify({ id, agentId: nobody }) },
  ]);
});

test('a use that cannot be recorded does nothing', async () => {
  const { usher, open, tokenOf } = await begin();
  const { id } = await open(1);
  const scopes = ['read', 'conversations.work', 'conversations.force'];
  const token = await tokenOf({ role: 'admin', scopes });
  const model = await connect(usher, { token, write: true });
  const refused = await model.use('close', { id });
  expect(refused).toMatchObject({ failed: true });
  expect(await usher.conversations('closed')).toHaveLength(0);
});

test('a model sees no more than the agent whose token it has', async () => {
  const { usher, open, hire, tokenOf } = await begin();
  await usher.call('PATCH', '/api/v1/settings', { body: { agentsSee: 'own-and-teams' } });
  const { id } = await open(1);
  const [ana, budi] = [await hire('Ana'), await hire('Budi')];
  await usher.call('POST', `/api/v1/conversations/${id}/assign`, {
    body: { agentId: budi.id, force: true },
  });
  const token = await tokenOf({ role: 'agent', agentId: ana.id });
  const model = await connect(usher, { token, write: true });
  expect((await model.use('list_conversations')).answer.items).toEqual([]);
  expect((await model.use('read_conversation', { id })).failed).toBe(true);
  expect((await model.use('policy')).failed).toBe(true);
  expect((await model.use('close', { id })).failed).toBe(true);
  expect(await usher.conversations('closed')).toHaveLength(0);
});

test('what no tool takes is refused in words, and nothing is asked of the server', async () => {
  const { usher, audited } = await begin();
  const model = await connect(usher, { write: true });
  for (const [tool, given] of [
    ['why', {}],
    ['why', { id: 'the last one' }],
    ['queue', { all: true }],
    ['list_conversations', { limit: 5000 }],
    ['label', { id: '00000000-0000-4000-8000-000000000000', priority: 'most' }],
  ] as const) {
    const answer = await model.use(tool, given).catch((error: Error) => ({
      ...{ failed: true, text: error.message },
    }));
    expect(answer.failed, tool).toBe(true);
    expect(answer.text, tool).toMatch(/./);
  }
  expect(await audited()).toEqual([]);
});

test('a model that asks without end is told to wait, and the log keeps what it asked before', async () => {
  const { usher, audited } = await begin();
  const call = () =>
    usher.call('POST', '/api/v1/tool-calls', { body: { tool: 'queue', input: {} } });
  for (let nth = 0; nth < 600; nth += 1) expect((await call()).status).toBe(204);
  const model = await connect(usher);
  expect(await model.use('queue')).toMatchObject({ failed: true });
  expect((await audited()).length).toBeGreaterThan(0);
  await usher.clock.advance(600_000);
  expect(await model.use('queue')).toMatchObject({ failed: false });
});

test('of a deep and long input the log keeps what it can', async () => {
  const { usher, audited } = await begin();
  const deep = `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`;
  for (const input of [deep, JSON.stringify({ text: 'x\u0000'.repeat(50_000) })]) {
    const answer = await fetch(new URL('/api/v1/tool-calls', usher.url), {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
      body: `{"tool":"queue","input":${input}}`,
    });
    expect(answer.status, await answer.text()).toBe(204);
  }
  for (const { input } of (await audited()) as { input: string }[]) {
    expect(input.length).toBeLessThanOrEqual(4000);
  }
});

test('without a server a model is told how to start it', async () => {
  const model = await connect({ url: 'http://127.0.0.1:9' });
  const answer = await model.use('queue');
  expect(answer).toMatchObject({ failed: true });
  expect(answer.text).toContain('npm start');
});

test('without a token of its own a model gets none: not the admin’s, which other commands use', async () => {
  const { usher } = await begin();
  const env = { ...process.env, USHER_URL: usher.url, USHER_ADMIN_TOKEN: TOKEN, USHER_TOKEN: '' };
  const refused = spawnSync(process.execPath, [USHER, 'mcp'], { env, encoding: 'utf8' });
  expect(refused.status).toBe(2);
  expect(refused.stderr).toContain('USHER_TOKEN');
});
