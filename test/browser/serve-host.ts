// A shop's page at an origin of its own that includes the widget, with the strictest policy.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { type HostOptions, writeHostPage } from '../../sandbox/webchat/host-page.ts';

/** Answers its address. */
export async function serveHost(usherUrl: string, options: HostOptions = {}): Promise<string> {
  const { html, policy } = writeHostPage(new URL(usherUrl).origin, options);
  const server = createServer((_request, response) => {
    response.setHeader('content-security-policy', policy);
    response.setHeader('content-type', 'text/html');
    response.end(html);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}
