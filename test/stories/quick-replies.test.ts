// Answers that are offered with a message, or with the greeting: a visitor is told of them, and nobody is told of too many.
import { expect, test } from 'vitest';
import { startTestUsher } from '../makers/start-test-usher.ts';
import { connectAgent, connectVisitor } from '../makers/web-client.ts';

async function makeTalk() {
  const usher = await startTestUsher();
  const agent = await connectAgent(usher);
  await agent.beat();
  const visitor = await connectVisitor(usher, { customer: { id: 'c1' } });
  const { sessionTopic } = visitor.session;
  await visitor.say(`${sessionTopic}/server/messages`, { content: 'Where is it?' });
  await agent.receives();
  const [conversation] = await usher.conversations('assigned');
  const path = `/api/v1/conversations/${conversation?.id}`;
  const write = (body: object, headers?: Record<string, string>) =>
    usher.call('POST', `${path}/messages`, { body, ...(headers && { headers }) });
  return { usher, visitor, sessionTopic, path, write };
}

test('a message with quick replies reaches the visitor at once and when it is fetched again', async () => {
  const { usher, visitor, sessionTopic, path, write } = await makeTalk();
  const quickReplies = ['The kettle', 'شكرًا', '<b>both</b>'];
  const { status, body } = await write({ text: 'Which one?', quickReplies });
  expect([status, (body as { quickReplies: string[] }).quickReplies]).toEqual([201, quickReplies]);
  const { message } = await visitor.hears(
    `${sessionTopic}/messages`,
    ({ message }) => message.content === 'Which one?',
  );
  expect(message.quickReplies).toEqual(quickReplies);
  const { sessionId, mqtt } = visitor.session;
  const fetched = await usher.call('GET', `/session/${sessionId}/messages?afterSeq=0`, {
    token: mqtt.password,
  });
  const all = fetched.body as { message: { quickReplies: string[] } }[];
  expect(all.map(({ message }) => message.quickReplies)).toEqual([[], quickReplies]);
  const kept = (await usher.call('GET', `${path}/messages`)).body as {
    items: { quickReplies: string[] }[];
  };
  expect(kept.items.at(-1)?.quickReplies).toEqual(quickReplies);
});

test.each([
  ['too many', Array.from({ length: 11 }, (_, nth) => `No. ${nth}`)],
  ['too long', ['x'.repeat(81)]],
  ['empty', ['']],
  ['nothing that can be seen', ['\u200b ']],
  ['the same twice', ['Yes', 'Yes']],
  ['no text', [7]],
])('%s is refused as a quick reply', async (_, quickReplies) => {
  const { write } = await makeTalk();
  const { status, body } = await write({ text: 'Which one?', quickReplies });
  expect([status, (body as { code: string }).code]).toEqual([400, 'request.invalid']);
});

test('a repeat with other quick replies is another message under a name that is taken', async () => {
  const { write } = await makeTalk();
  const name = { 'idempotency-key': crypto.randomUUID() };
  const said = { text: 'Which one?', quickReplies: ['The kettle'] };
  const first = await write(said, name);
  const again = await write(said, name);
  expect([again.status, (again.body as { id: string }).id]).toEqual([
    201,
    (first.body as { id: string }).id,
  ]);
  const other = await write({ ...said, quickReplies: ['The cup'] }, name);
  expect([other.status, (other.body as { code: string }).code]).toEqual([
    422,
    'idempotency-key.reused',
  ]);
});

test('the widget is told of the quick replies of its channel', async () => {
  const usher = await startTestUsher();
  const { body } = await usher.call('GET', '/api/v1/channels');
  const { items } = body as { items: { id: string; kind: string }[] };
  const channel = items.find(({ kind }) => kind === 'webchat');
  const read = async () =>
    (
      (await usher.call('GET', `/widget/config?channelId=${channel?.id}`, { token: null }))
        .body as {
        quickReplies: string[];
      }
    ).quickReplies;
  expect(await read()).toEqual([]);
  const change = (quickReplies: string[]) =>
    usher.call('PATCH', `/api/v1/channels/${channel?.id}`, { body: { config: { quickReplies } } });
  expect((await change(['Order', 'Return'])).status).toBe(200);
  expect(await read()).toEqual(['Order', 'Return']);
  expect((await change(['1', '2', '3', '4', '5', '6', '7'])).status).toBe(400);
  expect(await read()).toEqual(['Order', 'Return']);
});
