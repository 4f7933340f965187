// Sends one request within the limits: a few at a time, and silent when Qiscus asks for it.
import { makeTurns } from '../../outbound/make-turns.ts';
import { makePause } from './make-pause.ts';
import { readFailure, readStatus } from './read-failure.ts';
import { type HttpAnswer, type HttpRequest, type Outside, sendOnce } from './send-once.ts';
import type { Failure, Outcome } from './types.ts';

export interface Request {
  method: 'GET' | 'POST';
  path: string;
  query?: Record<string, string>;
  form?: Record<string, string>;
  /** How the form travels; urlencoded unless said otherwise. */
  encoding?: 'urlencoded' | 'multipart';
}

export interface Sender {
  /** A single attempt. `headers` carry the authorisation. */
  send(request: Request, headers: Record<string, string>): Promise<Outcome<HttpAnswer>>;
  /** Refuses what waits for its turn; requests under way end by themselves. */
  close(): void;
}

export interface SenderOptions {
  baseUrl: string;
  appId: string;
  timeoutMs: number;
  maxConcurrent: number;
  outside: Outside;
  /** Never shown in the text of a failure, and neither is the authorisation of a single request. */
  secrets: string[];
}

/** Waiting for a turn is bounded too: a hung Qiscus must not collect an endless queue. */
const PATIENCE_IN_TIMEOUTS = 3;

export function openSender(options: SenderOptions): Sender {
  const { timeoutMs, outside } = options;
  const base = new URL(options.baseUrl);
  const turns = makeTurns(options.maxConcurrent);
  const closing = new AbortController();
  const wait = () => {
    const patience = AbortSignal.timeout(PATIENCE_IN_TIMEOUTS * timeoutMs);
    return turns.take(AbortSignal.any([closing.signal, patience]));
  };
  const pause = makePause();

  async function sendNow(request: HttpRequest, secrets: string[]): Promise<Outcome<HttpAnswer>> {
    const restMs = pause.remaining();
    if (restMs > 0) return unavailable('Qiscus asked us to pause', restMs);
    const outcome = await sendOnce({ outside, timeoutMs }, request);
    if (!outcome.ok) return outcome;
    const retryAfterMs = pause.note(outcome.value);
    const { body } = outcome.value;
    const status = readStatus(outcome.value);
    if (status >= 200 && status < 300) return outcome;
    return { ok: false, failure: readFailure({ status, body, retryAfterMs, secrets }) };
  }

  return {
    async send(request, headers) {
      const restMs = pause.remaining();
      if (restMs > 0) return unavailable('Qiscus asked us to pause', restMs);
      const isGranted = (!closing.signal.aborted && turns.takeNow()) || (await wait());
      if (!isGranted) return unavailable('too many calls wait for Qiscus', null);
      try {
        const authorised = { 'qiscus-app-id': options.appId, ...headers };
        const secrets = [...options.secrets, ...Object.values(headers)];
        return await sendNow(await toHttp(base, request, authorised), secrets);
      } finally {
        turns.pass();
      }
    },
    close: () => closing.abort(),
  };
}

async function toHttp(
  base: URL,
  { method, path, query, form, encoding }: Request,
  headers: Record<string, string>,
): Promise<HttpRequest> {
  const search = query === undefined ? '' : `?${new URLSearchParams(query)}`;
  const url = `${base.origin}${base.pathname.replace(/\/+$/, '')}${path}${search}`;
  const accept = { accept: 'application/json', 'user-agent': 'usher', ...headers };
  if (form === undefined) return { method, url, headers: accept, body: null };
  if (encoding !== 'multipart') {
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    const body = Buffer.from(`${new URLSearchParams(form)}`);
    return { method, url, headers: { ...accept, ...type }, body };
  }
  const encoded = new Response(multipart(form));
  const type = { 'content-type': encoded.headers.get('content-type') ?? '' };
  const body = Buffer.from(await encoded.arrayBuffer());
  return { method, url, headers: { ...accept, ...type }, body };
}

function multipart(form: Record<string, string>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(form)) data.set(name, value);
  return data;
}

function unavailable(text: string, retryAfterMs: number | null): { ok: false; failure: Failure } {
  return { ok: false, failure: { kind: 'unavailable', status: null, text, retryAfterMs } };
}
