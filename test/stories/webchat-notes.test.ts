// Notes are for colleagues: a visitor hears nothing of them, and misses nothing in the numbers.
import { expect, test } from 'vitest';
import { startTestUsher } from '../makers/start-test-usher.ts';
import { connectAgent, connectVisitor } from '../makers/web-client.ts';

interface Numbered {
  seq: number;
  kind: string;
  text: string;
}

async function makeTalk() {
  const usher = await startTestUsher();
  const agent = await connectAgent(usher);
  await agent.beat();
  const visitor = await connectVisitor(usher, { customer: { id: 'c1' } });
  const { sessionTopic, sessionId, mqtt } = visitor.session;
  const topic = `${sessionTopic}/server/messages`;
  const heard = (content: string) =>
    visitor.hears(`${sessionTopic}/messages`, ({ message }) => message.content === content);
  const say = async (who: typeof agent | typeof visitor, content: string) => {
    await who.say(topic, { content });
    await heard(content);
  };
  await say(visitor, 'one');
  await agent.receives();
  const [conversation] = await usher.conversations('assigned');
  const path = `/api/v1/conversations/${conversation?.id}`;
  const note = async (text: string) => {
    const answer = await usher.call('POST', `${path}/notes`, { body: { text } });
    expect(answer.status, answer.text).toBeLessThan(300);
  };
  const fetchAs = async (token: string, query = '') => {
    const { body } = await usher.call('GET', `/session/${sessionId}/messages${query}`, { token });
    return (body as { message: { seq: number; content: string; readAt: number | null } }[]).map(
      ({ message }) => message,
    );
  };
  const fetch = (query = '') => fetchAs(mqtt.password, query);
  return { usher, agent, visitor, sessionTopic, sessionId, say, note, fetch, path };
}

test('a visitor counts 1, 2, 3 although notes were written in between, and agents count everything', async () => {
  const { usher, agent, visitor, sessionTopic, sessionId, say, note, fetch, path } =
    await makeTalk();
  await note('he is angry');
  await say(agent, 'two');
  await note('still angry');
  await note('very');
  await say(visitor, 'three');
  await note('calm now');
  const told = visitor.heard.filter(({ topic }) => topic === `${sessionTopic}/messages`);
  expect(told.map(({ body }) => [body.message.seq, body.message.content])).toEqual([
    [1, 'one'],
    [2, 'two'],
    [3, 'three'],
  ]);
  expect(told.at(-1)?.body.sessionInfo.lastSeq).toBe(3);
  await visitor.say('server/sessions/online', { sessionId, customer: { id: 'c1' } });
  const update = await visitor.hears(
    `${sessionTopic}/client/control`,
    ({ instruction }) => instruction === 'session/update',
  );
  expect(update.sessionInfo.lastSeq).toBe(3);
  expect(JSON.stringify(visitor.heard)).not.toMatch(/angry|very|calm/);
  const all = [
    [3, 'three'],
    [2, 'two'],
    [1, 'one'],
  ];
  const numbers = async (query: string) =>
    (await fetch(query)).map(({ seq, content }) => [seq, content]);
  expect(await numbers('')).toEqual(all);
  expect(await numbers('?afterSeq=0')).toEqual(all.toReversed());
  expect(await numbers('?afterSeq=1')).toEqual(all.slice(0, 2).toReversed());
  expect(await numbers('?afterSeq=2')).toEqual(all.slice(0, 1));
  expect(await numbers('?afterSeq=3')).toEqual([]);
  const { body } = await usher.call('GET', `${path}/messages`);
  const { items } = body as { items: Numbered[] };
  expect(items.map(({ seq, kind }) => `${seq} ${kind}`)).toEqual([
    ...['1 text', '2 note', '3 text', '4 note', '5 note', '6 text', '7 note'],
  ]);
});

test('what was read is told in the numbers of who is told', async () => {
  const { usher, agent, visitor, sessionTopic, say, note, fetch } = await makeTalk();
  await note('first');
  await say(agent, 'two');
  await note('second');
  await say(visitor, 'three');
  const viewed = `${sessionTopic}/messages/viewed`;
  await visitor.say(`${sessionTopic}/server/viewed`, { upToSeq: 2 });
  const byVisitor = await agent.hears(viewed);
  expect(byVisitor).toMatchObject({ upToSeq: 2, session: { readSeq: { customer: 2 } } });
  expect(byVisitor.readMessages.map(({ seq }: Numbered) => seq)).toEqual([2]);
  expect(await usher.conversations('assigned')).toMatchObject([{ contactReadSeq: 3 }]);
  await agent.say(`${sessionTopic}/server/viewed`, { upToSeq: 99 });
  await visitor.hears(viewed, ({ upToSeq }) => upToSeq === 3);
  const readAt = (await fetch('?afterSeq=0')).map((message) => message.readAt !== null);
  expect(readAt).toEqual([true, true, true]);
  // A mark never goes back.
  await visitor.say(`${sessionTopic}/server/viewed`, { upToSeq: 1 });
  await say(agent, 'four');
  expect(agent.heard.filter(({ topic }) => topic === viewed)).toHaveLength(2);
});
