// A plain TCP server for the tests: keeps what each connection brought, and answers by a script.
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { onTestFinished } from 'vitest';

/** Raw bytes, after which the connection stays open; or none at all. */
export type Reply = string | Buffer | { silent: true } | { reset: true };

export interface TestServer {
  url: string;
  port: number;
  /** What each connection brought, in their order. */
  requests: Buffer[];
  /** How each closed connection ended: normally (`end`), or with an error code. */
  endings: string[];
}

export interface TestServerOptions {
  /** Used up one by one; the last one stays. For whole requests, and at the end of others. */
  replies?: Reply[];
  tls?: { cert: string; key: string };
}

export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const replies = [...(options.replies ?? [{ silent: true }])];
  const requests: Buffer[] = [];
  const endings: string[] = [];
  const sockets = new Set<Socket>();
  const take = (socket: Socket): void => {
    const place = requests.push(Buffer.alloc(0)) - 1;
    let answered = false;
    sockets.add(socket);
    socket.on('error', (error: NodeJS.ErrnoException) => endings.push(error.code ?? 'error'));
    socket.once('end', () => {
      endings.push('end');
      if (!answered) answer(socket, replies[0] ?? { silent: true });
      socket.end();
    });
    socket.on('data', (chunk: Buffer) => {
      const bytes = Buffer.concat([requests[place] ?? Buffer.alloc(0), chunk]);
      requests[place] = bytes;
      if (answered || !isWhole(bytes)) return;
      answered = true;
      answer(socket, (replies.length > 1 ? replies.shift() : replies[0]) ?? { silent: true });
    });
  };
  const server: Server =
    options.tls === undefined
      ? createServer({ allowHalfOpen: true }, take)
      : createTlsServer(options.tls, take);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const scheme = options.tls === undefined ? 'http' : 'https';
  return { url: `${scheme}://127.0.0.1:${port}`, port, requests, endings };
}

function answer(socket: Socket, reply: Reply): void {
  if (typeof reply === 'string' || Buffer.isBuffer(reply)) socket.write(reply);
  else if ('reset' in reply) socket.resetAndDestroy();
}

function isWhole(bytes: Buffer): boolean {
  const head = bytes.indexOf('\r\n\r\n');
  if (head === -1) return false;
  const length = /\r\ncontent-length: (\d+)/i.exec(bytes.subarray(0, head).toString())?.[1];
  return bytes.length >= head + 4 + Number(length ?? 0);
}

/** A whole answer. */
export function reply(status: number, body = '', headers: Record<string, string> = {}): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const length = status === 204 ? '' : `Content-Length: ${Buffer.byteLength(body)}\r\n`;
  return `HTTP/1.1 ${status} Any\r\n${lines.join('')}${length}\r\n${body}`;
}

/** What stands after the head of a kept request. */
export function bodyOf(request: Buffer | undefined): string {
  return String(request).split('\r\n\r\n').slice(1).join('\r\n\r\n');
}
