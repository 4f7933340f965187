// Reads why Rocket.Chat refused a call.
import { type Fields, readFields } from './read-fields.ts';

export interface MirrorFailure {
  /**
   * - `limited`: it asks to wait, or we wait by ourselves for its limit
   * - `unavailable`: nothing was done; it is down, does not know us, or a proxy answered for it
   * - `unknown`: it may have been done
   * - `refused`: Rocket.Chat itself says that it will never do that
   */
  kind: 'limited' | 'unavailable' | 'unknown' | 'refused';
  status: number | null;
  /** Rocket.Chat's own word for it; '' where it gave none. */
  error: string;
  /** For people, without any secret. */
  text: string;
  retryAfterMs: number | null;
}

const MOST_TEXT = 200;

export function readFailure(answer: {
  status: number;
  body: string;
  headers: Record<string, string>;
  now: number;
}): MirrorFailure {
  const { status } = answer;
  const body = parse(answer.body);
  const error = readError(body);
  const kind = judge(status, body.success === false);
  const text = `Rocket.Chat answered ${status}${error === '' ? '' : `: ${error}`}`;
  return { kind, status, error, text, retryAfterMs: kind === 'limited' ? readWait(answer) : null };
}

/** A page of a proxy, or a login that has run out, says nothing of what was asked. */
function judge(status: number, isItsOwnWord: boolean): MirrorFailure['kind'] {
  if (status === 429) return 'limited';
  if (status >= 500 || status < 300) return 'unknown';
  if (status === 413) return 'refused';
  const isRefusal = isItsOwnWord && status >= 400 && status !== 401 && status !== 403;
  return isRefusal ? 'refused' : 'unavailable';
}

function parse(body: string): Fields {
  try {
    return readFields(JSON.parse(body));
  } catch {
    return {};
  }
}

function readError({ error, errorType, reason, message }: Fields): string {
  const words = [errorType, error, reason, message].filter((one) => typeof one === 'string');
  return words.join(' ').slice(0, MOST_TEXT);
}

/** `x-ratelimit-reset` is an instant in milliseconds; the text says seconds; otherwise a window. */
function readWait({
  headers,
  body,
  now,
}: {
  headers: Record<string, string>;
  body: string;
  now: number;
}): number {
  const seconds = Number(headers['retry-after'] ?? /(\d+) seconds/.exec(body)?.[1]);
  const reset = Number(headers['x-ratelimit-reset']) - now;
  const wait = Number.isFinite(reset) && reset > 0 ? reset : seconds * 1000;
  return Number.isFinite(wait) && wait > 0 ? Math.min(wait, 120_000) : 60_000;
}
