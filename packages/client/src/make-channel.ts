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
  /** Who the contact is. What is left out stays as it is. */
  contact(externalId: string, fields: ContactFields): Promise<{ id: string; created: boolean }>;
  /** What was said in a conversation until now. */
  messages(conversation: string): AsyncGenerator<SaidMessage, void, void>;
  /** The cursor of this moment: `updates({ after })` tells what happens from here on. */
  now(): Promise<string>;
  /** What happens on the channel, as it happens. Ends by its signal alone. */
  updates(options?: UpdatesOptions): Updates<Update>;
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
    messages: (conversation) =>
      listItems((next) => {
        const query = { conversation, ...next };
        return get('/api/v1/channels/{id}/messages', { params: { path, query } });
      }),
    now: async () => (await get('/api/v1/channels/{id}/updates', { params })).after,
    updates: (options = {}) =>
      followUpdates(({ signal, ...query }) => {
        const init = { params: { path, query }, fetch: sendLate(query.wait, isUpdatesPage) };
        return get('/api/v1/channels/{id}/updates', signal ? { ...init, signal } : init);
      }, options),
  };
}
