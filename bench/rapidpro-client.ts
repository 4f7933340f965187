// Calls Usher as RapidPro's engine and its agents do, over keep-alive connections, with bodies in GET requests.
import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Answer {
  status: number;
  body: unknown;
}

export interface Caller {
  call(method: string, path: string, body?: unknown): Promise<Answer>;
  close(): void;
}

/** `authorization` goes with every call. */
export function makeCaller(base: string, authorization: string): Caller {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  return {
    call: (method, path, body) =>
      send({ url: `${base}${path}`, method, body, authorization, agent }),
    close: () => agent.destroy(),
  };
}

function send(args: {
  url: string;
  method: string;
  body: unknown;
  authorization: string;
  agent: Agent;
}): Promise<Answer> {
  const { url, method, body, authorization, agent } = args;
  const text = body === undefined ? '' : JSON.stringify(body);
  const headers = {
    'user-agent': 'Go-http-client/1.1',
    authorization,
    ...(body === undefined
      ? {}
      : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
  };
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, agent }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const answered = Buffer.concat(chunks).toString();
        const isJson = response.headers['content-type']?.includes('json') ?? false;
        const parsed = isJson ? JSON.parse(answered) : answered;
        resolve({ status: response.statusCode ?? 0, body: parsed });
      });
    });
    sent.on('error', reject);
    sent.end(text);
  });
}

/** Takes every event, as an engine in good health. */
export async function startEngine(): Promise<{ url: string; events(): number; close(): void }> {
  let events = 0;
  const server = createServer((incoming, response) => {
    incoming.resume();
    incoming.on('end', () => {
      events += 1;
      response.setHeader('content-type', 'application/json');
      response.end('{"status":"handled"}');
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/event_callback`,
    events: () => events,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
