// A contact writes: RapidPro keeps the message, and forwards it if the contact has an open ticket.
import type { CallResult } from './call.ts';
import { failureOf } from './read-result.ts';
import { type AppRequest, requestApp } from './request-app.ts';
import type { Contact, OrganisationState } from './state.ts';
import type { World } from './world.ts';

export interface MessageArgs {
  contact: Contact;
  text?: string;
  attachments?: { type: string; url: string }[];
  /** Sends although the contact has no open ticket. Mailroom itself does not. */
  evenIfClosed?: boolean;
  send?: Pick<AppRequest, 'headers' | 'travel' | 'timeoutMs' | 'retries'>;
}

export interface MessageOutcome {
  /** Any answer below 400; a failure is swallowed by mailroom and never repeated. */
  forwarded: boolean;
  because: null | 'no-open-ticket' | 'not-connected' | 'failed';
  message: string | null;
  /** null: no call was made. */
  call: CallResult | null;
}

export async function sendMessage(
  { rules }: World,
  organisation: OrganisationState,
  args: MessageArgs,
): Promise<MessageOutcome> {
  const { contact, text = '', attachments = [], evenIfClosed = false, send = {} } = args;
  const { ticketer, tickets, history } = organisation;
  const at = Date.now();
  history.push({
    ...{ contactUuid: contact.uuid, direction: 'in', status: 'handled', text },
    attachments: attachments.map(({ type, url }) => ({ content_type: type, url })),
    ...{ createdAt: at, sentAt: null },
  });
  const refused = { forwarded: false, message: null, call: null };
  if (ticketer === null) return { ...refused, because: 'not-connected' };
  const isOpen = [...tickets.values()].some(
    (ticket) => ticket.contact.token === contact.token && ticket.status === 'open',
  );
  if (!isOpen && !evenIfClosed) return { ...refused, because: 'no-open-ticket' };
  const result = await requestApp(ticketer, rules, {
    ...{ method: 'POST', path: '/visitor-message', retries: true },
    body: {
      visitor: { token: contact.token },
      text: text || undefined,
      attachments: attachments.length === 0 ? undefined : attachments,
    },
    ...send,
  });
  const message = failureOf(result);
  const because = message === null ? null : 'failed';
  return { forwarded: message === null, because, message, call: result };
}
