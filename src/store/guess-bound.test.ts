// A message that nobody is told takes the shorter statement, and none is lost to an endpoint that was just bound.
/// <reference types="vite/client" />
import { v7 as uuid } from 'uuid';
import { expect, test } from 'vitest';
import { makeChannel, makeConversation } from '../../test/makers/make-conversation.ts';
import { makeDesk, type TestDesk } from '../../test/makers/make-desk.ts';
import { makeEndpoint } from '../../test/makers/make-endpoint.ts';
import { promising } from '../../test/makers/promising.ts';
import { updateEndpoint } from '../desk/change-endpoint.ts';
import { sayMessage } from '../desk/say-message.ts';
import { appendMessageRow } from './messages.ts';
import { allStatements } from './sql.ts';
import { type Tx, withTx } from './tx.ts';

const events = ['message.created'];

type Say = (text: string) => Promise<unknown>;

/** Both ways in which a contact says something, with the statements that were run. */
async function startSaying(world: TestDesk): Promise<Record<string, { say: Say; ran: string[] }>> {
  const { database, workspaceId } = world;
  const conversationId = await makeConversation(world, await makeChannel(world));
  const { rows } = await database.pool.query('select contact_id from conversation');
  const by = { workspaceId, conversationId, authorKind: 'contact' } as const;
  const word = { ...by, attachments: [], clientMessageId: null };
  const alone: string[] = [];
  const together: string[] = [];
  const noting = <On extends { query: unknown }>(on: On, ran: string[]): On => {
    const query = (...args: [{ name?: string }, ...unknown[]]) => {
      if (args[0].name !== undefined) ran.push(args[0].name);
      return (on.query as (...all: unknown[]) => unknown).call(on, ...args);
    };
    return Object.assign(Object.create(on as object), { query });
  };
  const desk = { ...world.desk, db: noting(database.pool, together) };
  return {
    alone: {
      ran: alone,
      say: (text) =>
        withTx(database.pool, (tx: Tx) =>
          appendMessageRow(promising(noting(tx, alone)), {
            ...{ ...word, authorId: null, text, messageId: uuid(), kind: 'text', late: false },
          }),
        ),
    },
    together: {
      ran: together,
      say: (text) =>
        sayMessage(desk, {
          ...{ ...word, authorId: rows[0].contact_id, text, sessionId: null, isRepeat: false },
        }),
    },
  };
}

async function listTold({ database }: TestDesk): Promise<string[]> {
  const { rows } = await database.pool.query(
    `select payload #>> '{data,text}' as text from delivery where event_id is not null order by delivery_id`,
  );
  return rows.map(({ text }) => text);
}

test.each([
  ['alone', 'append-message'],
  ['together', 'say-messages'],
])('what is said %s reaches an endpoint from its binding on', async (way, name) => {
  const world = await makeDesk();
  const { say, ran } = (await startSaying(world))[way] as { say: Say; ran: string[] };
  await say('before');
  expect(ran.splice(0)).toEqual([`${name}-untold`]);
  const endpointId = await makeEndpoint(world, { events });
  await say('first');
  expect(ran.splice(0)).toEqual([`${name}-untold`, name]);
  await say('second');
  expect(ran.splice(0)).toEqual([name]);
  expect(await listTold(world)).toEqual(['first', 'second']);
  const key = { workspaceId: world.workspaceId, endpointId, actor: 'test' };
  await updateEndpoint(world.desk, key, { events: ['conversation.closed'] });
  await say('after');
  await say('later');
  expect(ran).toEqual([name, `${name}-untold`]);
  expect(await listTold(world)).toEqual(['first', 'second']);
  const { rows } = await world.database.pool.query('select text from message order by seq');
  expect(rows.map(({ text }) => text)).toEqual(['before', 'first', 'second', 'after', 'later']);
});

test('what was said before is looked up only by statements that may give a conversation', async () => {
  const rooms = import.meta.glob(['./*.ts', '!**/*.test.ts']);
  for (const load of Object.values(rooms)) await load();
  const reading = [...allStatements().values()].filter(({ text }) =>
    text.includes(`'history', (select`),
  );
  const ofAnyType = [
    'append-conversation-event',
    'return-to-queue',
    'tell-silence',
    'tell-targets',
  ];
  const giving = ['', '-limited', '-placed', '-placed-limited', '-placed-unseen'];
  const expected = [...ofAnyType, ...giving.map((kind) => `claim${kind}`)];
  expect(reading.map(({ name }) => name).toSorted()).toEqual(expected.toSorted());
});
