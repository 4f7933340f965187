// A customer wants to talk: the conversation waits in the queue, unless the same one is open already.
import { v7 as uuid } from 'uuid';
import type { Priority } from '../contract/conversation.ts';
import type { InboundContact } from '../contract/inbound.ts';
import { needsKey } from '../routing/needs-key.ts';
import { lockOpenRooms } from '../store/close-conversations.ts';
import {
  type Opened,
  type Opening as OpeningRow,
  openConversations,
} from '../store/open-conversations.ts';
import { withTx } from '../store/tx.ts';
import type { Desk } from './context.ts';

export interface Opening {
  workspaceId: string;
  channel: { channelId: string; teamId: string | null; weight: number; remote: boolean };
  externalId: string;
  externalChannelId: string | null;
  contact: InboundContact;
  priority: Priority;
  /** The outside system's number of the session before this one. */
  previousSessionId: number | null;
  meta: Record<string, unknown>;
  /** Found by looking, not told: a room that was closed a moment ago is left to the next look. */
  listed?: boolean;
}

// A late webhook of a room just closed is looked up before anybody is sent there (qiscus.md §5.4).
const RECHECK_WITHIN_MS = 60_000;

/** Returns once it is committed. A repeat makes nothing new and keeps the place in the queue. */
export async function openConversation(desk: Desk, opening: Opening): Promise<Opened> {
  const { workspaceId } = opening;
  const opened = opening.listed
    ? await desk.gather(`open listed ${workspaceId}`, opening, (openings: Opening[]) =>
        openListed(desk, workspaceId, openings.map(toRow)),
      )
    : await desk.gather(`open ${workspaceId}`, opening, (openings: Opening[]) =>
        openConversations(desk.db, workspaceId, openings.map(toRow)),
      );
  if (opened.opened) {
    desk.wake(workspaceId);
    desk.changed(workspaceId, [{ kind: 'conversation', id: opened.conversationId }]);
  }
  if (opened.held || opened.told) desk.send(workspaceId);
  return opened;
}

/** After whoever is closing the same rooms this very moment, so that their end is seen. */
function openListed(desk: Desk, workspaceId: string, rows: OpeningRow[]): Promise<Opened[]> {
  return withTx(desk.db, async (tx) => {
    await lockOpenRooms(tx, workspaceId, rows);
    return openConversations(tx, workspaceId, rows);
  });
}

function toRow(opening: Opening): OpeningRow {
  const { channel, contact } = opening;
  return {
    conversationId: uuid(),
    channelId: channel.channelId,
    externalId: opening.externalId,
    externalChannelId: opening.externalChannelId,
    contactId: uuid(),
    contactExternalId: contact.externalId,
    contactName: contact.name,
    contactEmail: contact.email,
    contactPhone: contact.phone,
    contactAvatarUrl: contact.avatarUrl,
    contactAttributes: contact.attributes,
    priority: opening.priority,
    weight: channel.weight,
    teamId: channel.teamId,
    needsKey: needsKey({
      channelId: channel.channelId,
      remote: channel.remote,
      externalChannelId: opening.externalChannelId,
      teamId: channel.teamId,
      skillIds: [],
      weight: channel.weight,
      excludedAgentIds: [],
    }),
    previousSessionId: opening.previousSessionId,
    meta: opening.meta,
    recheckWithinMs: channel.remote ? RECHECK_WITHIN_MS : 0,
    listed: opening.listed ?? false,
  };
}
