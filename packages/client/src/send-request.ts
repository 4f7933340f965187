// Sends a request until it is answered: again after no answer and after answers that pass, if it may be repeated.
import { UsherUnreachable } from './problem.ts';
import { readRetryAfter, retryDelay } from './retry-delay.ts';

export const KEY_HEADER = 'Idempotency-Key';

/** Not `crypto.randomUUID`, which pages have over HTTPS alone. */
export function makeKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export interface Sending {
  fetch: (request: Request) => Promise<Response>;
  /** How long one attempt may take. */
  timeoutMs: number;
  /** How long a request is sent again. */
  patienceMs: number;
  /** Whether JSON can be what was asked for. Other answers pass, as those of somebody who stands in for the server. */
  isWanted?: (answer: unknown) => boolean;
}

/** The last answer, its JSON read to the end. Throws UsherUnreachable, or the reason of the request's own signal. */
export async function sendRequest(request: Request, sending: Sending): Promise<Response> {
  const until = Date.now() + sending.patienceMs;
  for (let failures = 0; ; failures += 1) {
    const outcome = await attempt(request, sending);
    request.signal.throwIfAborted();
    const again = mayRepeat(request) && (await isPassing(outcome, sending));
    const askedMs =
      outcome instanceof Response ? readRetryAfter(outcome.headers, Date.now()) : null;
    const delayMs = retryDelay(failures, { chance: Math.random(), askedMs });
    if (again && Date.now() + delayMs < until) await sleep(delayMs, request.signal);
    else if (outcome instanceof Response) return outcome;
    else throw unreachable(request, outcome);
  }
}

/** What was asked by one key is done once; an upload that is not used is deleted by the server. */
function mayRepeat({ method, headers, url }: Request): boolean {
  const isUpload = method === 'POST' && url.endsWith('/api/v1/attachments');
  return ['GET', 'HEAD'].includes(method) || headers.has(KEY_HEADER) || isUpload;
}

/**
 * Node lets a signal, and a request that follows one, be collected while its answer is awaited; then nothing
 * would end the waiting.
 */
const underWay = new Set<readonly unknown[]>();

async function attempt(request: Request, { fetch, timeoutMs }: Sending): Promise<unknown> {
  const timeout = AbortSignal.timeout(timeoutMs);
  const signal = AbortSignal.any([request.signal, timeout]);
  const attempted = new Request(request.clone(), { signal });
  const kept = [request, timeout, signal, attempted];
  underWay.add(kept);
  try {
    const response = await fetch(attempted);
    if (!isJson(response) || response.body === null) return response;
    // An answer that ends half-way is none, also where nothing says that it did: the request is sent again.
    const text = await response.text();
    if (response.ok && text !== '') JSON.parse(text);
    const { status, statusText, headers } = response;
    return keepUrl(new Response(text, { status, statusText, headers }), response.url);
  } catch (error) {
    return error;
  } finally {
    underWay.delete(kept);
  }
}

export function isJson({ headers }: Response): boolean {
  return /^application\/(problem\+)?json\b/.test(headers.get('content-type') ?? '');
}

/** A made response has no address, and messages name it. */
function keepUrl(response: Response, url: string): Response {
  return Object.defineProperty(response, 'url', { value: url });
}

/** Whether the same request may be answered otherwise in a while. */
async function isPassing(outcome: unknown, { isWanted }: Sending): Promise<boolean> {
  if (!(outcome instanceof Response)) return true;
  if (outcome.ok) return isWanted !== undefined && !isWanted(await readJson(outcome));
  if (outcome.status >= 500 || outcome.status === 408 || outcome.status === 425) return true;
  if (outcome.status === 409) return (await readCode(outcome)) === 'idempotency-key.under-way';
  if (outcome.status !== 429) return false;
  // These two pass within hours.
  const code = await readCode(outcome);
  return code !== 'idempotency-key.too-many' && code !== 'upload.budget-spent';
}

async function readCode(response: Response): Promise<unknown> {
  return ((await readJson(response)) as { code?: unknown } | null)?.code;
}

/** null: it is none. */
async function readJson(response: Response): Promise<unknown> {
  return response
    .clone()
    .json()
    .catch(() => null);
}

function unreachable({ method, url }: Request, cause: unknown): UsherUnreachable {
  const { origin, pathname } = new URL(url);
  return new UsherUnreachable(`No answer to ${method} ${origin}${pathname}.`, { cause });
}

export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    if (signal?.aborted) stop();
    else signal?.addEventListener('abort', stop, { once: true });
  });
}
