// The same words at two nodes at once.
import { expect, onTestFinished, test } from 'vitest';
import { makeChannel, makeConversation } from '../../test/makers/make-conversation.ts';
import { makeDesk } from '../../test/makers/make-desk.ts';
import { openPool } from '../store/pool.ts';
import { sayMessage } from './say-message.ts';

test('a message that two nodes are given at the same time is kept once, and neither fails', async () => {
  const world = await makeDesk();
  const { desk, workspaceId, database } = world;
  const channel = await makeChannel(world);
  const { rows } = await database.pool.query(
    'select conversation_id as id, contact_id as contact from conversation where conversation_id = $1',
    [await makeConversation(world, channel)],
  );
  const [{ id: conversationId, contact: authorId }] = rows;
  const other = openPool({
    connectionString: database.url,
    maxConnections: 20,
    onIdleError: () => {},
  });
  onTestFinished(() => other.end());
  const nodes = [desk, { ...desk, db: other }];
  for (let nth = 0; nth < 60; nth += 1) {
    const words = { text: 'Hello', attachments: [], clientMessageId: `m-${nth}`, isRepeat: false };
    const by = { workspaceId, conversationId, authorId, sessionId: null };
    const said = await Promise.all(
      nodes.map((node) => sayMessage(node, { ...by, ...words, authorKind: 'contact' })),
    );
    expect(said.map(({ outcome }) => outcome).sort()).toEqual(['repeat', 'stored']);
  }
});
