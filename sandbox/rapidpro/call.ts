// One call as mailroom's HTTP client makes it: redirects, retries and all.
import { setTimeout as sleep } from 'node:timers/promises';
import { type Exchanged, exchange, type Travel } from './exchange.ts';
import { nextBackoff, type RetryRule, spendsBody } from './retry-rule.ts';
import { type RequestParts, writeRequest } from './write-request.ts';

export interface CallOptions extends RequestParts {
  /** Of each attempt, in all. */
  timeoutMs: number;
  retries: RetryRule;
  /** A factor for the waits between attempts; 1: as long as the real ones. */
  pace: number;
  /** false: as older clients, whose retries fail by themselves once the body was read. */
  sendBodyOnRetry: boolean;
  random: () => number;
  signal: AbortSignal;
  ca: string | null;
  travel?: Travel;
  maxBodyBytes?: number;
}

export interface Attempt {
  at: number;
  /** The wait before it, after the factor. */
  waitedMs: number;
  /** Something went out; not so when the connection failed or the body was already spent. */
  sent: boolean;
  status: number | null;
  error: string | null;
}

/** Of the last attempt. */
export interface CallResult {
  /** null: no answer. */
  status: number | null;
  /** By lower-case name. */
  headers: Record<string, string>;
  /** As they came, gzip and all. */
  body: Buffer;
  /** null: a whole answer came. */
  error: string | null;
  attempts: Attempt[];
}

const BODY_SPENT = 'body-already-read';
const MAX_REDIRECTS = 10;

export async function call(options: CallOptions): Promise<CallResult> {
  const { method, retries, body, sendBodyOnRetry, random, signal } = options;
  const attempts: Attempt[] = [];
  let spent = false;
  for (let waitedMs = 0; ; ) {
    const at = Date.now();
    const isStuck = spent && !sendBodyOnRetry;
    const done = isStuck
      ? { response: null, error: BODY_SPENT, sent: false }
      : await follow(options);
    const { response, error, sent } = done;
    const status = response?.status ?? null;
    attempts.push({ at, waitedMs, sent, status, error });
    if (body !== null && !isStuck) {
      spent = spendsBody({ sent, bodyBytes: response?.complete ? response.body.length : null });
    }
    const outcome = { status, retryAfter: response?.headers['retry-after'] };
    const retry = attempts.length - 1;
    const backoff = nextBackoff(retries, { method, retry, outcome, random, now: Date.now() });
    if (backoff === null || signal.aborted) {
      const { headers = {}, body: answered = Buffer.alloc(0) } = response ?? {};
      return { status, headers, body: answered, error, attempts };
    }
    waitedMs = backoff * options.pace;
    await sleep(waitedMs, undefined, { signal }).catch(() => {});
  }
}

/** One attempt with all its redirects, within one timeout. */
async function follow(options: CallOptions): Promise<Exchanged> {
  const { timeoutMs, ca, signal, travel = {}, maxBodyBytes = Number.POSITIVE_INFINITY } = options;
  const deadline = performance.now() + timeoutMs;
  let parts: RequestParts = options;
  for (let redirects = 0; ; redirects++) {
    const left = Math.max(1, deadline - performance.now());
    const bytes = writeRequest(parts);
    const limits = { timeoutMs: left, maxBodyBytes };
    const done = await exchange({ url: parts.url, bytes, travel, ca, signal, ...limits });
    const next = redirected(parts, done);
    if (next === null) return done;
    if (redirects === MAX_REDIRECTS) return { ...done, response: null, error: 'redirects' };
    parts = next;
  }
}

/** 301, 302 and 303 lose the body; the secret goes to no other host. */
function redirected(parts: RequestParts, { response }: Exchanged): RequestParts | null {
  const location = response?.headers.location;
  if (response === null || location === undefined) return null;
  const keeps = response.status === 307 || response.status === 308;
  if (!keeps && ![301, 302, 303].includes(response.status)) return null;
  if (!URL.canParse(location, parts.url.href)) return null;
  const url = new URL(location, parts.url);
  const headers = { ...parts.headers };
  if (url.hostname !== parts.url.hostname) delete headers.Authorization;
  if (keeps) return { ...parts, url, headers };
  delete headers['Content-Length'];
  return { method: parts.method === 'HEAD' ? 'HEAD' : 'GET', url, headers, body: null };
}
