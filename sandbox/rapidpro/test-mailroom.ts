// A mailroom with a connected organisation for the tests, and a sender of callbacks.
import { onTestFinished } from 'vitest';
import { exchange, type Travel } from './exchange.ts';
import { type MailroomOptions, startMailroom } from './start-mailroom.ts';
import type { Contact, Ticketer } from './state.ts';
import { type Reply, reply, startTestServer } from './test-server.ts';
import { writeRequest } from './write-request.ts';

export const BASE_PATH = '/api/apps/public/684202ed-1461-4983-9ea7-fde74b15026c';

export async function startTestMailroom(options: MailroomOptions = {}) {
  const mailroom = await startMailroom({ pace: 0.001, timeoutMs: 2000, ...options });
  onTestFinished(() => mailroom.stop());
  return mailroom;
}

export const room = reply(200, '{"id":"onrMgdKbpX9Qqtvoi"}');
export const ryan: Contact = {
  ...{ token: '1234567', uuid: '5d76d86b-3bb9-4d5a-b822-c9d86f5d8e4f' },
  ...{ name: 'Ryan Lewis', email: 'foo@bar.com', phone: '+12024561111' },
};

/** With one organisation, connected to a server of which the answers are given. */
export async function startWithApp(replies: Reply[], options: MailroomOptions = {}) {
  const app = await startTestServer({ replies });
  const mailroom = await startTestMailroom(options);
  const organisation = mailroom.addOrganisation({ ticketer: makeTicketer(app.url) });
  return { app, mailroom, organisation };
}

/** With one organisation, connected to a server that answers `{"id":"room"}` to all. */
export async function startTestWorld(options: MailroomOptions = {}) {
  const app = await startTestServer({ replies: [reply(200, '{"id":"room"}')] });
  const mailroom = await startTestMailroom(options);
  const organisation = mailroom.addOrganisation({ ticketer: makeTicketer(app.url) });
  const ticketer = organisation.ticketer() as Ticketer;
  const path = `/mr/tickets/types/rocketchat/event_callback/${ticketer.uuid}`;
  const post = (body: unknown, change: Partial<PostOptions> = {}) =>
    postEvent(mailroom.url, { path, secret: ticketer.secret, body, ...change });
  const open = async () => {
    const contact = organisation.addContact();
    const { ticketUuid } = await organisation.openTicket({ contact });
    return { contact, ticketUuid };
  };
  return { app, mailroom, organisation, ticketer, path, post, open };
}

export function makeTicketer(url: string, change: Partial<Ticketer> = {}): Omit<Ticketer, 'uuid'> {
  return {
    ...{ baseUrl: `${url}${BASE_PATH}`, secret: '123456789' },
    ...{ adminUserId: 'admin', adminAuthToken: 'token' },
    ...change,
  };
}

interface PostOptions {
  path: string;
  secret: string | null;
  body: unknown;
  method?: string;
  timeoutMs?: number;
  travel?: Travel;
}

/** `json` of the answer, if there is one. */
async function postEvent(url: string, options: PostOptions) {
  const { path, secret, method = 'POST', timeoutMs = 10_000, travel = {} } = options;
  const given = options.body;
  const body = Buffer.from(typeof given === 'string' ? given : JSON.stringify(given));
  const bytes = writeRequest({
    ...{ method, url: new URL(path, url), body },
    headers: {
      'Content-Length': String(body.length),
      ...(secret === null ? {} : { Authorization: `Token ${secret}` }),
    },
  });
  const { response, error } = await exchange({ url: new URL(url), bytes, timeoutMs, travel });
  if (response === null) return { error };
  const { status, headers, body: answered } = response;
  const text = answered.toString();
  return { status, headers, json: error === null && text !== '' ? JSON.parse(text) : text, error };
}

/** An agent's message as it is told to mailroom. */
export function agentMessage(ticketID: string, data: unknown = { text: 'Hi' }) {
  return { type: 'agent-message', ticketID, visitor: { token: '10000' }, data };
}

export function closeRoom(ticketID: string) {
  return { type: 'close-room', ticketID, visitor: { token: '10000' } };
}
