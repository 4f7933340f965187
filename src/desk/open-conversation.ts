// A customer wants to talk: the conversation waits in the queue, unless the same one is open already.
import { v7 as uuid } from 'uuid';
import type { Priority } from '../contract/conversation.ts';
import type { MessageAttachment } from '../contract/events.ts';
import type { InboundContact, Wants } from '../contract/inbound.ts';
import { Refused } from '../errors.ts';
import { needsKey } from '../routing/needs-key.ts';
import { lockOpenRooms } from '../store/close-conversations.ts';
import { lockConversation } from '../store/conversations.ts';
import { makeGather } from '../store/gather.ts';
import {
  type Opened,
  type Opening as OpeningRow,
  openConversations,
} from '../store/open-conversations.ts';
import type { Db } from '../store/sql.ts';
import type { Tx } from '../store/tx.ts';
import { countOpenWithin } from '../store/workspace-standing.ts';
import { appendMessage } from './append-message.ts';
import { type After, commit, commitOne } from './commit.ts';
import type { Desk } from './context.ts';
import { type ChannelWants, findWanted, noteUnknown, type Wanted } from './find-wanted.ts';

export interface Opening {
  workspaceId: string;
  channel: { channelId: string; weight: number; remote: boolean } & ChannelWants;
  /** In addition to what the channel implies. */
  wants?: Wants;
  externalId: string;
  externalChannelId: string | null;
  contact: InboundContact;
  priority: Priority;
  /** The outside system's number of the session before this one. */
  previousSessionId: number | null;
  meta: Record<string, unknown>;
  tags?: readonly string[];
  /** What the contact says with it; a repeat says nothing. */
  message?: { text: string; attachments: readonly MessageAttachment[] };
  /**
   * Found in a list, not reported: a room that was closed a moment ago is left to the next list.
   */
  listed?: boolean;
}

type Resolved = Opening & { wanted: Wanted };

// A late webhook of a room just closed: the room is looked up before it is given to an agent
// (qiscus.md §5.4).
const RECHECK_WITHIN_MS = 60_000;

/** Returns after the commit. A repeat makes nothing new and keeps the place in the queue. Refuses `contact.blocked` and `workspace.full`. */
export async function openConversation(desk: Desk, asked: Opening): Promise<Opened> {
  const { workspaceId } = asked;
  await refuseFull(desk, workspaceId);
  const opening: Resolved = { ...asked, wanted: await findWanted(desk, asked) };
  const openTogether = opening.listed ? openListed : openTold;
  const opened = await openTogether(desk, workspaceId, opening);
  if (opened.blocked) throw new Refused('contact.blocked');
  return opened;
}

/** Counted once for all that come together; a burst may go beyond by itself. A repeat is refused as well, and sent again. */
async function refuseFull(desk: Desk, workspaceId: string): Promise<void> {
  const { openConversations: most } = desk.gate.boundsOf(workspaceId);
  if (most === undefined) return;
  if ((await countOpen(desk, { workspaceId, most }, null)) >= most) {
    throw new Refused('workspace.full');
  }
}

const countOpen = makeGather(
  async ({ db }: Pick<Desk, 'db'>, bound: { workspaceId: string; most: number }, items: null[]) => {
    const count = await countOpenWithin(db, bound);
    return items.map(() => count);
  },
);

const openTold = makeGather((desk: Desk, workspaceId: string, openings: Resolved[]) =>
  openings.some(saysMore)
    ? commit(desk, workspaceId, (tx, after) => openAndNote(tx, after, { workspaceId, openings }))
    : commitOne(desk, workspaceId, (after) => open(after, workspaceId, readRows(openings))),
);

/** Waits for closings of the same rooms under way, so that it sees their end. */
const openListed = makeGather((desk: Desk, workspaceId: string, openings: Resolved[]) =>
  commit(desk, workspaceId, async (tx, after) => {
    await lockOpenRooms(tx, workspaceId, readRows(openings));
    return openAndNote(tx, after, { workspaceId, openings });
  }),
);

