// Makes one call of Rocket.Chat's API within its limits; every call is a single attempt.
import type { Clock } from '../../clock.ts';
import type { Outbound, OutboundAnswer } from '../../outbound/open-guarded-outbound.ts';
import { fileAddress } from './file-address.ts';
import { makeBuckets } from './make-buckets.ts';
import { type MirrorFailure, readFailure } from './read-failure.ts';
import { type Fields, readFields } from './read-fields.ts';
import type { Outcome } from './types.ts';

export interface Caller {
  call(request: {
    method: 'GET' | 'POST';
    /** Below `/api/v1/`, without a slash. */
    path: string;
    query?: Record<string, string>;
    body?: object | FormData;
    /** In the name of the channel's user; otherwise by a visitor's token alone. */
    auth: boolean;
    headers?: Record<string, string>;
  }): Promise<Outcome<Fields>>;
  /** Bytes of a file in that room, which its visitor may read; nothing else is asked for, and no other server. */
  download(args: {
    url: string;
    token: string;
    roomId: string;
    most: number;
  }): Promise<Outcome<{ bytes: Buffer; type: string }>>;
}

export interface CallerOptions {
  baseUrl: string;
  userId: string;
  authToken: string;
  /** null: the defaults of Rocket.Chat's limiter. */
  callsPerMinute: number | null;
  clock: Pick<Clock, 'now' | 'elapsed'>;
  outside: Pick<Outbound, 'send'>;
}

const TIMEOUT_MS = 15_000;
/** A hundred rooms with their last messages have about 300 kB. */
const MAX_ANSWER_BYTES = 8 * 1024 * 1024;

export function makeCaller(options: CallerOptions): Caller {
  const { clock, outside, callsPerMinute } = options;
  const base = options.baseUrl.replace(/\/+$/, '');
  const login = { 'x-auth-token': options.authToken, 'x-user-id': options.userId };
  const limitOf = (endpoint: string) =>
    callsPerMinute ?? (endpoint === 'POST livechat/visitor' ? 5 : 10);
  const buckets = makeBuckets(limitOf, clock.elapsed);
  return {
    async call({ method, path, query, body, auth, headers = {} }) {
      const endpoint = `${method} ${path.split('/').slice(0, 2).join('/')}`;
      const waitMs = buckets.take(endpoint);
      if (waitMs > 0) return { ok: false, failure: limited(endpoint, waitMs) };
      const search = query === undefined ? '' : `?${new URLSearchParams(query)}`;
      const encoded = await encode(body);
      const answer = await outside.send({
        url: `${base}/api/v1/${path}${search}`,
        method,
        headers: { accept: 'application/json', ...(auth && login), ...encoded.headers, ...headers },
        ...(encoded.bytes !== null && { body: encoded.bytes }),
        ...{ verifyTls: true, timeoutMs: TIMEOUT_MS, maxAnswerBytes: MAX_ANSWER_BYTES },
      });
      const outcome = judge(answer, clock.now());
      if (!outcome.ok && outcome.failure.kind === 'limited') {
        buckets.pause(endpoint, outcome.failure.retryAfterMs ?? 0);
      }
      return outcome;
    },
    async download({ url, token, roomId, most }) {
      const address = fileAddress(base, url);
      if (address === null) return { ok: false, failure: elsewhere };
      const file = new URL(address);
      // Our user is no member of the room, and members alone may read its files unless that is changed.
      const visitor = { rc_room_type: 'l', rc_rid: roomId, rc_token: token };
      for (const [name, value] of Object.entries(visitor)) file.searchParams.set(name, value);
      const answer = await outside.send({
        ...{ url: file.href, method: 'GET', headers: login, verifyTls: true },
        ...{ timeoutMs: 2 * TIMEOUT_MS, maxAnswerBytes: most },
      });
      return judgeFile(answer, clock.now());
    },
  };
}

function judgeFile(answer: OutboundAnswer, now: number): Outcome<{ bytes: Buffer; type: string }> {
  if (answer.ok && answer.truncated) return { ok: false, failure: tooLarge };
  if (answer.ok && answer.status === 200) {
    const type = answer.headers['content-type'] ?? 'application/octet-stream';
    return { ok: true, value: { bytes: answer.body, type } };
  }
  if (answer.ok && GONE.has(answer.status)) return { ok: false, failure: gone };
  const judged = judge(answer, now);
  return judged.ok ? { ok: false, failure: gone } : judged;
}

/** Files are answered without Rocket.Chat's JSON: with these it says that there is none for us. */
const GONE = new Set([400, 403, 404, 410]);

function refusal(error: string, text: string): MirrorFailure {
  return { kind: 'refused', status: null, error, text, retryAfterMs: null };
}

const elsewhere = refusal('file-elsewhere', 'The link is no file of that Rocket.Chat.');
const gone = refusal('file-gone', 'Rocket.Chat does not give the file.');
const tooLarge = refusal('file-too-large', 'The file is too large.');

function limited(endpoint: string, retryAfterMs: number): MirrorFailure {
  const text = `${endpoint}: waiting for Rocket.Chat’s rate limit`;
  return { kind: 'limited', status: null, error: '', text, retryAfterMs };
}

function judge(answer: OutboundAnswer, now: number): Outcome<Fields> {
  if (!answer.ok) {
    const kind = answer.sent ? 'unknown' : 'unavailable';
    const text = words[answer.error] ?? 'the connection to Rocket.Chat failed';
    return { ok: false, failure: { kind, status: null, error: '', text, retryAfterMs: null } };
  }
  const { status, headers } = answer;
  const body = answer.body.toString('utf8');
  const parsed = status === 200 && !answer.truncated ? parse(body) : null;
  if (parsed?.success === true) return { ok: true, value: parsed };
  if (parsed?.success === false) {
    return { ok: false, failure: readFailure({ status: 400, body, headers, now }) };
  }
  return { ok: false, failure: readFailure({ status, body, headers, now }) };
}

/** Coarse on purpose: whoever typed the address reads this, and must not learn what listens where. */
const words: Record<string, string> = {
  blocked:
    'the address may not be called: it is not on the public internet; USHER_ALLOW_PRIVATE_NETWORKS can make an exception',
  tls: 'there is no safe connection to the address: check its certificate',
  timeout: 'no answer in time',
};

function parse(body: string): Fields | null {
  try {
    return readFields(JSON.parse(body));
  } catch {
    return null;
  }
}

async function encode(
  body: object | FormData | undefined,
): Promise<{ bytes: Buffer | null; headers: Record<string, string> }> {
  if (body === undefined) return { bytes: null, headers: {} };
  if (!(body instanceof FormData)) {
    const headers = { 'content-type': 'application/json' };
    return { bytes: Buffer.from(JSON.stringify(body)), headers };
  }
  const encoded = new Response(body);
  const headers = { 'content-type': encoded.headers.get('content-type') ?? '' };
  return { bytes: Buffer.from(await encoded.arrayBuffer()), headers };
}
