// The one way out to addresses that users typed: checked, limited, without redirects.
import type { Socket } from 'node:net';
import { createSecureContext } from 'node:tls';
import type { AllowedNetworks } from '../addresses/allowed-networks.ts';
import { checkUrl, type UrlRefusal } from '../addresses/check-url.ts';
import { keepOrigins } from './keep-origins.ts';
import type { Opener, Target } from './open-connection.ts';
import type { Failure, OutboundAnswer, OutboundRequest } from './outbound-answer.ts';
import { refuseBadHeaders } from './refuse-bad-headers.ts';
import { type Lookup, makeResolveHost, systemLookup } from './resolve-host.ts';
import { startDeadline } from './start-deadline.ts';

export type { OutboundAnswer, OutboundRequest } from './outbound-answer.ts';

export interface Outbound {
  /**
   * Never rejects for what the other side does. Rejects with a TypeError for headers that cannot
   * be sent. A connection that breaks under a request is not tried again: `sent` says what is known.
   */
  send(request: OutboundRequest): Promise<OutboundAnswer>;
  /** How many connections are open. */
  connections(): number;
  /** Aborts requests under way and resolves when every connection is closed. */
  close(): Promise<void>;
}

export interface OutboundOptions {
  allowed: AllowedNetworks;
  lookup?: Lookup;
  /** How many requests to one origin are under way at a time; the others wait. Default 8. */
  maxPerOrigin?: number;
  /** Certificates (PEM) to trust instead of those that Node brings. */
  ca?: string[];
}

const TIMEOUT_MS = 15_000;
const CONNECT_MS = 5000;
const MAX_ANSWER_BYTES = 65_536;

const closed: Failure = { ok: false, error: 'aborted', text: 'We are stopping.', address: null };

export function openGuardedOutbound(options: OutboundOptions): Outbound {
  const { allowed, lookup = systemLookup, maxPerOrigin = 8, ca } = options;
  const sockets = new Set<Socket>();
  const stops = new Set<() => void>();
  let isClosed = false;

  const opener: Opener = {
    resolveHost: makeResolveHost({ allowed, lookup }),
    secureContext: createSecureContext({ minVersion: 'TLSv1.2', ...(ca && { ca }) }),
    onSocket(socket) {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
    },
  };
  const origins = keepOrigins({ opener, maxPerOrigin });
  const judge = rememberUrls(allowed);

  async function run(request: OutboundRequest, typed: ReadUrl): Promise<Unmeasured> {
    const { timeoutMs = TIMEOUT_MS, connectMs = CONNECT_MS } = request;
    const text = `No complete answer within ${timeoutMs} ms.`;
    const deadline = startDeadline({ ms: timeoutMs, text, within: request.signal });
    const stop = () => deadline.stop(closed);
    stops.add(stop);
    if (isClosed) stop();
    try {
      const exchange = { ...describeExchange(request, typed), deadline };
      const outcome = await origins
        .of({ ...typed.target, verifyTls: request.verifyTls })
        .run(exchange, connectMs);
      return outcome.ok ? outcome : { ...outcome, literal: false };
    } finally {
      deadline.clear();
      stops.delete(stop);
    }
  }

  return {
    async send(request) {
      refuseBadHeaders(request.headers);
      const startedAt = performance.now();
      const judged = judge(request.url);
      const answer = judged.ok ? await run(request, judged) : block(judged.text);
      return { ...answer, durationMs: performance.now() - startedAt };
    },
    connections: () => sockets.size,
    async close() {
      isClosed = true;
      for (const stop of stops) stop();
      origins.close();
      await Promise.all([...sockets].map(untilClosed));
    },
  };
}

type Unmeasured = OutboundAnswer extends infer Answer
  ? Answer extends OutboundAnswer
    ? Omit<Answer, 'durationMs'>
    : never
  : never;

function block(text: string): Unmeasured {
  return { ok: false, error: 'blocked', text, sent: false, literal: true, address: null };
}

/** The parts of a URL that may be requested. */
interface ReadUrl {
  ok: true;
  target: Omit<Target, 'verifyTls'>;
  path: string;
}

const MOST_REMEMBERED = 1000;

/**
 * The judgement of a URL never changes while we run, and the same few are asked for all the time.
 */
function rememberUrls(allowed: AllowedNetworks): (typed: string) => ReadUrl | UrlRefusal {
  const known = new Map<string, ReadUrl | UrlRefusal>();
  return (typed) => {
    const before = known.get(typed);
    if (before !== undefined) return before;
    if (known.size >= MOST_REMEMBERED) known.clear();
    const checked = checkUrl(typed, { allowed });
    const judged = checked.ok ? readUrl(new URL(checked.url)) : checked;
    known.set(typed, judged);
    return judged;
  };
}

function readUrl(url: URL): ReadUrl {
  const tls = url.protocol === 'https:';
  const target = {
    origin: url.origin,
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port) || (tls ? 443 : 80),
    tls,
  };
  return { ok: true, target, path: `${url.pathname}${url.search}` };
}

function describeExchange(request: OutboundRequest, { path }: ReadUrl) {
  const { method, headers, body = null, maxAnswerBytes = MAX_ANSWER_BYTES } = request;
  return {
    method,
    path,
    headers: { ...headers, 'accept-encoding': 'identity' },
    body,
    maxAnswerBytes,
  };
}

function untilClosed(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.once('close', () => resolve()));
}
