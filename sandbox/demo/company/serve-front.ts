// What the demonstration itself serves: the shop's page, and the addresses that sign a newcomer in.
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SHOP_ICON, shopIcon, shopPages, writeShop } from '../shop-page.ts';
import { SEATS, type Seat, seats } from './staff.ts';

export interface Front {
  /** Usher's own. */
  deskUrl: string;
  shopUrl: string;
  signInUrls: Record<Seat, string>;
  stop(): Promise<void>;
}

/**
 * A cookie knows no port, so each seat has a host of its own: three people are signed in side by side
 * in one browser, and a cookie that is set here holds at the desk. The codes live in this process alone.
 */
export async function serveFront(args: {
  port: number;
  /** Where Usher listens. */
  url: string;
  /** Answers the cookie of a new session. */
  signIn(seat: Seat, userAgent: string): Promise<string>;
}): Promise<Front> {
  const { port, url, signIn } = args;
  const codes = new Map(SEATS.map((seat) => [seat, randomBytes(16).toString('base64url')]));
  const enter = async (request: IncomingMessage, response: ServerResponse, code: string) => {
    const seat = SEATS.find((one) => isSame(codes.get(one) as string, code));
    if (seat === undefined) return answer(response, 404, 'This address has ended.');
    const cookie = await signIn(seat, request.headers['user-agent'] ?? '');
    const desk = new URL(seats[seat].path, url);
    desk.hostname = readHost(request);
    response.writeHead(303, {
      location: desk.href,
      'set-cookie': `${cookie}; Path=/; HttpOnly; SameSite=Lax`,
      ...{ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' },
    });
    response.end();
  };
  const server = createServer((request, response) => {
    // Requests with another host name are refused: they come from another site.
    if (!isLoopback(readHost(request))) return answer(response, 421, 'Only on this machine.');
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname.startsWith('/sign-in/')) {
      const code = pathname.slice('/sign-in/'.length);
      enter(request, response, code).catch((error: unknown) => answer(response, 500, `${error}`));
    } else showShop(response, { origin: url, pathname });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const own = (server.address() as AddressInfo).port;
  const signInUrls = Object.fromEntries(
    SEATS.map((seat) => [seat, `http://${seat}.localhost:${own}/sign-in/${codes.get(seat)}`]),
  ) as Record<Seat, string>;
  return {
    ...{ deskUrl: `${url}/`, shopUrl: `http://127.0.0.1:${own}/`, signInUrls },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

function showShop(
  response: ServerResponse,
  { origin, pathname }: { origin: string; pathname: string },
): void {
  if (pathname === SHOP_ICON) {
    response.writeHead(200, { 'content-type': 'image/svg+xml' });
    response.end(shopIcon);
    return;
  }
  const page = shopPages.find(({ path }) => path === pathname);
  if (page === undefined) {
    answer(response, 404, 'There is no such page.');
    return;
  }
  const { html, policy } = writeShop(origin, page);
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy,
  });
  response.end(html);
}

function answer(response: ServerResponse, status: number, text: string): void {
  if (response.headersSent) return void response.end();
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(`${text}\n`);
}

function readHost({ headers: { host = '' } }: IncomingMessage): string {
  return URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : '';
}

const isLoopback = (host: string) =>
  host === '127.0.0.1' || host === 'localhost' || host.endsWith('.localhost');

function isSame(code: string, given: string): boolean {
  const [a, b] = [Buffer.from(code), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}
