// Done every minute and at every start of the engine: what hooks, crashes and outages left undone.
import { finishClosing, noteRoomClosed } from './close-ticket';
import { findRoom } from './find-room';
import { giveRoom } from './give-room';
import type { Means } from './means';
import { listWaitingStreams, tellCloseRoom } from './outbox';
import { forgetRecord } from './records';
import { flushInbound } from './say-as-visitor';
import type { Sender } from './sender';
import { tellMissedMessages } from './tell-missed-messages';
import { getTicket, listOver, listUnfinished, type Ticket } from './ticket';
import { tryOne } from './try-one';
import { sweepUsherRooms } from './usher-rooms';

// An opening that was not answered by then was never answered: RapidPro has no such ticket.
const UNANSWERED_MS = 5 * 60_000;
const KEEP_OVER_MS = 30 * 86_400_000;

export async function sweep(means: Means, sender: Sender): Promise<void> {
  for (const { ticketId, token } of await listUnfinished(means)) {
    await tryOne(means, `Ticket ${ticketId}`, () =>
      means.inTurn(`token:${token}`, async () => {
        const ticket = await getTicket(means, ticketId);
        if (ticket !== null) await bringOn(means, ticket);
      }),
    );
  }
  await tryOne(means, 'The rooms of Usher', () => sweepUsherRooms(means));
  await sendWaiting(means, sender);
}

/** Side by side: a stream that waits for its receiver keeps no other waiting. */
export async function sendWaiting(means: Means, sender: Sender): Promise<void> {
  const streams = await listWaitingStreams(means);
  await Promise.all(streams.map((stream) => sender.send(means, stream)));
}

async function bringOn(means: Means, ticket: Ticket): Promise<void> {
  if (ticket.state === 'opening') {
    if (means.now() - ticket.openedAt < UNANSWERED_MS) return;
    await forgetRecord(means, `ticket:${ticket.ticketId}`);
  } else if (ticket.state === 'waiting') {
    await giveRoom(means, ticket);
  } else if (ticket.state === 'closing') {
    await finishClosing(means, ticket);
  } else if (ticket.state === 'closed' && !ticket.isTold) {
    // The engine ended before RapidPro's news of it was kept.
    await tellCloseRoom(means, ticket);
  } else if (ticket.state === 'open' && ticket.roomId !== null) {
    const room = await findRoom(means, ticket.roomId);
    if (room === null || room.isOpen === false) await noteRoomClosed(means, ticket);
    else {
      await flushInbound(means, ticket);
      await tellMissedMessages(means, ticket);
    }
  }
}

/** Tickets are remembered for a month, so that a late repeat of an opening finds its answer. */
export async function forgetOld(means: Means): Promise<void> {
  for (const ticket of await listOver(means)) {
    if (means.now() - ticket.openedAt < KEEP_OVER_MS) continue;
    const key = `ticket:${ticket.ticketId}`;
    await tryOne(means, `Ticket ${ticket.ticketId}`, () => forgetRecord(means, key));
  }
}
