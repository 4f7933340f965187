// A proxy whose answers get lost after the server has done what it was asked, as when a line breaks at the wrong moment.
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

/** What becomes of one exchange. */
export type Fate =
  | 'passes'
  /** The server does it, and the connection ends before its answer. */
  | 'is lost'
  /** … in the middle of its answer. */
  | 'is half'
  /** … and nobody ever hears of it. */
  | 'hangs'
  /** Nobody hears of it, nor does the server. */
  | 'is ignored'
  /** The server is not asked. */
  | { status: number; retryAfter?: string };

export interface Passed {
  method: string;
  path: string;
  key: string | null;
}

export interface LosingProxy {
  url: string;
  /** All that has come, in order. */
  passed: Passed[];
  /** `nth`: how often the same request had come before, by its key or else its address. */
  decide(fate: (request: Passed, nth: number) => Fate): void;
}

export async function startLosingProxy(target: string): Promise<LosingProxy> {
  const passed: Passed[] = [];
  const counts = new Map<string, number>();
  let decide: (request: Passed, nth: number) => Fate = () => 'passes';
  const server = createServer(async (request, response) => {
    const { method = '', url: path = '', headers } = request;
    const key = String(headers['idempotency-key'] ?? '') || null;
    const one = { method, path, key };
    const name = `${method} ${path} ${key}`;
    const nth = counts.get(name) ?? 0;
    counts.set(name, nth + 1);
    passed.push(one);
    const body = await buffer(request);
    const fate = decide(one, nth);
    if (fate === 'is ignored') return;
    if (typeof fate === 'object') refuse(response, fate);
    else tell(response, await forward(new URL(path, target), method, headers, body), fate);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });
  const { port } = server.address() as AddressInfo;
  return {
    ...{ url: `http://127.0.0.1:${port}`, passed },
    decide: (next) => {
      decide = next;
    },
  };
}

function tell(
  response: ServerResponse,
  { status, type, body }: Answer,
  fate: 'passes' | 'is lost' | 'is half' | 'hangs',
): void {
  if (fate === 'hangs') return;
  if (fate === 'is lost') {
    response.destroy();
    return;
  }
  const known = type === null ? {} : { 'content-type': type };
  response.writeHead(status, status === 204 ? {} : { ...known, 'content-length': body.length });
  if (fate === 'passes' || status === 204) response.end(body);
  else response.write(body.subarray(0, body.length / 2), () => response.destroy());
}

function refuse(
  response: ServerResponse,
  { status, retryAfter }: { status: number; retryAfter?: string },
): void {
  response.writeHead(status, retryAfter === undefined ? {} : { 'retry-after': retryAfter });
  response.end();
}

interface Answer {
  status: number;
  type: string | null;
  body: Buffer;
}

async function forward(
  url: URL,
  method: string,
  headers: IncomingHttpHeaders,
  body: Buffer,
): Promise<Answer> {
  const { authorization = '', 'content-type': type } = headers;
  const key = headers['idempotency-key'];
  const answer = await fetch(url, {
    method,
    headers: {
      authorization,
      ...(type === undefined ? {} : { 'content-type': type }),
      ...(key === undefined ? {} : { 'idempotency-key': String(key) }),
    },
    ...(body.length === 0 ? {} : { body: new Uint8Array(body) }),
  });
  return {
    status: answer.status,
    type: answer.headers.get('content-type'),
    body: Buffer.from(await answer.arrayBuffer()),
  };
}
