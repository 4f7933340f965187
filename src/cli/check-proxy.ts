// Whether the proxies before Usher tell it who comes, by which protocol and for which host.
import { Value } from 'typebox/value';
import { SeenConnection } from '../contract/connection.ts';
import { openOwnOutbound } from '../outbound/open-outbound.ts';
import type { Check } from './check.ts';

const NAME = 'proxies';
const TIMEOUT_MS = 5000;
const LOCAL = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** Nothing is said where PUBLIC_URL does not lead to Usher: that is told by its own check. */
export async function checkProxy(publicUrl: string | undefined): Promise<Check[]> {
  if (publicUrl === undefined) return [];
  const url = new URL('api/v1/connection', publicUrl.replace(/\/*$/, '/'));
  const outbound = openOwnOutbound();
  try {
    const send = { method: 'GET', verifyTls: true, headers: {}, timeoutMs: TIMEOUT_MS } as const;
    const answer = await outbound.send({ ...send, url: url.href });
    if (!answer.ok || answer.status !== 200) return [];
    const seen = readSeen(answer.body.toString());
    return seen === null ? [] : judgeSeen(seen, url).map((check) => ({ name: NAME, ...check }));
  } finally {
    await outbound.close();
  }
}

function readSeen(text: string): SeenConnection | null {
  try {
    const value: unknown = JSON.parse(text);
    return Value.Check(SeenConnection, value) ? value : null;
  } catch {
    return null;
  }
}

/** `url`: by which the request was sent. */
export function judgeSeen(seen: SeenConnection, url: URL): Omit<Check, 'name'>[] {
  const faults = [judgeClient(seen, url), judgeProtocol(seen, url), judgeHost(seen, url)];
  const told = faults.filter((fault) => fault !== null);
  if (told.length > 0) return told;
  return [{ state: 'ok', says: `Usher sees ${seen.protocol}, and who comes` }];
}

function judgeClient({ client }: SeenConnection, url: URL): Omit<Check, 'name'> | null {
  if (client === 'not-believed') {
    const says =
      'a proxy names clients and is not believed, so all of them count as one; name its address in USHER_TRUSTED_PROXIES (the log has it: “A request came with X-Forwarded-For”)';
    return { state: 'failed', says };
  }
  if (client === 'unnamed' && !LOCAL.test(url.hostname)) {
    const says =
      'the proxy names no client, so limits by address do not hold; let it set X-Forwarded-For';
    return { state: 'failed', says };
  }
  return null;
}

function judgeProtocol({ protocol, client }: SeenConnection, url: URL): Omit<Check, 'name'> | null {
  if (`${protocol}:` === url.protocol || client === 'not-believed') return null;
  const says = `PUBLIC_URL is ${url.protocol.slice(0, -1)} and Usher sees ${protocol}; let the proxy set X-Forwarded-Proto, and name it in USHER_TRUSTED_PROXIES`;
  return { state: 'failed', says };
}

function judgeHost({ host }: SeenConnection, url: URL): Omit<Check, 'name'> | null {
  if (host === url.host) return null;
  const says = `Usher sees the host ${host} instead of ${url.host}; let the proxy pass Host on, or set X-Forwarded-Host`;
  return { state: 'warning', says };
}
