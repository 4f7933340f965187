// A shop with the chat on its page: a server that can be killed, a line before it that can be cut, people at work.
import { setTimeout as sleep } from 'node:timers/promises';
import sharp from 'sharp';
import { onTestFinished } from 'vitest';
import { findFreePort } from '../../src/torture/find-free-port.ts';
import { type ServerProcess, startServerProcess } from '../faults/server-process.ts';
import { type Login, type Peer, startPeer } from '../faults/webchat-peer.ts';
import { makeDatabase } from '../makers/make-database.ts';
import { startCompany } from '../makers/start-company.ts';
import { startTcpProxy, type TcpProxy } from '../makers/start-tcp-proxy.ts';
import { eventually, TOKEN } from '../makers/start-test-usher.ts';
import { connectWeb, type SessionAnswer } from '../makers/web-client.ts';
import { serveHost } from './serve-host.ts';

export interface Shop {
  /** The page with the chat, which goes over the line. */
  host: string;
  line: TcpProxy;
  server: ServerProcess;
  /** Beside the line, as an admin unless a token is given. */
  call<T = unknown>(
    method: string,
    path: string,
    options?: { body?: unknown; token?: string | null },
  ): Promise<T>;
  company: Awaited<ReturnType<typeof startCompany>>;
}

export async function startShop(environment: Record<string, string> = {}): Promise<Shop> {
  const { url: databaseUrl } = await makeDatabase();
  const company = await startCompany();
  const port = await findFreePort();
  const line = await startTcpProxy({ host: '127.0.0.1', port });
  const publicUrl = `http://127.0.0.1:${line.port}`;
  const server = await startServerProcess({
    PORT: String(port),
    PUBLIC_URL: publicUrl,
    DATABASE_URL: databaseUrl,
    AUTHENTICATION_ENDPOINT: company.url,
    USHER_ALLOW_PRIVATE_NETWORKS: '127.0.0.0/8',
    ...environment,
  });
  await server.ready();
  const call: Shop['call'] = async (method, path, { body, token = TOKEN } = {}) => {
    const isForm = body instanceof FormData;
    const response = await fetch(new URL(path, server.url), {
      method,
      headers: {
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === '' ? null : JSON.parse(text);
  };
  return { host: await serveHost(publicUrl), line, server, call, company };
}

export interface Attendant {
  agentId: string;
  /** What came on the topics that it listens to. */
  // biome-ignore lint/suspicious/noExplicitAny: whatever came, as tests look into it
  heard: { topic: string; body: any }[];
  peer: Peer;
  /** Waits for a session, and listens to it. */
  receives(customerId: string): Promise<{ sessionTopic: string; sessionId: string }>;
}

/** Signs in by the company's own check, which knows a name and a picture; has room for one at a time. */
export async function startAttendant(shop: Shop, name: string): Promise<Attendant> {
  const { call, company, server, line } = shop;
  const picture = new FormData();
  const pixels = sharp({ create: { width: 64, height: 64, channels: 3, background: '#8a5a2b' } });
  picture.append('file', new Blob([await pixels.png().toBuffer()]), 'sari.png');
  const file = await call<{ id: string; name: string }>('POST', '/api/v1/attachments', {
    body: picture,
  });
  const email = 'sari@example.com';
  const avatarURL = `http://127.0.0.1:${line.port}/attachments/${file.id}/${file.name}`;
  company.answer = { id: '7', name, email, avatarURL, type: 'support/firstLevel' };
  const { user } = await call<{ user: { agentId: string } }>('POST', '/api/v1/session', {
    body: { email, password: 'theirs' },
    token: null,
  });
  const { agentId } = user;
  await call('PATCH', `/api/v1/agents/${agentId}`, {
    body: { capacity: 1, answersHere: true, availability: 'online', leaseSeconds: 3600 },
  });
  const { token } = await call<{ token: string }>('POST', '/api/v1/tokens', {
    body: { name, role: 'agent', agentId },
  });
  const heard: Attendant['heard'] = [];
  const peer = startPeer({
    url: () => server.url,
    login: () => call<Login>('POST', '/api/v1/session/mqtt', { token, body: {} }),
    onMessage: (topic, body) => heard.push({ topic, body }),
    onConnected: async () => {},
  });
  onTestFinished(() => peer.stop());
  const assigned = `client/attendants/assign/${agentId}`;
  await peer.listen(assigned);
  return {
    agentId,
    heard,
    peer,
    receives: async (customerId) => {
      const session = await eventually(
        () =>
          heard.findLast(({ topic, body }) => topic === assigned && body.customer.id === customerId)
            ?.body,
        (found) => found !== undefined,
      );
      const ends = ['client/control', 'messages', 'messages/viewed', 'typing'];
      await peer.listen(...ends.map((end) => `${session.sessionTopic}/${end}`));
      return session;
    },
  };
}

/** Somebody else who writes from elsewhere. Answers how to serve them: their conversation is closed. */
export async function arrive(shop: Shop, id: string): Promise<() => Promise<void>> {
  const { call, server } = shop;
  const session = await call<SessionAnswer>('POST', '/session', {
    body: { customer: { id } },
    token: null,
  });
  const client = await connectWeb({
    ...session.mqtt,
    url: `${server.url.replace('http', 'ws')}/mqtt`,
  });
  const topic = `${session.sessionTopic}/messages`;
  await client.listen(topic);
  await client.say(`${session.sessionTopic}/server/messages`, { content: `I am ${id}` });
  const { sessionInfo } = await client.hears(topic);
  return async () => {
    // A little later than the last: nobody is served twice in the same moment.
    await sleep(50);
    const path = `/api/v1/conversations/${sessionInfo.conversationId}/close`;
    await call('POST', path, { body: { reason: 'solved' } });
  };
}
