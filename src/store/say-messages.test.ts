// What is said many times a second reads the rows that it names, and no others of the workspace.

import { v7 as uuid } from 'uuid';
import { expect, test } from 'vitest';
import { makeChannel, makeConversation } from '../../test/makers/make-conversation.ts';
import { makeDesk, type TestDesk } from '../../test/makers/make-desk.ts';
import { promising } from '../../test/makers/promising.ts';
import { sayMessages } from './say-messages.ts';
import { type Tx, withTx } from './tx.ts';

const MANY = 3000;

/** How many rows of the table `act` reads, planned once for all values, as it is after some calls. */
function countRead(
  { database }: TestDesk,
  table: string,
  act: (tx: Tx) => Promise<unknown>,
): Promise<number> {
  return withTx(database.pool, async (tx) => {
    const count = async (): Promise<number> => {
      const { rows } = await tx.query(
        `select (coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))::integer as n
         from pg_stat_xact_user_tables where relname = $1`,
        [table],
      );
      return rows[0].n;
    };
    await tx.query('set local plan_cache_mode = force_generic_plan');
    const before = await count();
    await act(tx);
    return (await count()) - before;
  });
}

test('a message reads the session that it came by, however many visitors there are', async () => {
  const world = await makeDesk();
  const { database, workspaceId } = world;
  const channel = await makeChannel(world);
  const conversationId = await makeConversation(world, channel);
  await database.pool.query(
    `insert into web_session (workspace_id, session_id, channel_id, customer_id, named, verified, token_hash)
     select $1, gen_random_uuid(), $2, n::text, false, false, decode(md5(n::text), 'hex') from generate_series(1, $3) n`,
    [workspaceId, channel.channelId, MANY],
  );
  const { rows } = await database.pool.query(
    `select s.session_id as "sessionId", c.contact_id as "contactId" from conversation c
     cross join (select session_id from web_session limit 1) s where c.conversation_id = $1`,
    [conversationId],
  );
  const { sessionId, contactId: authorId } = rows[0];
  const read = await countRead(world, 'web_session', async (tx) => {
    const by = { conversationId, authorKind: 'contact', authorId, sessionId } as const;
    const word = { text: 'Hello', attachments: [], clientMessageId: null, isRepeat: false };
    const sayings = [{ ...by, ...word, messageId: uuid() }];
    const said = await sayMessages(promising(tx), workspaceId, { sayings, isBound: true });
    expect(said?.[0]?.outcome).toBe('stored');
  });
  expect(read).toBeGreaterThan(0);
  expect(read).toBeLessThan(10);
});
