// Usher and receivers of its events, on addresses of this machine, which are allowed on purpose.

import { onTestFinished } from 'vitest';
import {
  type Receiver,
  type ReceiverOptions,
  startReceiver,
} from '../../sandbox/receiver/start-receiver.ts';
import type { Endpoint } from '../../src/contract/endpoints.ts';
import { DEFAULT_WORKSPACE } from '../../src/desk/prepare-workspace.ts';
import { advanceAtRest } from './advance-at-rest.ts';
import { makeChannel, makeConversation } from './make-conversation.ts';
import { startTestUsher, type TestUsher } from './start-test-usher.ts';

export interface Listening {
  usher: TestUsher;
  /** A receiver, and an endpoint bound to it; `fields` of the endpoint. */
  listen(
    fields?: object,
    options?: ReceiverOptions,
  ): Promise<{ receiver: Receiver; endpoint: Endpoint }>;
  /** A conversation of a web chat channel, as its connector would open it. Answers its id. */
  open(change?: Parameters<typeof makeConversation>[2]): Promise<string>;
  /** An agent who is online; answers the id. */
  addAgent(body?: object): Promise<string>;
  act(conversationId: string, verb: string, body?: object): Promise<void>;
  /** Lets so much time go by. */
  advance(ms: number): Promise<void>;
}

export const SECRET = 'topsecret';
export const ALL_GITPLE = [
  'send_external_message',
  'session_state_open',
  'session_state_inprogress',
  'session_state_close',
];

export async function startWithReceiver(
  environment: Record<string, string> = {},
  options: { skewMs?: number } = {},
): Promise<Listening> {
  const allowed = { USHER_ALLOW_PRIVATE_NETWORKS: '127.0.0.0/8' };
  const usher = await startTestUsher({ ...allowed, ...environment }, options);
  const place = { desk: usher.desk, workspaceId: DEFAULT_WORKSPACE };
  const channel = await makeChannel(place);
  const send = async (method: string, path: string, body: object) => {
    const answer = await usher.call(method, path, { body });
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
    return answer.body as { id: string };
  };
  return {
    usher,
    listen: async (fields = {}, options = {}) => {
      const receiver = await startReceiver({ secrets: [SECRET], now: usher.clock.now, ...options });
      onTestFinished(() => receiver.stop());
      const url = `${receiver.url}/hook`;
      const body = { url, secret: SECRET, events: ALL_GITPLE, ...fields };
      const endpoint = (await send('POST', '/api/v1/endpoints', body)) as Endpoint;
      return { receiver, endpoint };
    },
    open: (change = {}) => makeConversation(place, channel, change),
    addAgent: async (body = {}) => {
      const agent = { name: 'Ana', availability: 'online', capacity: 10, ...body };
      return (await send('POST', '/api/v1/agents', agent)).id;
    },
    act: async (id, verb, body = {}) => {
      await send('POST', `/api/v1/conversations/${id}/${verb}`, body);
    },
    advance: (ms) => advanceAtRest(usher, ms),
  };
}
