// The cookies that identify a browser: read, written, and removed.
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LONGEST_DAYS } from '../store/login-sessions.ts';

const SESSION_COOKIE = 'usher_session';
const DAY_SECONDS = 86_400;

export function readSessionCookie(request: FastifyRequest): string | null {
  return readCookie(request, SESSION_COOKIE);
}

/** null: there is none. Ours hold only letters, digits, - and _. */
export function readCookie(request: FastifyRequest, plainName: string): string | null {
  const name = nameOf(request, plainName);
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
    seconds: LONGEST_DAYS * DAY_SECONDS,
  });
}

export function dropSessionCookie(reply: FastifyReply): void {
  putCookie(reply, { name: SESSION_COOKIE, value: '', seconds: 0 });
}

export function putCookie(
  reply: FastifyReply,
  cookie: { name: string; value: string; seconds: number },
): void {
  const { value, seconds } = cookie;
  const name = nameOf(reply.request, cookie.name);
  const secure = isSecure(reply.request) ? '; Secure' : '';
  const text = `${name}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}`;
  reply.header('set-cookie', text);
}

/**
 * With this prefix a browser accepts it only from our own host over https: neither a page on a
 * sibling domain nor one over http can plant one.
 */
function nameOf(request: FastifyRequest, name: string): string {
  return isSecure(request) ? `__Host-${name}` : name;
}

/** A client that reaches us by https must not send the cookie over http. */
export function isSecure(request: FastifyRequest): boolean {
  return request.protocol === 'https' || request.server.publicUrl().startsWith('https:');
}
