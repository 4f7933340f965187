// Closes tickets from RapidPro's side: one call each, and the first failure ends it.
import type { CallResult } from './call.ts';
import { failureOf } from './read-result.ts';
import { requestApp } from './request-app.ts';
import type { OrganisationState } from './state.ts';
import type { World } from './world.ts';

export interface CloseOutcome {
  /** Closed on both sides. After a failure the ticket stays open on this side. */
  closed: boolean;
  ticketUuid: string;
  because: null | 'no-such-open-ticket' | 'not-connected' | 'failed';
  message: string | null;
  /** null: no call was made. */
  call: CallResult | null;
}

/** Those after a failure are not tried, and have no outcome. */
export async function closeTickets(
  world: World,
  organisation: OrganisationState,
  ticketUuids: readonly string[],
): Promise<CloseOutcome[]> {
  const outcomes: CloseOutcome[] = [];
  for (const ticketUuid of ticketUuids) {
    const outcome = await closeTicket(world, organisation, ticketUuid);
    outcomes.push(outcome);
    if (outcome.because === 'failed') break;
  }
  return outcomes;
}

export async function closeTicket(
  { rules }: World,
  { ticketer, tickets }: OrganisationState,
  ticketUuid: string,
): Promise<CloseOutcome> {
  const ticket = tickets.get(ticketUuid);
  const refused = { closed: false, ticketUuid, message: null, call: null };
  if (ticket?.status !== 'open') return { ...refused, because: 'no-such-open-ticket' };
  if (ticketer === null) return { ...refused, because: 'not-connected' };
  const body = { visitor: { token: ticket.contact.token } };
  const result = await requestApp(ticketer, rules, { path: '/room.close', body, retries: true });
  const message = failureOf(result);
  if (message !== null) return { ...refused, because: 'failed', message, call: result };
  ticket.status = 'closed';
  return { closed: true, ticketUuid, because: null, message, call: result };
}

/** Deletes the ticketer: its open tickets are closed one by one, whatever the answers are. */
export async function disconnectTicketer(
  world: World,
  organisation: OrganisationState,
): Promise<CloseOutcome[]> {
  const outcomes: CloseOutcome[] = [];
  for (const ticket of organisation.tickets.values()) {
    if (ticket.status !== 'open') continue;
    outcomes.push(await closeTicket(world, organisation, ticket.uuid));
    ticket.status = 'closed';
  }
  organisation.ticketer = null;
  return outcomes;
}
