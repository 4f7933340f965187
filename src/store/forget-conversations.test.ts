import { expect, test } from 'vitest';
import { makeChannel, makeConversation } from '../../test/makers/make-conversation.ts';
import { makeDesk } from '../../test/makers/make-desk.ts';
import { closeConversation } from '../desk/close-conversation.ts';
import { keepAttachment } from '../desk/keep-attachment.ts';
import { writeMessage } from '../desk/write-message.ts';
import { forgetConversations } from './forget-conversations.ts';

const DAY_MS = 86_400_000;

test('what ended longer ago than is wanted goes with all that belongs to it, and nothing else does', async () => {
  const world = await makeDesk();
  const { desk, workspaceId, database } = world;
  const channel = await makeChannel(world);
  const talk = async (): Promise<string> => {
    const conversationId = await makeConversation(world, channel);
    const content = Buffer.from('x');
    const file = { workspaceId, fileName: 'a.txt', contentType: 'text/plain', content };
    const attachmentId = await keepAttachment(desk, { ...file, createdBy: 'test' });
    const said = { workspaceId, conversationId, kind: 'text' as const, text: 'hello' };
    const author = { kind: 'user' as const, id: null };
    const speaks = true;
    await writeMessage(desk, { ...said, author, speaks, attachmentIds: [attachmentId] });
    return conversationId;
  };
  const close = (conversationId: string) =>
    closeConversation(desk, {
      workspaceId,
      conversationId,
      actor: 'test',
      acting: null,
      tellRemote: false,
    });
  const [old, recent, open] = [await talk(), await talk(), await talk()];
  await database.pool.query(
    `insert into web_conversation (workspace_id, conversation_id, session_id, session_topic)
    select workspace_id, conversation_id, gen_random_uuid(), conversation_id::text from conversation`,
  );
  await close(old);
  await world.clock.advance(60_000);
  await close(recent);
  await world.clock.advance(30 * DAY_MS - 30_000);
  expect(await forgetConversations(desk.db, workspaceId)).toBe(0);
  const set = (days: string) =>
    database.pool.query(
      `insert into setting (workspace_id, key, value) values ($1, 'retentionDays', $2)
      on conflict (workspace_id, key) do update set value = excluded.value`,
      [workspaceId, days],
    );
  await set('null');
  expect(await forgetConversations(desk.db, workspaceId)).toBe(0);
  await set('30');
  expect(await forgetConversations(desk.db, workspaceId)).toBe(1);
  expect(await forgetConversations(desk.db, workspaceId)).toBe(0);
  const left = await database.pool.query(
    `select (select array_agg(conversation_id order by conversation_id) from conversation) as conversations,
      (select array_agg(conversation_id order by conversation_id) from web_conversation) as web,
      (select array_agg(distinct conversation_id order by conversation_id) from message) as messages,
      (select count(*)::integer from attachment) as files,
      (select count(*)::integer from event where stream_id = $1) as events`,
    [old],
  );
  const kept = [recent, open].sort();
  expect(left.rows).toEqual([
    { conversations: kept, web: kept, messages: kept, files: 2, events: 0 },
  ]);
});
