// Passes a received webhook on as it came: the same bytes, the same headers, spelt the same.
import { request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';

export type Passed =
  | { ok: true; status: number; headers: Record<string, string>; body: Buffer }
  /** `status` is what a gateway answers in that case. */
  | { ok: false; status: 502 | 504; error: string };

/** Below the 15 s that a sender of events waits, so that it still learns the outcome. */
const LIMIT_MS = 14_000;
/** A sender of events reads no more of an answer. */
const MAX_ANSWER_BYTES = 64 * 1024;

/** Headers about one connection, not about the event. */
const OF_THE_CONNECTION = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

const ANSWERED = ['content-encoding', 'content-type', 'location', 'retry-after'];

export function forwardRequest(passing: {
  url: URL;
  /** Names and values in turn. */
  rawHeaders: readonly string[];
  body: Buffer;
  signal: AbortSignal;
}): Promise<Passed> {
  const { url, rawHeaders, body } = passing;
  const timeout = AbortSignal.timeout(LIMIT_MS);
  const headers = [
    ...keepHeaders(rawHeaders),
    ...['Host', url.host, 'Content-Length', String(body.length)],
  ];
  const call = url.protocol === 'https:' ? overHttps : overHttp;
  return new Promise((resolve) => {
    const fail = (error: NodeJS.ErrnoException) => {
      if (timeout.aborted) resolve({ ok: false, status: 504, error: 'timeout' });
      else resolve({ ok: false, status: 502, error: error.code ?? error.message });
    };
    const signal = AbortSignal.any([timeout, passing.signal]);
    const request = call(url, { method: 'POST', headers, agent: false, signal });
    request.once('error', fail);
    request.once('response', (response) => {
      readAnswer(response).then((answer) => {
        const picked = ANSWERED.flatMap((name) => {
          const value = response.headers[name];
          return typeof value === 'string' ? [[name, value] as const] : [];
        });
        const status = response.statusCode ?? 502;
        resolve({ ok: true, status, headers: Object.fromEntries(picked), body: answer });
      }, fail);
    });
    request.end(body);
  });
}

function keepHeaders(rawHeaders: readonly string[]): string[] {
  return rawHeaders.filter((_, index) => {
    const name = rawHeaders[index - (index % 2)] ?? '';
    return !OF_THE_CONNECTION.has(name.toLowerCase());
  });
}

async function readAnswer(response: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes >= MAX_ANSWER_BYTES) break;
  }
  return Buffer.concat(chunks).subarray(0, MAX_ANSWER_BYTES);
}
