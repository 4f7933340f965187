// A shop's page at an origin of its own.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { type HostOptions, writeHostPage } from '../../sandbox/webchat/host-page.ts';

/** One that includes the widget, with the strictest policy. Answers its address. */
export function serveHost(usherUrl: string, options: HostOptions = {}): Promise<string> {
  const { html, policy } = writeHostPage(new URL(usherUrl).origin, options);
  return servePage(html, { 'content-security-policy': policy });
}

/** What the page asks for besides itself, at `/never`, is never answered. Answers its address. */
export async function servePage(
  html: string,
  headers: Record<string, string> = {},
): Promise<string> {
  const server = createServer((request, response) => {
    if (request.url === '/never') return;
    response.setHeader('content-type', 'text/html');
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    response.end(html);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}
