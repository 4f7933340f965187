// The visitor's calls to the server over HTTP.
import { readRetryAfter } from '../../browser/retry-delay.ts';
import { hearDate } from '../../browser/server-clock.ts';
import type { Session } from './state.ts';

/** `status` 0: no answer at all. `retryAfterMs` 0: no wait was asked for. */
export interface Refusal {
  ok: false;
  status: number;
  retryAfterMs: number;
}
export type Answer = { ok: true; value: unknown } | Refusal;

const WITHIN_MS = 15_000;
/** Somebody looks at what was told last. */
const PRESENCE_WITHIN_MS = 4000;

export function fetchConfig(channelId: string | undefined, locale: string): Promise<Answer> {
  const query = new URLSearchParams({ ...(channelId === undefined ? {} : { channelId }), locale });
  return call('GET', `/widget/config?${query}`);
}

export function fetchPresence(channelId: string | undefined): Promise<Answer> {
  const query = new URLSearchParams(channelId === undefined ? {} : { channelId });
  return call('GET', `/widget/presence?${query}`, { withinMs: PRESENCE_WITHIN_MS });
}

/** Any answer counts, unless a proxy says that no server is behind it. */
export function isServerThere(): Promise<boolean> {
  return fetch('/livez', { signal: AbortSignal.timeout(5000) }).then(
    ({ status }) => status < 500,
    () => false,
  );
}

export function createSession(body: Record<string, unknown>): Promise<Answer> {
  return call('POST', '/session', { body });
}

/** Answers the session object; null: there is no conversation yet. */
export function fetchSession(session: Session): Promise<Answer> {
  return call('GET', pathOf(session), { token: tokenOf(session) });
}

/** Answers the customer's latest session objects, whichever device they began on. */
export function fetchLastSessions(session: Session): Promise<Answer> {
  const path = `/customer/${encodeURIComponent(session.customerId)}/sessions/last`;
  return call('GET', path, { token: tokenOf(session) });
}

export function fetchMessages(session: Session, afterSeq: number): Promise<Answer> {
  const path = `${pathOf(session)}/messages?afterSeq=${afterSeq}`;
  return call('GET', path, { token: tokenOf(session) });
}

export function sendRating(session: Session, rating: { score: number; comment?: string }) {
  return call('POST', ownPath(session, 'rating'), { body: rating, token: tokenOf(session) });
}

export function askTranscript(session: Session, email: string): Promise<Answer> {
  return call('POST', ownPath(session, 'transcript'), { body: { email }, token: tokenOf(session) });
}

export function forget(session: Session): Promise<Answer> {
  return call('POST', ownPath(session, 'forget'), { token: tokenOf(session) });
}

/** What is asked under our own id: `sessionId` is another's where we have joined what it began. */
export function ownPath({ mqtt }: Session, what: string): string {
  return `/session/${encodeURIComponent(mqtt.username)}/${what}`;
}

const tokenOf = ({ mqtt }: Session) => mqtt.password;
const pathOf = ({ sessionId }: Session) => `/session/${encodeURIComponent(sessionId)}`;

async function call(
  method: string,
  path: string,
  { body, token, withinMs }: { body?: unknown; token?: string; withinMs?: number } = {},
): Promise<Answer> {
  const askedAt = performance.now();
  try {
    const response = await fetch(path, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(withinMs ?? WITHIN_MS),
    });
    hearDate(response, askedAt);
    const { ok, status, headers } = response;
    if (!ok) return { ok, status, retryAfterMs: readRetryAfter(headers) };
    const text = await response.text();
    return { ok: true, value: text === '' ? null : JSON.parse(text) };
  } catch {
    return { ok: false, status: 0, retryAfterMs: 0 };
  }
}
