// Usher and a stand-in of RapidPro's engine that have connected each other as their admins would.

import { onTestFinished } from 'vitest';
import type { Organisation } from '../../sandbox/rapidpro/make-organisation.ts';
import {
  type Mailroom,
  type MailroomOptions,
  startMailroom,
} from '../../sandbox/rapidpro/start-mailroom.ts';
import type { Message } from '../../src/contract/messages.ts';
import { advanceAtRest } from './advance-at-rest.ts';
import { startTestUsher, type TestUsher } from './start-test-usher.ts';

export interface Desk {
  usher: TestUsher;
  mailroom: Mailroom;
  organisation: Organisation;
  channelId: string;
  /** A ticket of a new contact. Answers the conversation, and the contact's token. */
  open(): Promise<{
    conversationId: string;
    ticketId: string;
    contact: ReturnType<Organisation['addContact']>;
  }>;
  say(conversationId: string, text: string, attachmentIds?: string[]): Promise<Message>;
  messages(conversationId: string): Promise<Message[]>;
  act(conversationId: string, verb: string, body?: object): Promise<number>;
  /** What the customer has seen, and `#closed` where the ticket was closed. */
  seen(ticketId: string): string[];
  /** Lets so much time go by. */
  advance(ms: number): Promise<void>;
}

export async function startWithRapidPro(
  options: MailroomOptions & { apiToken?: boolean } = {},
): Promise<Desk> {
  const mailroom = await startMailroom({ allowPrivateHosts: true, pace: 0.01, ...options });
  onTestFinished(() => mailroom.stop());
  const usher = await startTestUsher({
    USHER_ALLOW_PRIVATE_NETWORKS: '127.0.0.0/8',
  });
  const organisation = mailroom.addOrganisation();
  const secret = organisation.visitConnectPage();
  const apiToken = options.apiToken ? { apiToken: organisation.apiToken } : {};
  const body = { kind: 'rapidpro', name: 'RapidPro', secrets: { secret, ...apiToken } };
  const made = await usher.call('POST', '/api/v1/channels', { body });
  const channel = made.body as {
    id: string;
    urls: { baseUrl: string };
    shownOnce: { adminUserId: string; adminAuthToken: string };
  };
  const { baseUrl } = channel.urls;
  const connected = await organisation.connect({ baseUrl, ...channel.shownOnce });
  if (!connected.connected) throw new Error(`Not connected: ${JSON.stringify(connected)}`);
  const messages = async (id: string) => {
    const answer = await usher.call('GET', `/api/v1/conversations/${id}/messages`);
    return (answer.body as { items: Message[] }).items;
  };
  return {
    usher,
    mailroom,
    organisation,
    channelId: channel.id,
    open: async () => {
      const contact = organisation.addContact({ name: 'Ryan' });
      const opened = await organisation.openTicket({ contact });
      if (!opened.opened) throw new Error(JSON.stringify(opened));
      const { ticketUuid: ticketId } = opened;
      const conversationId = organisation.ticket(ticketId)?.externalId ?? '';
      return { conversationId, ticketId, contact };
    },
    say: async (id, text, attachmentIds = []) => {
      const path = `/api/v1/conversations/${id}/messages`;
      const answer = await usher.call('POST', path, { body: { text, attachmentIds } });
      if (answer.status !== 201) throw new Error(answer.text);
      return answer.body as Message;
    },
    messages,
    act: async (id, verb, args = {}) =>
      (await usher.call('POST', `/api/v1/conversations/${id}/${verb}`, { body: args })).status,
    seen: (ticketId) =>
      mailroom.callbacks
        .filter(({ handled, event }) => handled && event?.ticketUuid === ticketId)
        .map(({ event }) => (event?.type === 'close-room' ? '#closed' : textOf(event?.data))),
    advance: (ms) => advanceAtRest(usher, ms),
  };
}

function textOf(data: unknown): string {
  return String((data as { text?: unknown } | undefined)?.text ?? '');
}
