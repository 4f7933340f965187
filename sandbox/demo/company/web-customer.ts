// A customer with a chat in the browser, through the same door as the widget.
import { createHmac, randomUUID } from 'node:crypto';
import { keepConnected, type Link } from '../../../browser/keep-connected.ts';
import type { Customer, Persona } from './customer.ts';

const BEAT_MS = 60_000;

export interface WebDoor {
  url: string;
  channelId: string;
  /** With this, customers are logged in and the shop proves who they are; null: they are guests. */
  widgetSecret: string | null;
}

interface Session {
  sessionId: string;
  customerId: string;
  sessionTopic: string;
  mqtt: { url: string; clientId: string; username: string; password: string };
}
interface Heard {
  message?: { from: { id: string }; content: string };
  sessionInfo?: { conversationId: string | null };
}

/** Comes with a first message. */
export async function comeByWeb(
  door: WebDoor,
  { persona, first, skill }: { persona: Persona; first: string; skill?: string | undefined },
): Promise<Customer> {
  const session = await begin(door, persona);
  const { customerId, sessionId, sessionTopic: topic, mqtt } = session;
  const heard: string[] = [];
  const known = Promise.withResolvers<string>();
  const online = Promise.withResolvers<void>();
  const link = keepConnected({
    credentials: async () => mqtt,
    filters: [`client/sessions/${customerId}/+`, `${topic}/client/control`, `${topic}/messages`],
    keepAliveSeconds: 60,
    onMessage: (_, text) => {
      const { message, sessionInfo } = JSON.parse(text) as Heard;
      if (sessionInfo?.conversationId) known.resolve(sessionInfo.conversationId);
      if (message && message.from.id !== customerId) heard.push(message.content);
    },
    onState: ({ kind }) => kind === 'online' && online.resolve(),
  });
  const publish = (to: string, body: object) => link.publish(to, JSON.stringify(body), 1);
  const say = (content: string) =>
    publish(`${topic}/server/messages`, { content, clientMessageId: randomUUID() });
  await online.promise;
  const sessionTemplate = skill && {
    sessionTemplate: { customersAllowed: 1, attendants: [{ type: skill, required: true }] },
  };
  await publish('server/sessions/request', { customerId, requestID: 'r1', ...sessionTemplate });
  await say(first);
  const beating = setInterval(() => beat(link, customerId), BEAT_MS);
  return {
    conversationId: await known.promise,
    say,
    heard: () => heard,
    leave: () => publish('server/sessions/close', { sessionId }),
    rate: (rating) => rate(door.url, session, rating),
    stop: () => {
      clearInterval(beating);
      link.close();
    },
  };
}

async function begin(
  { url, channelId, widgetSecret }: WebDoor,
  persona: Persona,
): Promise<Session> {
  const { id, name, email, city } = persona;
  const proof = widgetSecret && {
    customer: { id, name, email, attributes: { city } },
    identityHash: createHmac('sha256', widgetSecret).update(id).digest('hex'),
  };
  const response = await fetch(new URL('/session', url), {
    method: 'POST',
    headers: {
      ...{ 'content-type': 'application/json', 'user-agent': persona.userAgent },
      ...{ 'accept-language': persona.language, 'x-forwarded-for': persona.address },
    },
    body: JSON.stringify({ channelId, ...proof, locale: persona.language, page: persona.page }),
  });
  if (!response.ok) throw new Error(`POST /session: ${response.status} ${await response.text()}`);
  return (await response.json()) as Session;
}

/** As the widget does, so that a silent visitor still counts as present. */
function beat(link: Link, customerId: string): void {
  const body = JSON.stringify({ customerId });
  link.publish('server/sessions/online', body, 1).catch(() => {});
}

async function rate(
  url: string,
  { sessionId, mqtt }: Session,
  rating: { score: number; comment?: string | undefined },
): Promise<void> {
  await fetch(new URL(`/session/${sessionId}/rating`, url), {
    method: 'POST',
    headers: {
      ...{ 'content-type': 'application/json', authorization: `Bearer ${mqtt.password}` },
    },
    body: JSON.stringify(rating),
  });
}
