// A small HTTP server for stand-ins: reads a request whole, asks for an answer, and gives it, or does not.
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Asked {
  method: string;
  /** With its query. */
  url: URL;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

export interface Answer {
  status: number;
  json?: unknown;
  afterMs?: number;
  /** Instead of the answer: the connection is reset, or nobody ever hears of it. */
  instead?: 'reset' | 'hang';
}

export interface JsonServer {
  port: number;
  close(): Promise<void>;
}

export async function serveJson(answer: (asked: Asked) => Answer): Promise<JsonServer> {
  const server = createServer(async (request, response) => {
    const { method = '', headers } = request;
    const url = new URL(request.url ?? '/', 'http://stand-in');
    // Broken before its end: nobody is there to answer.
    const body = await buffer(request).catch(() => null);
    if (body !== null) await give(response, answer({ method, url, headers, body }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

async function give(
  response: ServerResponse,
  { status, json, afterMs = 0, instead }: Answer,
): Promise<void> {
  if (afterMs > 0) await sleep(afterMs);
  if (instead === 'hang') return;
  if (instead === 'reset') {
    response.socket?.resetAndDestroy();
    return;
  }
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(json === undefined ? '' : JSON.stringify(json));
}