async function open<On extends Db>(
  after: After<On>,
  workspaceId: string,
  rows: readonly OpeningRow[],
): Promise<Opened[]> {
  const all: Opened[] = [];
  const opened = () => all.filter((one) => one.opened);
  const writing = after({
    wake: () => opened().length > 0 || all.some(({ askedAgain }) => askedAgain),
    send: () => all.some(({ asked, told }) => asked || told),
    conversation: () => opened().map(({ conversationId }) => conversationId),
    gathered: () => all.map((one) => (one.opened ? one.conversationId : null)),
  });
  all.push(...(await openConversations(writing, workspaceId, rows)));
  return all;
}

async function openAndNote(
  tx: Tx,
  after: After<Tx>,
  { workspaceId, openings }: { workspaceId: string; openings: readonly Resolved[] },
): Promise<Opened[]> {
  const all = await open(after, workspaceId, readRows(openings));
  for (const [place, { opened, conversationId }] of all.entries()) {
    if (!opened || conversationId === null) continue;
    const { wanted, message } = openings[place] as Resolved;
    const key = { workspaceId, conversationId };
    if (message !== undefined) await sayFirst(tx, after, { ...key, ...message });
    if (wanted.unknown.length > 0) await noteUnknown(after, key, wanted.unknown);
  }
  return all;
}

/** In the transaction that opens it, so the rules see it. */
async function sayFirst(
  tx: Tx,
  after: After<Tx>,
  said: { workspaceId: string; conversationId: string } & NonNullable<Opening['message']>,
): Promise<void> {
  const conversation = await lockConversation(tx, said);
  await appendMessage(after, {
    ...said,
    ...{ messageId: uuid(), kind: 'text', authorKind: 'contact', late: false },
    authorId: conversation?.contactId ?? null,
  });
}

function saysMore({ wanted, message }: Resolved): boolean {
  return wanted.unknown.length > 0 || message !== undefined;
}

function readRows(openings: readonly Resolved[]): OpeningRow[] {
  return shareContacts(openings).map(toRow);
}

/** All of one contact in a batch are written as one, each field with its latest value. */
function shareContacts(openings: readonly Resolved[]): Resolved[] {
  const contacts = new Map<string, InboundContact>();
  for (const opening of openings) {
    const { contact } = opening;
    const before = contacts.get(contactOf(opening));
    contacts.set(contactOf(opening), before === undefined ? contact : merge(before, contact));
  }
  if (contacts.size === openings.length) return [...openings];
  return openings.map((opening) => {
    return { ...opening, contact: contacts.get(contactOf(opening)) ?? opening.contact };
  });
}

function merge(before: InboundContact, now: InboundContact): InboundContact {
  return {
    externalId: now.externalId,
    name: now.name ?? before.name,
    email: now.email ?? before.email,
    phone: now.phone ?? before.phone,
    avatarUrl: now.avatarUrl ?? before.avatarUrl,
    attributes: { ...before.attributes, ...now.attributes },
    language: now.language ?? before.language ?? null,
    tags: [...new Set([...(before.tags ?? []), ...(now.tags ?? [])])],
  };
}

function contactOf({ channel, contact }: Opening): string {
  return `${channel.channelId} ${contact.externalId}`;
}

export function toRow(opening: Resolved): OpeningRow {
  const { channel, contact } = opening;
  const { teamId, skillIds } = opening.wanted;
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
    contactLanguage: contact.language ?? null,
    contactTags: contact.tags ?? [],
    tags: opening.tags ?? [],
    priority: opening.priority,
    weight: channel.weight,
    teamId,
    skillIds,
    needsKey: needsKey({
      channelId: channel.channelId,
      remote: channel.remote,
      externalChannelId: opening.externalChannelId,
      teamId,
      skillIds,
      weight: channel.weight,
      excludedAgentIds: [],
    }),
    previousSessionId: opening.previousSessionId,
    meta: opening.meta,
    recheckWithinMs: channel.remote ? RECHECK_WITHIN_MS : 0,
    listed: opening.listed ?? false,
  };
}
