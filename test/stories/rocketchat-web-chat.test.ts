// A visitor of the web chat whom agents answer in Rocket.Chat.
import { expect, test } from 'vitest';
import { eventually } from '../makers/start-test-usher.ts';
import { type RocketDesk, startWithRocketChat } from '../makers/start-with-rocketchat.ts';
import { upload } from '../makers/upload.ts';
import { connectVisitor, type VisitorClient } from '../makers/web-client.ts';

/** What a browser's visitor hears: texts, and names of files. */
const heardBy = (visitor: VisitorClient): string[] =>
  visitor.heard
    .filter(({ topic }) => topic === `${visitor.session.sessionTopic}/messages`)
    .map(({ body }) => body.message)
    .filter(({ from }) => from.id !== visitor.session.customerId)
    .map(
      ({ content, attachments }) =>
        content || attachments.map((one: { name: string }) => one.name).join(),
    );

const write = (visitor: VisitorClient, content: string, attachments: string[] = []) =>
  visitor.say(`${visitor.session.sessionTopic}/server/messages`, { content, attachments });

const isClosed = (visitor: VisitorClient) =>
  visitor.hears(
    `${visitor.session.sessionTopic}/client/control`,
    ({ instruction }) => instruction === 'session/closed',
  );

/** The visitor's open conversation, once an agent over there has it. */
async function placed(desk: RocketDesk) {
  const [open] = await eventually(
    () => desk.usher.conversations('assigned'),
    (found) => found.length === 1,
  );
  const id = open?.id ?? '';
  return { id, room: await desk.placed(id) };
}

async function begin() {
  const desk = await startWithRocketChat();
  const visitor = await connectVisitor(desk.usher, { customer: { id: 'nina', name: 'Nina' } });
  await write(visitor, 'Hello');
  const { id, room } = await placed(desk);
  await eventually(
    () => desk.said(id),
    (said) => said.includes('Hello'),
  );
  return { desk, visitor, id, room };
}

test('what a visitor writes reaches the agent in Rocket.Chat, and the answer the visitor', async () => {
  const { desk, visitor, room, id } = await begin();
  expect(room.servedBy?.username).toBe('agent.1');
  expect(room.fname).toBe('Nina');
  desk.rocket.people.answer('agent.1', room._id, 'Hi Nina');
  await visitor.hears(
    `${visitor.session.sessionTopic}/messages`,
    ({ message }) => message.content === 'Hi Nina',
  );
  await write(visitor, 'Where is my parcel?');
  await eventually(
    () => desk.said(id),
    (said) => said.at(-1) === 'Where is my parcel?',
  );
  expect(desk.said(id)).toEqual(['Hello', 'Hi Nina', 'Where is my parcel?']);
});

test('files go both ways', async () => {
  const { desk, visitor, room } = await begin();
  const { body } = await upload(desk.usher, visitor.session, {
    ...{ bytes: 'the bill', name: 'bill.txt', type: 'text/plain' },
  });
  await write(visitor, '', [body.id]);
  const { files } = desk.rocket.world.state;
  await eventually(
    () => files.size,
    (count) => count === 1,
  );
  const [sent] = [...files.values()];
  expect(sent).toMatchObject({ rid: room._id, name: 'bill.txt' });
  expect(sent?.bytes.toString()).toBe('the bill');
  const bytes = Buffer.from('a map');
  desk.rocket.people.upload('agent.1', room._id, { name: 'map.txt', type: 'text/plain', bytes });
  const { message } = await visitor.hears(
    `${visitor.session.sessionTopic}/messages`,
    ({ message: { attachments } }) => attachments[0]?.name === 'map.txt',
  );
  const fetched = await fetch(new URL(message.attachments[0].url, desk.usher.url));
  expect(await fetched.text()).toBe('a map');
});

test('an agent’s closing over there ends the visitor’s session, and what comes next is another room', async () => {
  const { desk, visitor, room, id } = await begin();
  desk.rocket.people.answer('agent.1', room._id, 'Bye');
  desk.rocket.people.close('agent.1', room._id, 'Done');
  await isClosed(visitor);
  expect(heardBy(visitor)).not.toContain('Done');
  await write(visitor, 'One more thing');
  const second = await placed(desk);
  expect(second.id).not.toBe(id);
  expect(second.room._id).not.toBe(room._id);
  expect(second.room.v.token).not.toBe(room.v.token);
  await eventually(
    () => desk.said(second.id),
    (said) => said.length === 1,
  );
  expect(desk.said(second.id)).toEqual(['One more thing']);
  desk.rocket.people.answer('agent.1', second.room._id, 'Yes?');
  await eventually(
    () => heardBy(visitor),
    (heard) => heard.includes('Yes?'),
  );
  expect(heardBy(visitor).filter((text) => ['Bye', 'Yes?'].includes(text))).toEqual([
    'Bye',
    'Yes?',
  ]);
});

test('a visitor’s end closes the room as the visitor, and leaves the agent’s place free', async () => {
  const { desk, visitor, room } = await begin();
  const { sessionId } = visitor.session;
  await visitor.say('server/sessions/close', { sessionId });
  await isClosed(visitor);
  await eventually(
    () => room.open,
    (open) => open !== true,
  );
  expect(room.closer).toBe('visitor');
  await eventually(desk.listAgents, ([agent]) => agent?.load === 0);
});

test('a visitor is told that somebody is there while an agent over there is', async () => {
  const desk = await startWithRocketChat();
  const { body } = await desk.usher.call('GET', '/api/v1/channels');
  const { items } = body as { items: { id: string; kind: string }[] };
  const channelId = items.find(({ kind }) => kind === 'webchat')?.id ?? '';
  const look = async () => {
    const path = `/widget/config?channelId=${channelId}`;
    const config = await desk.usher.call('GET', path, { token: null });
    return (config.body as { presence: { state: string } }).presence.state;
  };
  await eventually(look, (state) => state === 'here');
  desk.rocket.people.setStatus('agent.1', { statusLivechat: 'not-available' });
  await desk.looked();
  await eventually(look, (state) => state === 'away');
});
