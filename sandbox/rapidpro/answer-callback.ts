// Answers a callback as mailroom does: ticketer, secret, body, ticket, in this order; then the effect.
import type { Arrival } from './arrival.ts';
import { fetchFile } from './fetch-file.ts';
import { readAgentMessage, readEvent } from './read-event.ts';
import type { OrganisationState, StoredFile, Ticket, Ticketer } from './state.ts';
import type { World } from './world.ts';

export interface Answer {
  status: number;
  json: unknown;
}

export const CALLBACK_PATH = '/mr/tickets/types/rocketchat/event_callback/';
const CALLBACK = /^\/mr\/tickets\/types\/rocketchat\/event_callback\/([a-f0-9-]+)\/?(\?|$)/;

export const HANDLED: Answer = { status: 200, json: { status: 'handled' } };
export const UNAUTHORIZED: Answer = { status: 401, json: { status: 'unauthorized' } };

export async function answerCallback(world: World, arrival: Arrival): Promise<Answer> {
  const ticketerUuid = CALLBACK.exec(arrival.path)?.[1];
  if (ticketerUuid === undefined) return refuse(404, `not found: ${arrival.path}`);
  if (arrival.method !== 'POST') return refuse(405, `illegal method: ${arrival.method}`);
  const owner = world.organisations.find(({ ticketer }) => ticketer?.uuid === ticketerUuid);
  const ticketer = owner?.ticketer;
  if (owner === undefined || ticketer == null) {
    return refuse(404, `no such ticketer ${ticketerUuid}`);
  }
  if (arrival.headers.authorization !== `Token ${ticketer.secret}`) return UNAUTHORIZED;
  const event = readEvent(arrival.body);
  if (!event.ok) return refuse(400, event.error);
  const found = findTicket(world, event.value.ticketUuid);
  if (found === undefined) return refuse(404, `no such ticket ${event.value.ticketUuid}`);
  const { ticket, organisation } = found;
  switch (event.value.type) {
    case 'agent-message': {
      const strayed = organisation !== owner;
      return takeMessage(world, {
        ticketer,
        ticket,
        organisation,
        strayed,
        data: event.value.data,
      });
    }
    case 'close-room':
      ticket.closes.push(Date.now());
      ticket.status = 'closed';
      return HANDLED;
    default:
      return refuse(400, 'invalid event type');
  }
}

/** Kept for each arrival, even if the emulator is told to answer something else. */
export function peekEvent({ path, body }: Pick<Arrival, 'path' | 'body'>): Arrival['event'] {
  const read = CALLBACK.test(path) ? readEvent(body) : null;
  return read?.ok === true ? read.value : null;
}

/** In any organisation: mailroom looks for the ticket alone. */
function findTicket(
  { organisations, switches }: World,
  uuid: string,
): { ticket: Ticket; organisation: OrganisationState } | undefined {
  for (const organisation of organisations) {
    const ticket = organisation.tickets.get(uuid);
    if (ticket === undefined) continue;
    const isKnown = ticket.storedAt + switches.ticketUnknownMs <= Date.now();
    return isKnown ? { ticket, organisation } : undefined;
  }
  return undefined;
}

interface Incoming {
  ticketer: Ticketer;
  ticket: Ticket;
  organisation: OrganisationState;
  strayed: boolean;
  data: unknown;
}

/** The message goes out even if the ticket is closed, and again if it comes again. */
async function takeMessage(world: World, incoming: Incoming): Promise<Answer> {
  const { ticketer, ticket, organisation, strayed } = incoming;
  const message = readAgentMessage(incoming.data);
  if (!message.ok) return refuse(400, message.error);
  const files: StoredFile[] = [];
  for (const attachment of message.value.attachments) {
    const fetched = await fetchFile(attachment, { ticketer, rules: world.rules });
    if (!fetched.ok) return refuse(400, fetched.error);
    files.push(fetched.file);
  }
  const at = Date.now();
  const { text } = message.value;
  const afterClose = ticket.status === 'closed';
  ticket.messages.push({ at, text, files, afterClose, strayed });
  organisation.history.push({
    contactUuid: ticket.contact.uuid,
    direction: 'out',
    status: 'wired',
    text,
    attachments: files.map(({ url, contentType }) => ({ content_type: contentType, url })),
    createdAt: at,
    sentAt: at,
  });
  return HANDLED;
}

function refuse(status: number, error: string): Answer {
  return { status, json: { error } };
}
