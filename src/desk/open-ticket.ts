// RapidPro opens a ticket: a conversation of its contact, once for each ticket (rapidpro.md §2.3).
import { v7 as uuid } from 'uuid';
import type { TicketOpened } from '../contract/inbound.ts';
import { Refused } from '../errors.ts';
import { needsKey } from '../routing/needs-key.ts';
import { closeConversations } from '../store/close-conversations.ts';
import { lockConversation } from '../store/conversations.ts';
import { addDelivery } from '../store/deliveries.ts';
import { openConversations } from '../store/open-conversations.ts';
import { findTicket, lockTicketContact, lookUpTicket } from '../store/tickets.ts';
import type { Tx } from '../store/tx.ts';
import { type After, commit } from './commit.ts';
import type { Desk } from './context.ts';
import { type ChannelWants, findWanted, noteUnknown, type Wanted } from './find-wanted.ts';

export interface TicketOpening extends TicketOpened {
  workspaceId: string;
  channel: { channelId: string; weight: number } & ChannelWants;
  rules: {
    onSecondTicket: 'supersede' | 'refuse';
    unknownDepartment: 'note' | 'refuse';
    importHistory: boolean;
  };
}

// RapidPro stores the ticket, and what the flow sent last, a moment after our answer.
const HISTORY_AFTER_MS = 5000;

/**
 * Answers the conversation's id: the same one for the same ticket, however often and even after it
 * has ended. Refuses `contact.blocked`, and where the channel's rules say so
 * `ticket.department-unknown` and `ticket.contact-busy`.
 */
export async function openTicket(desk: Desk, opening: TicketOpening): Promise<string> {
  const { workspaceId, channel, ticketId } = opening;
  const key = { workspaceId, channelId: channel.channelId, ticketId };
  const wanted = await findNeeds(desk, opening);
  const opened = await commit(desk, workspaceId, async (tx, after) => {
    const contactId = await lockContact(after, opening);
    const { knownId, openId } = await lookUpTicket(tx, { ...key, contactId });
    if (knownId !== null) return knownId;
    if (openId !== null) await endOther(tx, after, { opening, conversationId: openId });
    return insert(after, { opening, contactId, wanted });
  });
  // The same ticket arrives with another contact at the same moment.
  const conversationId = opened ?? (await findTicket(desk.db, key));
  if (conversationId === null) throw new Error(`Ticket ${ticketId} was neither opened nor found.`);
  return conversationId;
}

async function findNeeds(desk: Desk, opening: TicketOpening): Promise<Wanted> {
  const { department, skills, rules } = opening;
  const wanted = await findWanted(desk, { ...opening, wants: { team: department, skills } });
  if (
    department !== null &&
    wanted.unknown.includes(department) &&
    rules.unknownDepartment === 'refuse'
  ) {
    throw new Refused(
      'ticket.department-unknown',
      `Could not find a department with name: ${department}`,
    );
  }
  return wanted;
}

async function lockContact(after: After<Tx>, opening: TicketOpening): Promise<string> {
  const { workspaceId, channel, token: externalId, name, email, phone } = opening;
  let wake = false;
  const { contactId, askedAgain, blocked } = await lockTicketContact(after({ wake: () => wake }), {
    workspaceId,
    contactId: uuid(),
    channelId: channel.channelId,
    externalId,
    name,
    fallbackName: phone ?? email ?? `Guest ${externalId}`,
    email,
    phone,
    attributes: attributesOf(opening),
  });
  wake = askedAgain;
  if (blocked) throw new Refused('contact.blocked');
  return contactId;
}

function attributesOf({ contactUuid, customFields }: TicketOpening): Record<string, unknown> {
  return { ...customFields, ...(contactUuid === null ? {} : { contactUuid }) };
}

/** RapidPro has at most one open ticket a contact, so another one that is open here is stale. */
async function endOther(
  tx: Tx,
  after: After<Tx>,
  { opening, conversationId }: { opening: TicketOpening; conversationId: string },
): Promise<void> {
  const { workspaceId, rules } = opening;
  if (rules.onSecondTicket === 'refuse') throw new Refused('ticket.contact-busy');
  await lockConversation(tx, { workspaceId, conversationId });
  const empty = { note: null, tags: null, meta: null, categories: null, closeMeta: null };
  const writing = after({ wake: true, send: true, conversation: conversationId });
  await closeConversations(writing, workspaceId, [
    { ...empty, conversationId, reason: 'superseded', actor: 'system', tellRemote: true },
  ]);
}

/** null: another transaction is opening it at this moment. */
async function insert(
  after: After<Tx>,
  args: { opening: TicketOpening; contactId: string; wanted: Wanted },
): Promise<string | null> {
  const { opening, contactId, wanted } = args;
  const { workspaceId, channel } = opening;
  const { channelId, weight } = channel;
  const { teamId, skillIds, unknown } = wanted;
  const asked = { channelId, externalChannelId: null, teamId, skillIds, weight };
  const needs = { ...asked, remote: false, excludedAgentIds: [] };
  const conversationId = uuid();
  const writing = after({ wake: true, send: true, conversation: conversationId });
  const [row] = await openConversations(writing, workspaceId, [
    {
      conversationId,
      channelId,
      externalId: opening.ticketId,
      externalChannelId: null,
      contactId,
      contactExternalId: opening.token,
      contactName: opening.name,
      contactEmail: opening.email,
      contactPhone: opening.phone,
      contactAvatarUrl: null,
      contactAttributes: attributesOf(opening),
      contactLanguage: null,
      contactTags: [],
      tags: [],
      priority: opening.priority,
      weight,
      teamId,
      skillIds,
      needsKey: needsKey(needs),
      previousSessionId: null,
      meta: opening.meta,
      recheckWithinMs: 0,
      listed: false,
    },
  ]);
  if (!row?.opened) return row?.conversationId ?? null;
  const key = { workspaceId, conversationId };
  if (unknown.length > 0) await noteUnknown(after, key, unknown);
  const imports = opening.rules.importHistory && opening.contactUuid !== null;
  if (imports) {
    await addDelivery(writing, {
      workspaceId,
      subscriberId: channelId,
      streamId: conversationId,
      type: 'import-history',
      afterMs: HISTORY_AFTER_MS,
    });
  }
  return conversationId;
}
