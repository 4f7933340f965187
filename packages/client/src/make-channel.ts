// A channel of kind API: what a program that brings conversations to Usher says and hears there.

import type { Ask } from './ask.ts';
import type { paths } from './generated/schema.ts';
import { listItems } from './list-items.ts';
import { makeKey } from './send-request.ts';

type Opened = paths['/api/v1/channels/{id}/conversations']['post'];
type Said = paths['/api/v1/channels/{id}/messages'];
type Body<O extends { requestBody: { content: { 'application/json': unknown } } }> =
  O['requestBody']['content']['application/json'];

export type Opening = Body<Opened>;
export type Saying = Body<Said['post']>;
export type SaidMessage =
  Said['get']['responses'][200]['content']['application/json']['items'][number];

export interface ApiChannel {
  /** A conversation that waits for an agent. While it is open, a repeat opens nothing new. */
  open(opening: Opening): Promise<{ id: string; opened: boolean }>;
  /** What the contact writes. Give `externalId`, your own id of the message, if your program may say it once more after a restart. */
  say(
    saying: Omit<Saying, 'externalId'> & { externalId?: string },
  ): Promise<{ id: string; conversationId: string; seq: number; repeated: boolean }>;
  /** What was said in a conversation until now, by your own id of it. */
  messages(conversation: string): AsyncGenerator<SaidMessage, void, void>;
}

export function makeChannel({ get, post }: { get: Ask<'get'>; post: Ask<'post'> }, id: string) {
  const path = { id };
  return {
    open: (body) => post('/api/v1/channels/{id}/conversations', { params: { path }, body }),
    say: (saying) =>
      post('/api/v1/channels/{id}/messages', {
        params: { path },
        body: { externalId: makeKey(), ...saying },
      }),
    messages: (conversation) =>
      listItems((next) =>
        get('/api/v1/channels/{id}/messages', {
          params: { path, query: { conversation, ...next } },
        }),
      ),
  } satisfies ApiChannel;
}
