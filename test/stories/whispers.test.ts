// A supervisor writes to whoever has a conversation, beside it. Agents alone ever see what is written.
import { expect, test } from 'vitest';
import { startReceiver } from '../../sandbox/receiver/start-receiver.ts';
import { bindableTypes } from '../../src/contract/event-types.ts';
import { startDeskOfThree } from '../makers/start-desk-of-three.ts';
import { eventually } from '../makers/start-test-usher.ts';

const SECRET_WORDS = 'Offer him ten percent, no more';

test('a whisper is a note to the agent, seen by agents and told to no page, visitor, transcript, webhook or export', async () => {
  const receiver = await startReceiver({ secrets: ['topsecret'] });
  const desk = await startDeskOfThree({ USHER_ALLOW_PRIVATE_NETWORKS: '127.0.0.0/8' });
  const { usher, ana, susi, visitor, as, messages, events, read } = desk;
  const endpoint = await usher.call('POST', '/api/v1/endpoints', {
    body: { url: `${receiver.url}/hook`, secret: 'topsecret', events: bindableTypes },
  });
  expect(endpoint.status, endpoint.text).toBe(201);
  const said = await as(susi, 'POST', '/whisper', { text: SECRET_WORDS });
  expect(said.status, said.text).toBe(201);
  const { messageId } = said.body as { messageId: string };
  expect((await messages(ana)).at(-1)).toMatchObject({
    ...{ id: messageId, kind: 'note', mark: 'whisper', text: SECRET_WORDS, delivery: null },
    ...{ authorId: susi.agentId, toAgentIds: [ana.agentId] },
  });
  const { whisper } = await read(ana);
  expect(whisper).toMatchObject({ agentId: ana.agentId, by: `agent:${susi.agentId}` });
  const event = (await events()).find(({ type }) => type === 'conversation.whispered');
  expect(event?.data).toEqual({
    ...{ toAgentId: ana.agentId, messageId, messageSeq: whisper?.seq },
    by: `agent:${susi.agentId}`,
  });
  expect(JSON.stringify(await events())).not.toContain('ten percent');

  // What is said afterwards has arrived everywhere, so the whisper would have too.
  await as(ana, 'POST', '/messages', { text: 'After it' });
  const { sessionTopic, customerId } = visitor.session;
  await visitor.hears(`${sessionTopic}/messages`, (body) =>
    JSON.stringify(body).includes('After it'),
  );
  await as(ana, 'POST', '/close', {});
  const bodies = () => receiver.requests.map(({ body }) => body.toString());
  await eventually(
    async () => bodies(),
    (all) => all.some((body) => body.includes('session_state_close')),
  );
  await eventually(
    async () => bodies(),
    (all) => all.some((body) => body.includes('conversation.whispered')),
  );
  const page = await usher.call('GET', `/customer/${customerId}/messages`, { token: null });
  const span = 'from=2020-01-01T00:00:00Z&to=2100-01-01T00:00:00Z';
  const exported = await usher.call('GET', `/api/v1/export?${span}`);
  expect(exported.text).toContain('After it');
  const seen = {
    topics: JSON.stringify(visitor.heard),
    page: page.text,
    export: exported.text,
    webhooks: bodies().join(),
  };
  for (const [where, text] of Object.entries(seen)) {
    expect(text, where).not.toContain('ten percent');
  }
  expect(bodies().join()).toContain('After it');
  await receiver.stop();
});

test('the visitor’s own numbers have no gap where something was whispered', async () => {
  const { ana, susi, visitor, as } = await startDeskOfThree();
  await as(ana, 'POST', '/messages', { text: 'one' });
  await as(susi, 'POST', '/whisper', { text: SECRET_WORDS });
  await as(ana, 'POST', '/messages', { text: 'two' });
  const { sessionTopic } = visitor.session;
  const seqOf = async (text: string) =>
    (await visitor.hears(`${sessionTopic}/messages`, (body) => body.message?.content === text))
      .message.seq as number;
  expect((await seqOf('two')) - (await seqOf('one'))).toBe(1);
});

test('agents do not whisper, nobody to themselves, to nobody, or after the end', async () => {
  const { ana, budi, susi, as, events, messages, setAgent } = await startDeskOfThree();
  const before = [await events(), await messages()];
  for (const who of [ana, budi]) {
    const denied = await as(who, 'POST', '/whisper', { text: 'psst' });
    expect(denied).toMatchObject({ status: 403, body: { code: 'role.insufficient' } });
  }
  for (const text of ['', ' \n', 'x'.repeat(4001), 'a\u0000b', 7]) {
    expect((await as(susi, 'POST', '/whisper', { text })).status, String(text)).toBe(400);
  }
  expect([await events(), await messages()]).toEqual(before);
  // Of no agent, but a supervisor all the same.
  expect((await as(null, 'POST', '/whisper', { text: 'from the admin' })).status).toBe(201);
  expect((await messages()).at(-1)).toMatchObject({ authorKind: 'user', authorId: null });
  await as(susi, 'POST', '/take-over');
  expect((await as(susi, 'POST', '/whisper', { text: 'me' })).body).toMatchObject({
    code: 'whisper.to-oneself',
  });
  await setAgent(ana, { availability: 'away' });
  await as(susi, 'POST', '/requeue', {});
  expect((await as(susi, 'POST', '/whisper', { text: 'who?' })).body).toMatchObject({
    code: 'conversation.not-assigned',
  });
  await as(susi, 'POST', '/close', {});
  expect((await as(susi, 'POST', '/whisper', { text: 'late' })).body).toMatchObject({
    code: 'conversation.closed',
  });
});
