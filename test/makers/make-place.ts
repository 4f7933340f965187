// A web chat channel of the default workspace, its conversations and what is said in them, as a connector writes them.

import { v7 as uuid } from 'uuid';
import { DEFAULT_WORKSPACE } from '../../src/desk/prepare-workspace.ts';
import { appendMessageRow } from '../../src/store/messages.ts';
import { withTx } from '../../src/store/tx.ts';
import { makeChannel, makeConversation, type TestChannel } from './make-conversation.ts';
import { promising } from './promising.ts';
import type { TestUsher } from './start-test-usher.ts';

export async function makePlace(
  { desk }: Pick<TestUsher, 'desk'>,
  channel: Parameters<typeof makeChannel>[1] = {},
) {
  const world = { desk, workspaceId: DEFAULT_WORKSPACE };
  const made: TestChannel = await makeChannel(world, channel);
  return {
    channelId: made.channelId,
    open: (change: Parameters<typeof makeConversation>[2] = {}) =>
      makeConversation(world, made, change),
    /** As the contact, or whoever is named. */
    say: (conversationId: string, text: string, authorKind: 'contact' | 'agent' = 'contact') =>
      withTx(desk.db, (tx) =>
        appendMessageRow(promising(tx), {
          workspaceId: DEFAULT_WORKSPACE,
          conversationId,
          messageId: uuid(),
          kind: 'text',
          authorKind,
          authorId: null,
          text,
          attachments: [],
          late: false,
        }),
      ),
  };
}
