import { expect, test } from 'vitest';
import { makeChannel, makeConversation } from '../../test/makers/make-conversation.ts';
import { makeDesk } from '../../test/makers/make-desk.ts';
import { keepAttachment } from '../desk/keep-attachment.ts';
import { writeMessage } from '../desk/write-message.ts';
import { forgetFiles } from './forget-files.ts';

const WEEK_MINUTES = 7 * 24 * 60;

async function makeFiles() {
  const world = await makeDesk();
  const { desk, workspaceId, database } = world;
  const conversationId = await makeConversation(world, await makeChannel(world));
  return {
    keep: (createdBy = 'visitor:1'): Promise<string> =>
      keepAttachment(desk, {
        ...{ workspaceId, fileName: 'a.txt', contentType: 'text/plain' },
        ...{ content: Buffer.from('x'), createdBy },
      }),
    say: (attachmentId: string) =>
      writeMessage(desk, {
        ...{ workspaceId, conversationId, kind: 'text', text: 'look' },
        ...{ author: { kind: 'user', id: null }, speaks: true, attachmentIds: [attachmentId] },
      }),
    pass: (minutes: number) => world.clock.advance(minutes * 60_000),
    forget: () => forgetFiles(desk.db, workspaceId),
    left: async (): Promise<string[]> => {
      const { rows } = await database.pool.query('select attachment_id as id from attachment');
      return rows.map(({ id }) => id).sort();
    },
  };
}

test('a visitor’s file that no message names goes within the hour; one that was said stays and is not looked at again', async () => {
  const files = await makeFiles();
  const said = await files.keep();
  await files.keep();
  await files.say(said);
  await files.pass(1);
  const young = await files.keep();
  await files.pass(49);
  expect(await files.forget()).toBe(2);
  expect(await files.left()).toEqual([said, young].sort());
  expect(await files.forget()).toBe(0);
});

test('a file that is about to be forgotten cannot be said any more; one that was said can be again', async () => {
  const files = await makeFiles();
  const [said, unsaid] = [await files.keep(), await files.keep()];
  await files.say(said);
  await files.pass(41);
  await expect(files.say(unsaid)).rejects.toMatchObject({ code: 'attachment.not-found' });
  await files.pass(9);
  await files.forget();
  await files.say(said);
  expect(await files.left()).toEqual([said]);
});

test('what somebody at work uploaded may be said for a week, and goes then if nobody did', async () => {
  const files = await makeFiles();
  await files.keep('Ana');
  await files.pass(9);
  const late = await files.keep('Ana');
  await files.pass(51);
  const waiting = await files.keep('Ana');
  await files.pass(WEEK_MINUTES - 60);
  expect([await files.forget(), await files.left()]).toEqual([1, [waiting, late].sort()]);
  await expect(files.say(late)).rejects.toMatchObject({ code: 'attachment.not-found' });
  await files.say(waiting);
  await files.pass(60);
  await files.forget();
  expect(await files.left()).toEqual([waiting]);
});

test('it goes on until it has looked at all', async () => {
  const files = await makeFiles();
  await Promise.all(Array.from({ length: 250 }, () => files.keep()));
  await files.pass(2 * 24 * 60);
  expect([await files.forget(), await files.forget(), await files.forget()]).toEqual([200, 50, 0]);
  expect(await files.left()).toEqual([]);
});
