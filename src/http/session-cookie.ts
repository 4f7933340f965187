// The cookies by which a browser is known: read, written, and taken back.
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LONGEST_DAYS } from '../store/login-sessions.ts';

export const SESSION_COOKIE = 'usher_session';
const DAY_SECONDS = 86_400;

/** null: there is none. Ours hold only letters, digits, - and _. */
export function readCookie(request: FastifyRequest, name: string): string | null {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const [key, value = ''] = part.trim().split('=', 2);
    if (key === name && /^[A-Za-z0-9_-]{1,2000}$/.test(value)) return value;
  }
  return null;
}

export function putSessionCookie(reply: FastifyReply, secret: string): void {
  putCookie(reply, {
    name: SESSION_COOKIE,
    value: secret,
    path: '/',
    seconds: LONGEST_DAYS * DAY_SECONDS,
  });
}

export function dropSessionCookie(reply: FastifyReply): void {
  putCookie(reply, { name: SESSION_COOKIE, value: '', path: '/', seconds: 0 });
}

export function putCookie(
  reply: FastifyReply,
  cookie: { name: string; value: string; path: string; seconds: number },
): void {
  const { name, value, path, seconds } = cookie;
  const secure = isSecure(reply.request) ? '; Secure' : '';
  const text = `${name}=${value}; Path=${path}; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}`;
  reply.header('set-cookie', text);
}

/** Whoever reaches us by https is not to send the cookie by http. */
function isSecure(request: FastifyRequest): boolean {
  return request.protocol === 'https' || request.server.publicUrl().startsWith('https:');
}
