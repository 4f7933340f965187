// Channels and conversations as a connector would make them.

import { v7 as uuid } from 'uuid';
import { type Opening, openConversation } from '../../src/desk/open-conversation.ts';
import { putChannel } from '../../src/store/channels.ts';
import type { TestDesk } from './make-desk.ts';
import { promising } from './promising.ts';

export type TestChannel = Opening['channel'] & { kind: string };

export async function makeChannel(
  { desk, workspaceId }: Pick<TestDesk, 'desk' | 'workspaceId'>,
  channel: { kind?: 'webchat' | 'qiscus' | 'api'; weight?: number; teamId?: string } = {},
): Promise<TestChannel> {
  const { kind = 'webchat', weight = 1, teamId = null } = channel;
  const channelId = uuid();
  const config = {};
  await putChannel(promising(desk.db), {
    workspaceId,
    channelId,
    kind,
    name: kind,
    config,
    secrets: {},
    teamId,
    weight,
  });
  return { channelId, kind, teamId, weight, remote: kind === 'qiscus' };
}

let rooms = 0;

/** Answers the id of the conversation, which waits. */
export async function makeConversation(
  { desk, workspaceId }: Pick<TestDesk, 'desk' | 'workspaceId'>,
  channel: TestChannel,
  change: Partial<Opening> = {},
): Promise<string> {
  rooms += 1;
  const contact = { name: 'Sari', email: null, phone: null, avatarUrl: null, attributes: {} };
  const opened = await openConversation(desk, {
    workspaceId,
    channel,
    externalId: `room-${rooms}`,
    externalChannelId: null,
    contact: { externalId: `contact-${rooms}`, ...contact },
    priority: 'normal',
    previousSessionId: null,
    meta: {},
    ...change,
  });
  if (opened.conversationId === null) throw new Error('The conversation was not opened.');
  return opened.conversationId;
}
