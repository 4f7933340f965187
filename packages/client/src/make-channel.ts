// A channel of kind API: what a program that brings conversations to Usher says and hears there.

import type { Ask } from './ask.ts';
import {
  followUpdates,
  isUpdatesPage,
  type Updates,
  type UpdatesOptions,
} from './follow-updates.ts';
import type { paths } from './generated/schema.ts';
import { listItems } from './list-items.ts';
import { makeKey } from './send-request.ts';

type Channel<Path extends string> = paths[`/api/v1/channels/{id}/${Path}` & keyof paths];
type Body<O extends { requestBody: { content: { 'application/json': unknown } } }> =
  O['requestBody']['content']['application/json'];
type Given<O extends { responses: { 200: { content: { 'application/json': unknown } } } }> =
  O['responses'][200]['content']['application/json'];

export type Opening = Body<Channel<'conversations'>['post']>;
export type Saying = Body<Channel<'messages'>['post']>;
export type Said = Given<Channel<'messages'>['post']>;
export type SaidMessage = Given<Channel<'messages'>['get']>['items'][number];
export type Update = Given<Channel<'updates'>['get']>['items'][number];
/** What is told without being asked for. */
export type PlainUpdate = Exclude<Update, { type: 'place' | 'presence' }>;
export type Standing = Given<Channel<'conversations/{externalId}'>['get']>;
export type PastConversation = Given<
  Channel<'contacts/{externalId}/conversations'>['get']
>['items'][number];
export type Rating = Body<Channel<'rating'>['post']>;
export type ContactFields = Body<Channel<'contacts/{externalId}'>['put']>;

/** `conversation` is everywhere your own id of it, as it was opened. */
export interface ApiChannel {
  /** A conversation that waits for an agent. While it is open, a repeat opens nothing new. */
  open(opening: Opening): Promise<{ id: string; opened: boolean }>;
  /** What the contact writes. Give `externalId`, your own id of the message, if your program may say it once more after a restart. */
  say(saying: Omit<Saying, 'externalId'> & { externalId?: string }): Promise<Said>;
  /** The contact types, or has stopped. Say it again while it lasts: it is shown for six seconds. */
  typing(conversation: string, typing?: boolean): Promise<void>;
  /** How far the contact has read: `seq` of a message. */
  read(conversation: string, seq: number): Promise<void>;
  /** The contact ends it. `closed` is false where it had ended before. */
  close(conversation: string): Promise<{ id: string; closed: boolean }>;
  /** How it stands for the contact: place in the queue, who has it, how far each side has read. */
  standing(conversation: string): Promise<Standing>;
  /** Whether somebody is there for the contacts of the channel. */
  presence(): Promise<'here' | 'busy' | 'away'>;
  /** What the contact thinks of it, usually after its end. A second rating replaces the first. */
  rate(rating: Rating): Promise<void>;
  /** Has what was said sent by e-mail, where `standing` says `transcript: 'email'`. */
  transcript(conversation: string, email: string): Promise<void>;
  /** Who the contact is. What is left out stays as it is. */
  contact(externalId: string, fields: ContactFields): Promise<{ id: string; created: boolean }>;
  /** The contact, a guest until now, has signed in as another: what they said becomes the other's. */
  merge(guest: string, into: string): Promise<{ id: string; conversations: number }>;
  /** The contact's conversations, the newest first. */
  history(externalId: string): AsyncGenerator<PastConversation, void, void>;
  /** What was said in a conversation until now. `id`: one from the history, and none that followed it. */
  messages(conversation: string, id?: string): AsyncGenerator<SaidMessage, void, void>;
  /** The cursor of this moment: `updates({ after })` tells what happens from here on. */
  now(): Promise<string>;
  /** What happens on the channel, as it happens. Ends by its signal alone. */
  updates(options?: UpdatesOptions & { also?: undefined }): Updates<PlainUpdate>;
  /** With places in the queue, or whether somebody is there, as they change while the program waits. */
  updates(options: UpdatesOptions): Updates<Update>;
}

export interface ChannelMeans {
  get: Ask<'get'>;
  post: Ask<'post'>;
  put: Ask<'put'>;
  /** Sends a question that the server may answer late, until it is answered with what is wanted. */
  sendLate: (
    waitSeconds: number,
    isWanted: (answer: unknown) => boolean,
  ) => (request: Request) => Promise<Response>;
}

export function makeChannel({ get, post, put, sendLate }: ChannelMeans, id: string): ApiChannel {
  const path = { id };
  const params = { path };
  return {
    open: (body) => post('/api/v1/channels/{id}/conversations', { params, body }),
    say: (saying) => {
      const body = { externalId: makeKey(), ...saying };
      return post('/api/v1/channels/{id}/messages', { params, body });
    },
    typing: (conversation, typing = true) =>
      post('/api/v1/channels/{id}/typing', { params, body: { conversation, typing } }),
    read: (conversation, seq) =>
      post('/api/v1/channels/{id}/read', { params, body: { conversation, seq } }),
    close: (conversation) =>
      post('/api/v1/channels/{id}/close', { params, body: { conversation } }),
    contact: (externalId, body) => {
      const params = { path: { id, externalId } };
      return put('/api/v1/channels/{id}/contacts/{externalId}', { params, body });
    },
    standing: (externalId) => {
      const params = { path: { id, externalId } };
      return get('/api/v1/channels/{id}/conversations/{externalId}', { params });
    },
    presence: async () => (await get('/api/v1/channels/{id}/presence', { params })).presence,
    rate: (body) => post('/api/v1/channels/{id}/rating', { params, body }),
    transcript: (conversation, email) =>
      post('/api/v1/channels/{id}/transcript', { params, body: { conversation, email } }),
    merge: (externalId, into) => {
      const params = { path: { id, externalId } };
      return post('/api/v1/channels/{id}/contacts/{externalId}/merge', { params, body: { into } });
    },
    history: (externalId) =>
      listItems((query) => {
        const params = { path: { id, externalId }, query };
        return get('/api/v1/channels/{id}/contacts/{externalId}/conversations', { params });
      }),
    messages: (conversation, of) =>
      listItems(async (next) => {
        const query = { conversation, ...(of !== undefined && { after: `${of}:0` }), ...next };
        const page = await get('/api/v1/channels/{id}/messages', { params: { path, query } });
        // The server goes on with the one that was opened next under the same id.
        const isOver = of !== undefined && page.conversationId !== of;
        return isOver ? { items: [], nextCursor: null } : page;
      }),
    now: async () => (await get('/api/v1/channels/{id}/updates', { params })).after,
    // Without `also` the server tells nothing of what it names.
    updates: (({ also, ...options }: UpdatesOptions = {}) =>
      followUpdates<Update>(({ signal, ...asked }) => {
        const query = { ...asked, ...(also && { also: also.join(',') }) };
        const init = { params: { path, query }, fetch: sendLate(query.wait, isUpdatesPage) };
        return get('/api/v1/channels/{id}/updates', signal ? { ...init, signal } : init);
      }, options)) as ApiChannel['updates'],
  };
}
