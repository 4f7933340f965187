// A reverse proxy that treats the bodies of GET requests as the test says.
import {
  createServer,
  type IncomingMessage,
  request as requestHttp,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

/** `swallows`: tells of a body and sends none. `refuses`: a body, as some clouds do. */
const manners = {
  passes: (seen: Seen) => forward(seen, seen.body),
  drops: (seen: Seen) => forward(seen, Buffer.alloc(0)),
  changes: (seen: Seen) => forward(seen, Buffer.from(seen.body.toString().replace(/\w{8}/, 'x'))),
  swallows: (seen: Seen) => forward(seen, Buffer.alloc(0), seen.body.length),
  refuses: (seen: Seen) => (seen.body.length > 0 ? page(seen, 403) : forward(seen, seen.body)),
  'shows a page': (seen: Seen) => page(seen, 200),
  'finds nothing': (seen: Seen) => page(seen, 404),
  redirects: ({ answer }: Seen) =>
    void answer.writeHead(301, { location: 'http://127.0.0.1:9/' }).end(),
  hangs: () => {},
  floods: ({ answer }: Seen) => {
    answer.writeHead(200, { 'content-type': 'text/html' });
    const pour = () => {
      while (!answer.destroyed && answer.write('<p>more</p>'.repeat(1000)));
      answer.once('drain', pour);
    };
    pour();
  },
} satisfies Record<string, (seen: Seen) => void>;

export type Manner = keyof typeof manners;

interface Seen {
  target: string;
  request: IncomingMessage;
  body: Buffer;
  answer: ServerResponse;
}

export interface HttpProxy {
  url: string;
  port: number;
  /** Before that it answers nothing. */
  standBefore(target: string): void;
  behave(manner: Manner): void;
  stop(): void;
}

export async function startHttpProxy(): Promise<HttpProxy> {
  let target = '';
  let manner: Manner = 'passes';
  const server = createServer((request, answer) => {
    void buffer(request).then((body) => manners[manner]({ target, request, body, answer }));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const stop = () => {
    server.close();
    server.closeAllConnections();
  };
  onTestFinished(stop);
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    standBefore: (url) => {
      target = url;
    },
    behave: (next) => {
      manner = next;
    },
    stop,
  };
}

function forward({ target, request, answer }: Seen, body: Buffer, length = body.length): void {
  const { 'content-length': _length, 'transfer-encoding': _coding, ...headers } = request.headers;
  const framed = length > 0 ? { ...headers, 'content-length': String(length) } : headers;
  const { method = 'GET', url = '/' } = request;
  const passed = requestHttp(new URL(url, target), { method, headers: framed }, (back) => {
    answer.writeHead(back.statusCode ?? 502, back.headers);
    back.pipe(answer);
  });
  passed.on('error', () => answer.destroy());
  answer.on('close', () => passed.destroy());
  if (length === body.length) passed.end(body);
  else passed.flushHeaders();
}

function page({ answer }: Seen, status: number): void {
  answer.writeHead(status, { 'content-type': 'text/html' }).end('<h1>A proxy</h1>');
}
