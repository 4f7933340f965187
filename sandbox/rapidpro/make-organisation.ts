// One organisation of RapidPro: what its admins, flows and contacts can do.
import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import type { CallResult } from './call.ts';
import {
  type CloseOutcome,
  closeTicket,
  closeTickets,
  disconnectTicketer,
} from './close-tickets.ts';
import { type ConnectArgs, type ConnectOutcome, connectTicketer } from './connect-ticketer.ts';
import type { Exchanged, Travel } from './exchange.ts';
import { type OpenArgs, type OpenOutcome, openTicket } from './open-ticket.ts';
import { type AppRequest, requestApp, sendBytes } from './request-app.ts';
import { type MessageArgs, type MessageOutcome, sendMessage } from './send-message.ts';
import type { Contact, HistoryMessage, OrganisationState, Ticket, Ticketer } from './state.ts';
import type { World } from './world.ts';

export interface Organisation {
  readonly name: string;
  /** For `GET /api/v2/messages.json`. */
  readonly apiToken: string;
  /** null before it is connected. */
  ticketer(): Ticketer | null;
  /** Opens the connect page: shows a new secret, which the next `connect` uses. */
  visitConnectPage(): string;
  connect(args: ConnectArgs): Promise<ConnectOutcome>;
  /** Deletes the ticketer, after a call for each open ticket. */
  disconnect(): Promise<CloseOutcome[]>;
  /** With a token and a UUID of its own unless given. */
  addContact(fields?: Partial<Contact>): Contact;
  openTicket(args: OpenArgs): Promise<OpenOutcome>;
  closeTicket(ticketUuid: string): Promise<CloseOutcome>;
  /** One after the other; the first failure ends it. */
  closeTickets(ticketUuids: readonly string[]): Promise<CloseOutcome[]>;
  /** Mailroom refuses that for this kind of ticketer, without any call. */
  reopenTicket(ticketUuid: string): { reopened: false; message: string };
  sendMessage(args: MessageArgs): Promise<MessageOutcome>;
  /** Any request to the app, one attempt unless told otherwise. */
  request(request: AppRequest): Promise<CallResult>;
  /** Any bytes to the app's host. */
  sendBytes(args: { bytes: Buffer | string; travel?: Travel }): Promise<Exchanged>;
  /** In the order in which they were stored; live. */
  tickets(): Ticket[];
  ticket(ticketUuid: string): Ticket | undefined;
  /** Missing fields: an incoming text of now, handled. */
  addHistory(contact: Contact, messages: Partial<HistoryMessage>[]): void;
}

export interface OrganisationOptions {
  name?: string;
  /** Connected from the start, without a call; its uuid is made up unless given. */
  ticketer?: Omit<Ticketer, 'uuid'> & { uuid?: string };
  apiToken?: string;
}

export function makeOrganisation(world: World, options: OrganisationOptions = {}): Organisation {
  const { name = `Organisation ${world.organisations.length + 1}` } = options;
  const { apiToken = randomBytes(20).toString('hex'), ticketer = null } = options;
  const state: OrganisationState = {
    ...{ name, apiToken, pageSecret: makeSecret(), tickets: new Map(), history: [] },
    ticketer: ticketer === null ? null : { uuid: randomUUID(), ...ticketer },
  };
  world.organisations.push(state);
  const connected = (): Ticketer => {
    if (state.ticketer !== null) return state.ticketer;
    throw new Error(`${name} is not connected: call connect first, or give a ticketer.`);
  };
  return {
    name,
    apiToken,
    ticketer: () => state.ticketer,
    visitConnectPage() {
      state.pageSecret = makeSecret();
      return state.pageSecret;
    },
    connect: (args) => connectTicketer(world, state, args),
    disconnect: () => disconnectTicketer(world, state),
    addContact: (fields = {}) => ({
      ...{ token: String(world.nextToken++), uuid: randomUUID() },
      ...fields,
    }),
    openTicket: (args) => openTicket(world, state, args),
    closeTicket: (ticketUuid) => closeTicket(world, state, ticketUuid),
    closeTickets: (ticketUuids) => closeTickets(world, state, ticketUuids),
    reopenTicket: () => ({
      reopened: false,
      message: "RocketChat ticket type doesn't support reopening",
    }),
    sendMessage: (args) => sendMessage(world, state, args),
    request: (request) => requestApp(connected(), world.rules, request),
    sendBytes: (args) => sendBytes(connected(), world.rules, args),
    tickets: () => [...state.tickets.values()],
    ticket: (ticketUuid) => state.tickets.get(ticketUuid),
    addHistory(contact, messages) {
      for (const message of messages) {
        state.history.push({
          ...{ contactUuid: contact.uuid, direction: 'in', status: 'handled', text: '' },
          ...{ attachments: [], createdAt: Date.now(), sentAt: null, ...message },
        });
      }
    },
  };
}

/** As RapidPro makes them: without letters that are easily confused. */
function makeSecret(): string {
  const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
  return Array.from({ length: 32 }, () => alphabet[randomInt(alphabet.length)]).join('');
}
