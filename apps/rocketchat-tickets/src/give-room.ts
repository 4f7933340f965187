// Makes the visitor and the room of a ticket in Rocket.Chat, and says there what agents should know.
import type { ILivechatRoom, IVisitor } from '@rocket.chat/apps-engine/definition/livechat';
import type { IUser } from '@rocket.chat/apps-engine/definition/users';
import { findRoom } from './find-room';
import type { Means } from './means';
import { flushInbound } from './say-as-visitor';
import { keepTicket, type Ticket } from './ticket';
import { writeNote } from './write-note';

const HISTORY_AFTER_MS = 5000;
const names = { email: 'E-mail', phone: 'Phone' };

/** null: Rocket.Chat gives none now, and the reason is in the app's log. */
export async function giveRoom(means: Means, ticket: Ticket): Promise<Ticket | null> {
  const made = await makeRoom(means, ticket).catch((error: unknown) => {
    means.log.warn(`Ticket ${ticket.ticketId} waits for a room: ${String(error)}`);
    return null;
  });
  if (made === null) return null;
  const kept = await keepTicket(means, {
    ...ticket,
    state: 'open',
    roomId: made.room.id,
    answeredId: ticket.answeredId === '' ? made.room.id : ticket.answeredId,
  });
  await tellAgents(means, kept, made);
  await flushInbound(means, kept);
  return kept;
}

interface Made {
  room: ILivechatRoom;
  /** Where the ticket says something that has no place in Rocket.Chat. */
  lines: string[];
}

async function makeRoom(means: Means, ticket: Ticket): Promise<Made> {
  const { visitor, lines } = await makeVisitor(means, ticket);
  const rooms = (await means.read.getLivechatReader().getLivechatRooms(visitor)) ?? [];
  // Made by an opening that a crash ended before it was kept.
  const own = rooms.find((room) => room.customFields?.ticketId === ticket.ticketId);
  if (own !== undefined) return { room: own, lines };
  // Some servers would give the room of the ticket before.
  for (const room of rooms) await closeStale(means, room);
  const customFields = {
    ticketId: ticket.ticketId,
    priority: ticket.priority,
    ...(ticket.sessionStart === null ? {} : { sessionStart: ticket.sessionStart }),
  };
  const made = await means.modify
    .getCreator()
    .getLivechatCreator()
    .createRoom(visitor, undefined as unknown as IUser, {
      source: { type: 'app', id: means.appId, alias: 'RapidPro', label: 'RapidPro' },
      // Servers from 6.4 on take them; the type of the engine does not know it yet.
      ...({ customFields } as object),
    });
  if (!made?.id) throw new Error('no room was given');
  return { room: made, lines };
}

async function closeStale(means: Means, room: ILivechatRoom): Promise<void> {
  const updater = means.modify.getUpdater().getLivechatUpdater();
  await updater.closeRoom(room, 'Replaced by a newer ticket');
  const after = await findRoom(means, room.id);
  if (after?.isOpen) throw new Error('the room of the ticket before is still open');
}

/**
 * Rocket.Chat takes two visitors with one e-mail address or phone for the same and gives one the
 * room of the other, so what another visitor has already is told to agents in words alone.
 */
async function makeVisitor(
  means: Means,
  ticket: Ticket,
): Promise<{ visitor: IVisitor; lines: string[] }> {
  const { visitorToken, token, email, phone, departmentId } = ticket;
  const reader = means.read.getLivechatReader();
  const lines: string[] = [];
  const isFree = (owner: IVisitor | undefined) => !owner || owner.token === visitorToken;
  const own = {
    email: email !== null && isFree(await reader.getLivechatVisitorByEmail(email)),
    phone: phone !== null && isFree(await reader.getLivechatVisitorByPhoneNumber(phone)),
  };
  if (email !== null && !own.email) lines.push(`${names.email}: ${email}`);
  if (phone !== null && !own.phone) lines.push(`${names.phone}: ${phone}`);
  await means.modify
    .getCreator()
    .getLivechatCreator()
    .createVisitor({
      token: visitorToken,
      username: `ticket-${visitorToken.slice(-12)}`,
      name: ticket.name ?? phone ?? email ?? `Guest ${token}`,
      ...(departmentId === null ? {} : { department: departmentId }),
      ...(own.email ? { visitorEmails: [{ address: email as string }] } : {}),
      ...(own.phone ? { phone: [{ phoneNumber: phone as string }] } : {}),
    });
  const visitor = await reader.getLivechatVisitorByToken(visitorToken);
  if (!visitor) throw new Error('no visitor was made');
  return { visitor, lines: [...lines, ...(await keepCustomFields(means, ticket))] };
}

/** Answers those that the server has not declared: they are told in words. */
async function keepCustomFields(means: Means, ticket: Ticket): Promise<string[]> {
  const updater = means.modify.getUpdater().getLivechatUpdater();
  const untaken: string[] = [];
  for (const [key, value] of Object.entries(ticket.customFields)) {
    try {
      await updater.setCustomFields(ticket.visitorToken, key, value, true);
    } catch {
      untaken.push(`${key}: ${value}`);
    }
  }
  return untaken;
}

async function tellAgents(means: Means, ticket: Ticket, { lines }: Made): Promise<void> {
  const { department, departmentId, priority, sessionStart } = ticket;
  const told = [
    ...(department !== null && departmentId === null ? [`No department “${department}”.`] : []),
    ...(priority === 'normal' ? [] : [`Priority: ${priority}`]),
    ...(sessionStart === null ? [] : [`Session started: ${sessionStart}`]),
    ...lines,
  ];
  if (told.length > 0) await writeNote(means, ticket, told.join('\n'));
  if (ticket.contactUuid === null) return;
  await means.modify.getScheduler().scheduleOnce({
    id: 'history',
    when: new Date(means.now() + HISTORY_AFTER_MS),
    data: { ticketId: ticket.ticketId },
  });
}
