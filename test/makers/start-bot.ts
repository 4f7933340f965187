// A bot: a program with an address at which it hears of what it has, and a token with which it answers.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { Agent } from '../../src/contract/agents.ts';
import type { EventBody } from '../../src/contract/events.ts';
import { verifyDelivery } from '../../src/delivery/verify-delivery.ts';
import type { Call } from './start-test-usher.ts';

export const BOT_SECRET = 'a-secret-of-the-bot';

export interface BotSays {
  say(text: string): Promise<number>;
  handOver(body: object): Promise<number>;
  close(body?: object): Promise<number>;
}

/** What it does when it hears of something; the status with which it answers, or never. */
export type Behaviour = (
  event: EventBody,
  says: BotSays,
) => Promise<number | 'never' | undefined> | number | 'never' | undefined;

export interface TestBot {
  agent: Agent;
  token: string;
  /** In the order in which it heard of them. */
  events: EventBody[];
  of(conversationId: string): EventBody['type'][];
  behave(how: Behaviour): void;
  says(conversationId: string): BotSays;
  /** Nobody listens at its address any more. */
  end(): Promise<void>;
}

/** It says one thing when it is given a conversation, and to whatever its contact says. */
export const good: Behaviour = async ({ type }, { say }) => {
  if (type === 'conversation.assigned' || type === 'message.created') await say('How can I help?');
  return undefined;
};

/** Of a server that may call this machine. */
export async function startBot(
  call: Call,
  { behave = good, ...fields }: { behave?: Behaviour; name?: string; capacity?: number } = {},
): Promise<TestBot> {
  let how = behave;
  const events: EventBody[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => void hear(Buffer.concat(chunks)));
    const hear = async (body: Buffer) => {
      const { headers } = request;
      // Its clock is not the test's.
      const nowSeconds = Number(headers['webhook-timestamp']);
      const read = verifyDelivery({ secrets: [BOT_SECRET], headers, body, nowSeconds });
      if (!read.ok) return response.writeHead(401).end();
      const event = JSON.parse(body.toString()) as EventBody;
      events.push(event);
      const status = await how(event, says(event.subjectId));
      if (status !== 'never') response.writeHead(status ?? 204).end();
    };
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const end = () =>
    new Promise<void>((done) => {
      server.closeAllConnections();
      server.close(() => done());
    });
  onTestFinished(end);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/bot`;
  const webhook = { url, secret: BOT_SECRET };
  const made = await call('POST', '/api/v1/agents', {
    body: { name: 'Botty', kind: 'bot', webhook, ...fields },
  });
  if (made.status !== 201) throw new Error(made.text);
  const agent = made.body as Agent;
  const limited = { name: agent.name, role: 'agent', agentId: agent.id };
  const { token } = (await call('POST', '/api/v1/tokens', { body: limited })).body as {
    token: string;
  };
  const says = (id: string): BotSays => {
    const post = async (verb: string, body: object) =>
      (await call('POST', `/api/v1/conversations/${id}/${verb}`, { token, body })).status;
    return {
      say: (text) => post('messages', { text }),
      handOver: (body) => post('handover', body),
      close: (body = {}) => post('close', body),
    };
  };
  return {
    ...{ agent, token, events, says, end },
    of: (id) => events.filter(({ subjectId }) => subjectId === id).map(({ type }) => type),
    behave: (next) => {
      how = next;
    },
  };
}
