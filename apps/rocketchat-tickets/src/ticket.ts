// A ticket of RapidPro as the app keeps it, beside the room that it has in Rocket.Chat.
import type { Means } from './means';
import type { TicketOpened } from './read';
import { getRecord, keepRecord, listRecords } from './records';

export interface Ticket extends TicketOpened {
  /** Nobody can guess it: with a visitor's token anybody can read and write that visitor's room. */
  visitorToken: string;
  departmentId: string | null;
  openedAt: number;
  /**
   * opening: not answered yet. waiting: answered, and Rocket.Chat gives it no room so far. closing:
   * closed, and Rocket.Chat has not closed the room yet. closed: RapidPro may still be to be told.
   */
  state: 'opening' | 'waiting' | 'open' | 'closing' | 'closed';
  closedBy: 'agent' | 'rapidpro' | 'superseded' | null;
  /** null while there is no room. */
  roomId: string | null;
  /** What `/room` answered; the room's id, unless it had to wait for one. */
  answeredId: string;
  /** RapidPro knows of the end, or need not be told. */
  isTold: boolean;
}

const isUnfinished = (ticket: Ticket): boolean => ticket.state !== 'closed' || !ticket.isTold;

export function streamOf(ticket: Pick<Ticket, 'ticketId'>): string {
  return `ticket:${ticket.ticketId}`;
}

export async function keepTicket(means: Means, ticket: Ticket): Promise<Ticket> {
  const groups = [`token:${ticket.token}`, isUnfinished(ticket) ? 'unfinished' : 'over'];
  if (ticket.roomId !== null) groups.push(`room:${ticket.roomId}`);
  await keepRecord(means, { key: `ticket:${ticket.ticketId}`, groups, value: ticket });
  return ticket;
}

export function getTicket(means: Means, ticketId: string): Promise<Ticket | null> {
  return getRecord<Ticket>(means, `ticket:${ticketId}`);
}

export async function findTicketOfRoom(means: Means, roomId: string): Promise<Ticket | null> {
  const [ticket] = await listRecords<Ticket>(means, `room:${roomId}`);
  return ticket ?? null;
}

/** Oldest first. */
export async function listTicketsOf(means: Means, token: string): Promise<Ticket[]> {
  const found = await listRecords<Ticket>(means, `token:${token}`);
  return found.sort((one, other) => one.openedAt - other.openedAt);
}

export function listUnfinished(means: Means): Promise<Ticket[]> {
  return listRecords<Ticket>(means, 'unfinished');
}

export function listOver(means: Means): Promise<Ticket[]> {
  return listRecords<Ticket>(means, 'over');
}

/** Whether a visitor's messages belong here. */
export function isOpen({ state }: Ticket): boolean {
  return state === 'open' || state === 'waiting' || state === 'opening';
}
