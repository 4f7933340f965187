// The visitor's calls to the server over HTTP.
import type { Session } from './state.ts';

/** `status` 0: no answer at all. */
export type Answer = { ok: true; value: unknown } | { ok: false; status: number };

export function fetchConfig(channelId: string | undefined, locale: string): Promise<Answer> {
  const query = new URLSearchParams({ ...(channelId === undefined ? {} : { channelId }), locale });
  return call('GET', `/widget/config?${query}`);
}

export function createSession(body: Record<string, unknown>): Promise<Answer> {
  return call('POST', '/session', { body });
}

/** Answers the session object; null: there is no conversation yet. */
export function fetchSession(session: Session): Promise<Answer> {
  return callSession('GET', session, '');
}

export function fetchMessages(session: Session, afterSeq: number): Promise<Answer> {
  return callSession('GET', session, `/messages?afterSeq=${afterSeq}`);
}

export function sendRating(session: Session, rating: { score: number; comment?: string }) {
  return callSession('POST', session, '/rating', rating);
}

export function askTranscript(session: Session, email: string): Promise<Answer> {
  return callSession('POST', session, '/transcript', { email });
}

export function forget(session: Session): Promise<Answer> {
  return callSession('POST', session, '/forget');
}

function callSession(method: string, session: Session, rest: string, body?: unknown) {
  const path = `/session/${encodeURIComponent(session.sessionId)}${rest}`;
  return call(method, path, { body, token: session.mqtt.password });
}

async function call(
  method: string,
  path: string,
  { body, token }: { body?: unknown; token?: string } = {},
): Promise<Answer> {
  try {
    const response = await fetch(path, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(15_000),
    });
    if (!response.ok) return { ok: false, status: response.status };
    const text = await response.text();
    return { ok: true, value: text === '' ? null : JSON.parse(text) };
  } catch {
    return { ok: false, status: 0 };
  }
}
