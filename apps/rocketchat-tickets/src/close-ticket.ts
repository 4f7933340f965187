// Ends a ticket: from RapidPro's side, because a newer one came, or because the room was closed in
// Rocket.Chat.
import { findRoom } from './find-room';
import type { Means } from './means';
import { tellCloseRoom } from './outbox';
import { flushInbound, leaveInbound } from './say-as-visitor';
import { tellMissedMessages } from './tell-missed-messages';
import { getTicket, isOpen, keepTicket, listTicketsOf, type Ticket } from './ticket';

/** Whatever the token has open; nothing is told to RapidPro. */
export function closeByToken(means: Means, token: string): Promise<void> {
  return means.inTurn(`token:${token}`, async () => {
    for (const ticket of await listTicketsOf(means, token)) {
      if (isOpen(ticket)) await closeTicket(means, ticket, 'rapidpro');
    }
  });
}

/** Within the turn of its token. What cannot be closed now is closed by the next sweep. */
export async function closeTicket(
  means: Means,
  ticket: Ticket,
  closedBy: 'rapidpro' | 'superseded',
): Promise<void> {
  const isTold = closedBy === 'rapidpro' || ticket.state === 'opening';
  const state = ticket.roomId === null ? 'closed' : 'closing';
  // Before the room, so that the hook of its closing finds the ticket closed already.
  const closing = await keepTicket(means, { ...ticket, state, closedBy, isTold });
  if (ticket.roomId === null) await leaveInbound(means, ticket);
  if (!isTold) await tellCloseRoom(means, closing);
  await finishClosing(means, closing);
}

export async function finishClosing(means: Means, ticket: Ticket): Promise<void> {
  if (ticket.state !== 'closing' || ticket.roomId === null) return;
  try {
    const room = await findRoom(means, ticket.roomId);
    if (room?.isOpen) {
      await flushInbound(means, ticket);
      const comment = ticket.closedBy === 'rapidpro' ? 'Closed in RapidPro' : 'A newer ticket came';
      await means.modify.getUpdater().getLivechatUpdater().closeRoom(room, comment);
    }
  } catch (error) {
    means.log.warn(`Room ${ticket.roomId} could not be closed: ${String(error)}`);
    return;
  }
  await leaveInbound(means, ticket);
  const now = (await getTicket(means, ticket.ticketId)) ?? ticket;
  await keepTicket(means, { ...now, state: 'closed' });
}

/** By somebody in Rocket.Chat; within the turn of its token. */
export async function noteRoomClosed(means: Means, ticket: Ticket): Promise<void> {
  const now = await getTicket(means, ticket.ticketId);
  if (now === null || !isOpen(now)) return;
  await tellMissedMessages(means, now);
  await leaveInbound(means, now);
  const closed = await keepTicket(means, { ...now, state: 'closed', closedBy: 'agent' });
  await tellCloseRoom(means, closed);
}
