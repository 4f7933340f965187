// The one way out to addresses that users typed: guarded, bounded, and never surprised.
import type { Socket } from 'node:net';
import { createSecureContext } from 'node:tls';
import type { AllowedNetworks } from './allowed-networks.ts';
import { checkUrl } from './check-url.ts';
import { keepOrigins } from './keep-origins.ts';
import { makeDeadline } from './make-deadline.ts';
import type { Opener, Target } from './open-connection.ts';
import type { Failure, OutboundAnswer, OutboundRequest } from './outbound-answer.ts';
import { refuseBadHeaders } from './refuse-bad-headers.ts';
import { type Lookup, makeResolveHost, systemLookup } from './resolve-host.ts';

export type { OutboundAnswer, OutboundRequest } from './outbound-answer.ts';

export interface Outbound {
  /**
   * Never rejects for what the other side does. Rejects with a TypeError for headers that cannot
   * be sent. A connection that breaks under a request is not tried again: `sent` says what is known.
   */
  send(request: OutboundRequest): Promise<OutboundAnswer>;
  /** How many connections are open. */
  connections(): number;
  /** Aborts what is under way and resolves when every connection is closed. */
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

export function makeOutbound(options: OutboundOptions): Outbound {
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

  async function run(request: OutboundRequest, url: URL): Promise<Unmeasured> {
    const { timeoutMs = TIMEOUT_MS, connectMs = CONNECT_MS } = request;
    const text = `No complete answer within ${timeoutMs} ms.`;
    const deadline = makeDeadline({ ms: timeoutMs, text, within: request.signal });
    const stop = () => deadline.stop(closed);
    stops.add(stop);
    if (isClosed) stop();
    try {
      const { signal } = deadline;
      const exchange = { ...describeExchange(request, url), signal };
      const outcome = await origins.of(readTarget(request, url)).run(exchange, connectMs);
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
      const checked = checkUrl(request.url, { allowed });
      const answer = checked.ok ? await run(request, new URL(checked.url)) : block(checked.text);
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

function readTarget({ verifyTls }: OutboundRequest, url: URL): Target {
  const tls = url.protocol === 'https:';
  return {
    origin: url.origin,
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port) || (tls ? 443 : 80),
    tls,
    verifyTls,
  };
}

function describeExchange(request: OutboundRequest, url: URL) {
  const { method, headers, body = null, maxAnswerBytes = MAX_ANSWER_BYTES } = request;
  return {
    method,
    path: `${url.pathname}${url.search}`,
    headers: { ...headers, 'accept-encoding': 'identity' },
    body,
    maxAnswerBytes,
  };
}

function untilClosed(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.once('close', () => resolve()));
}
