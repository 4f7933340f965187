// Starts a server that answers as a test tells it, for answers that no emulator gives.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { openQiscusClient, type QiscusClientOptions } from '../../src/channels/qiscus/client.ts';
import { openTestOutbound } from './open-test-outbound.ts';

/** A server that answers as told, and a client that speaks to it. */
export async function startStandIn(
  answer: (request: IncomingMessage, response: ServerResponse) => unknown,
  options: Partial<QiscusClientOptions> = {},
) {
  const seen: Seen[] = [];
  const server = createServer(async (request, response) => {
    const { method, url, headers } = request;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    seen.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
    answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const outside = openTestOutbound({ maxPerOrigin: Number.POSITIVE_INFINITY });
  const client = openQiscusClient({
    ...{ baseUrl, appId: 'app', secretKey: 'secret-key', outside },
    ...options,
  });
  const stop = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  onTestFinished(async () => {
    client.close();
    await stop();
  });
  return { client, seen, stop, baseUrl };
}

export interface Seen {
  method: string | undefined;
  url: string | undefined;
  headers: IncomingMessage['headers'];
  body: string;
}

export function query(request: { url?: string | undefined } | undefined): URLSearchParams {
  return new URL(request?.url ?? '', 'http://x').searchParams;
}

export function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
