// Opens a ticket as a flow does: calls /room, and stores the ticket only after its answer.
import { randomUUID } from 'node:crypto';
import type { CallResult } from './call.ts';
import { failureOf, idOf } from './read-result.ts';
import { type AppRequest, requestApp } from './request-app.ts';
import type { Contact, OrganisationState } from './state.ts';
import type { World } from './world.ts';

export interface OpenArgs {
  contact: Contact;
  /** To repeat an open; else a new one. */
  ticketUuid?: string;
  department?: string;
  customFields?: Record<string, string>;
  priority?: string;
  sessionStart?: string;
  /** Opens one although the contact has an open ticket. RapidPro itself does not. */
  evenIfOpen?: boolean;
  /** Changes to how the request goes out. */
  send?: Pick<AppRequest, 'headers' | 'travel' | 'timeoutMs' | 'retries'>;
}

export interface OpenOutcome {
  opened: boolean;
  ticketUuid: string;
  /** null if opened; `failed`: the flow's result is "Failure", and `message` says why. */
  because: null | 'contact-has-open-ticket' | 'not-connected' | 'failed';
  message: string | null;
  /** null: no call was made. */
  call: CallResult | null;
}

export async function openTicket(
  { rules }: World,
  organisation: OrganisationState,
  args: OpenArgs,
): Promise<OpenOutcome> {
  const { contact, ticketUuid = randomUUID(), evenIfOpen = false, send = {} } = args;
  const end = (
    because: OpenOutcome['because'],
    more: { message?: string; call?: CallResult } = {},
  ): OpenOutcome => ({
    ...{ opened: because === null, ticketUuid, because, message: null, call: null, ...more },
  });
  const { ticketer, tickets } = organisation;
  if (ticketer === null) return end('not-connected');
  if (!evenIfOpen && hasOtherOpen(organisation, contact, ticketUuid)) {
    return end('contact-has-open-ticket');
  }
  const body = roomBody(args, ticketUuid);
  const result = await requestApp(ticketer, rules, { path: '/room', body, retries: true, ...send });
  const failure = failureOf(result);
  if (failure !== null) return end('failed', { message: failure, call: result });
  const externalId = idOf(result);
  if (externalId === undefined) return end('failed', { message: 'unreadable id', call: result });
  if (!tickets.has(ticketUuid)) {
    tickets.set(ticketUuid, {
      ...{ uuid: ticketUuid, contact, externalId, status: 'open', storedAt: Date.now() },
      ...{ messages: [], closes: [] },
    });
  }
  return end(null, { call: result });
}

function hasOtherOpen({ tickets }: OrganisationState, contact: Contact, uuid: string): boolean {
  return [...tickets.values()].some(
    (ticket) =>
      ticket.status === 'open' && ticket.contact.token === contact.token && ticket.uuid !== uuid,
  );
}

/** In the order of the client's own structures; what is absent is missing. */
function roomBody(args: OpenArgs, ticketUuid: string): unknown {
  const { contact, department, customFields, priority, sessionStart } = args;
  return {
    visitor: {
      token: contact.token,
      contactUUID: contact.uuid,
      department: department || undefined,
      name: contact.name || undefined,
      email: contact.email || undefined,
      phone: contact.phone || undefined,
      customFields: customFields && sortKeys(customFields),
    },
    ticketID: ticketUuid,
    priority,
    sessionStart,
  };
}

/** As Go writes a map. */
function sortKeys(fields: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).sort(([one], [other]) => (one < other ? -1 : 1)),
  );
}
