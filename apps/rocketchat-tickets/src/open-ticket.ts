// Opens a ticket's room, once for each ticket, however often and however parallel it is asked for.

import { randomBytes } from 'crypto';
import { closeTicket } from './close-ticket';
import { findDepartment } from './find-department';
import { giveRoom } from './give-room';
import type { Means } from './means';
import type { TicketOpened } from './read';
import { getRecord, keepRecord } from './records';
import type { Settings } from './settings';
import { getTicket, isOpen, keepTicket, listTicketsOf, type Ticket } from './ticket';

export type Opened = { id: string } | { refused: string; status: number };

export function openTicket(means: Means, settings: Settings, news: TicketOpened): Promise<Opened> {
  const { ticketId, token } = news;
  return means.inTurn(`ticket:${ticketId}`, () =>
    means.inTurn(`token:${token}`, () => openInTurn(means, settings, news)),
  );
}

async function openInTurn(means: Means, settings: Settings, news: TicketOpened): Promise<Opened> {
  const known = await getTicket(means, news.ticketId);
  if (known !== null && known.state !== 'opening') return { id: known.answeredId };
  const others = (await listTicketsOf(means, news.token)).filter(
    (one) => isOpen(one) && one.ticketId !== news.ticketId,
  );
  if (others.some(({ state }) => state !== 'opening') && settings.secondTicket === 'refuse') {
    return { refused: 'Visitor already has an open room', status: 400 };
  }
  const departmentId =
    news.department === null ? null : await findDepartment(means, news.department);
  if (
    news.department !== null &&
    departmentId === null &&
    settings.unknownDepartment === 'refuse'
  ) {
    const refused = `Could not find a department with name: ${news.department}`;
    return { refused, status: 404 };
  }
  for (const other of others) await closeTicket(means, other, 'superseded');
  const ticket = await keepTicket(means, {
    ...news,
    departmentId,
    visitorToken: await findVisitorToken(means, news.token),
    openedAt: known?.openedAt ?? means.now(),
    state: 'opening',
    closedBy: null,
    roomId: null,
    answeredId: '',
    isTold: false,
  });
  return { id: await answerOf(means, ticket) };
}

/** Where Rocket.Chat gives no room now, as when nobody is online, the ticket waits for one. */
async function answerOf(means: Means, ticket: Ticket): Promise<string> {
  const room = await giveRoom(means, ticket);
  if (room !== null) return room.answeredId;
  const waiting = await keepTicket(means, {
    ...ticket,
    state: 'waiting',
    answeredId: `waiting-${ticket.ticketId}`,
  });
  return waiting.answeredId;
}

/** The same for all tickets of a contact, so that agents see their earlier conversations. */
async function findVisitorToken(means: Means, token: string): Promise<string> {
  const key = `contact:${token}`;
  const known = await getRecord<{ visitorToken: string }>(means, key);
  if (known !== null) return known.visitorToken;
  const visitorToken = `rapidpro-${randomBytes(16).toString('hex')}`;
  await keepRecord(means, { key, groups: [], value: { visitorToken } });
  return visitorToken;
}
