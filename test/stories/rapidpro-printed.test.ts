// The requests that the README of the RapidPro Tickets app prints, byte by byte, and the answers it prints for them.
import { expect, test } from 'vitest';
import type { Conversation } from '../../src/contract/conversation.ts';
import type { Message } from '../../src/contract/messages.ts';
import { type RapidPro, startRapidPro } from '../makers/start-rapidpro.ts';

const AUTHORIZATION = 'Token PMgASmAH4ktSXG97';

// As printed, with `<host>` and `<UUID>` filled in.
const settings = `{
            "webhook": {
                "url": "https://rapidpro.example/mr/tickets/types/rocketchat/4e9aa1f2-5d1c-4a3e-9c57-1f0d4f4f7b10/event"
            }
        }`;

// A comma added after "1234", one taken away after `"bar": "foo"`.
const room = `{
            "ticketId": "11137eb1-c831-4ddc-ba26-0bb77837f15e",
            "priority": "high",
            "sessionStart": "2020-07-17 10:28",
            "visitor": {
                "token": "1234",
                "contactUuid": "88ff1e41-c1f8-4637-af8e-d56acbde9171",
                "deparment": "Foo",
                "name": "John Doe",
                "email": "john.doe@mail.com",
                "phone": "+15417543010",
                "customFields": {
                    "foo": "bar",
                    "bar": "foo"
                }
            }
        }`;

// The comma after "1234" taken away.
const close = `{
            "visitor": {
                "token": "1234"
            }
        }`;

// The comma after "1234" taken away.
const message = `{
            "visitor": {
                "token": "1234"
            },
            "text": "Hi!"
        }`;

async function startPrinted(): Promise<{
  usher: RapidPro['usher'];
  send: (method: string, path: string, body?: string) => ReturnType<RapidPro['call']>;
}> {
  const { usher, addChannel } = await startRapidPro();
  const { call } = await addChannel({ secret: 'PMgASmAH4ktSXG97' });
  return {
    usher,
    send: (method, path, body) => call(method, path, { authorization: AUTHORIZATION, body }),
  };
}

test('the printed secret check is answered 204 No Content', async () => {
  const { send } = await startPrinted();
  expect(await send('GET', '/secret.check')).toMatchObject({ status: 204, text: '' });
});

test('the printed settings are answered 204 No Content', async () => {
  const { send } = await startPrinted();
  expect(await send('PUT', '/settings', settings)).toMatchObject({ status: 204, text: '' });
});

test('the printed room is opened: 200 with an id, and everything printed is kept', async () => {
  const { send, usher } = await startPrinted();
  const answer = await send('GET', '/room', room);
  expect(answer).toMatchObject({ status: 200, body: { id: expect.stringMatching(/./) } });
  const { id } = answer.body as { id: string };
  const { body } = await usher.call('GET', `/api/v1/conversations/${id}`);
  expect(body as Conversation).toMatchObject({
    state: 'waiting',
    priority: 'high',
    externalId: '11137eb1-c831-4ddc-ba26-0bb77837f15e',
    meta: { sessionStart: '2020-07-17 10:28' },
    contact: {
      externalId: '1234',
      name: 'John Doe',
      email: 'john.doe@mail.com',
      phone: '+15417543010',
    },
  });
});

test('the printed visitor message is answered 201 Created with an id, and is there', async () => {
  const { send, usher } = await startPrinted();
  const { id } = (await send('GET', '/room', room)).body as { id: string };
  const answer = await send('POST', '/visitor-message', message);
  expect(answer).toMatchObject({ status: 201, body: { id: expect.stringMatching(/./) } });
  const { body } = await usher.call('GET', `/api/v1/conversations/${id}/messages`);
  const said = (body as { items: Message[] }).items.filter(({ kind }) => kind === 'text');
  expect(said).toMatchObject([{ authorKind: 'contact', text: 'Hi!' }]);
});

test('the printed close is answered 204 No Content, and the room is closed', async () => {
  const { send, usher } = await startPrinted();
  const { id } = (await send('GET', '/room', room)).body as { id: string };
  expect(await send('GET', '/room.close', close)).toMatchObject({ status: 204, text: '' });
  const { body } = await usher.call('GET', `/api/v1/conversations/${id}`);
  expect(body as Conversation).toMatchObject({ state: 'closed' });
});

test('what is printed and is no JSON is refused in words, with nothing opened', async () => {
  const { send, usher } = await startPrinted();
  const printed = room.replace('"1234",', '"1234"').replace('"bar": "foo"', '"bar": "foo",');
  const answer = await send('GET', '/room', printed);
  expect(answer).toMatchObject({ status: 400, body: { error: 'Invalid JSON body' } });
  expect(await usher.conversations()).toEqual([]);
});
