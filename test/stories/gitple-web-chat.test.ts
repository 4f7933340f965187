// What Gitple's receivers are told of web chat: who ended it, under which code, and what the agent answered.
import { expect, test } from 'vitest';
import type { Receiver } from '../../sandbox/receiver/start-receiver.ts';
import { eventually } from '../makers/start-test-usher.ts';
import { startWithReceiver } from '../makers/start-with-receiver.ts';
import { connectVisitor } from '../makers/web-client.ts';

interface Told {
  type: string;
  appCode: string;
  session: { reason: string; categories: string[]; meta: unknown[] };
}

/** Waits for so many closes. */
async function closes({ requests }: Receiver, count: number): Promise<Told[]> {
  const told = () =>
    requests
      .map(({ body }) => JSON.parse(body.toString()) as Told)
      .filter(({ type }) => type === 'session_state_close');
  return eventually(told, ({ length }) => length >= count);
}

test('who ends it in the widget is told as userCancel, whatever reason the client gives; who falls silent as userTimeout', async () => {
  const { usher, listen } = await startWithReceiver({ SESSION_KEEP_ALIVE_TIME: '8000' });
  const { receiver } = await listen();
  const begin = async () => {
    const visitor = await connectVisitor(usher);
    await visitor.say(`${visitor.session.sessionTopic}/server/messages`, { content: 'hello' });
    await visitor.hears(`${visitor.session.sessionTopic}/messages`);
    return visitor;
  };
  for (const [at, reason] of [undefined, 'agentTimeout', 'expired'].entries()) {
    const visitor = await begin();
    const { sessionId } = visitor.session;
    await visitor.say('server/sessions/close', { sessionId, reason });
    const told = await closes(receiver, at + 1);
    expect(told.at(-1)?.session.reason, reason).toBe('userCancel');
  }
  await begin();
  const told = await closes(receiver, 4);
  expect(told.at(-1)?.session.reason).toBe('userTimeout');
});

test('a channel is called by its appCode, by its id once that is emptied', async () => {
  const { usher, listen } = await startWithReceiver();
  const { receiver } = await listen();
  const made = await usher.call('POST', '/api/v1/channels', {
    body: { kind: 'webchat', name: 'Shop', config: { appCode: 'YOUR_OWN_APP_CODE' } },
  });
  const { id: channelId } = made.body as { id: string };
  const talk = async () => {
    const visitor = await connectVisitor(usher, { channelId });
    const { sessionTopic, sessionId } = visitor.session;
    await visitor.say(`${sessionTopic}/server/messages`, { content: 'hello' });
    await visitor.hears(`${sessionTopic}/messages`);
    await visitor.say('server/sessions/close', { sessionId });
  };
  await talk();
  expect((await closes(receiver, 1))[0]?.appCode).toBe('YOUR_OWN_APP_CODE');
  const body = { config: { appCode: '' } };
  expect((await usher.call('PATCH', `/api/v1/channels/${channelId}`, { body })).status).toBe(200);
  await talk();
  expect((await closes(receiver, 2))[1]?.appCode).toBe(channelId);
});

test('answers of the closing form arrive as items of their kind, and what was not answered as null', async () => {
  const { usher, listen, open, act } = await startWithReceiver();
  const { receiver } = await listen();
  const field = (name: string, type: string, more = {}) => ({
    ...{ name, label: `Label of ${name}`, type, required: false },
    ...more,
  });
  const options = ['Refund', 'Exchange'];
  const closeForm = [
    field('topic', 'select', { options }),
    field('other', 'select', { options }),
    field('count', 'number'),
    field('vip', 'checkbox'),
    field('story', 'textarea'),
    field('ref', 'text'),
  ];
  const set = await usher.call('PATCH', '/api/v1/settings', { body: { closeForm } });
  expect(set.status, set.text).toBe(200);
  const meta = { topic: 'Refund', count: 3, vip: true, story: 'long\nstory', extra: 'x' };
  await act(await open(), 'close', { meta, categories: ['aaa', 'bbb'] });
  const [told] = await closes(receiver, 1);
  expect(told?.session.categories).toEqual(['aaa', 'bbb']);
  expect(told?.session.meta).toEqual([
    { type: 'select', name: 'topic', value: [{ name: 'Label of topic', value: 'Refund' }] },
    { type: 'select', name: 'other', value: null },
    { type: 'input', name: 'count', value: '3' },
    { type: 'input', name: 'vip', value: 'true' },
    { type: 'textarea', name: 'story', value: 'long\nstory' },
    { type: 'input', name: 'ref', value: null },
    { type: 'input', name: 'extra', value: 'x' },
  ]);
  const items = [{ type: 'input', name: 'own', value: 'as it is' }];
  await act(await open(), 'close', { meta: items });
  expect((await closes(receiver, 2))[1]?.session.meta).toEqual(items);
});
