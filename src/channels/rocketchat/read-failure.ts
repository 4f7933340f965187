// Reads why Rocket.Chat refused a call.

export interface MirrorFailure {
  /**
   * - `limited`: it asks to wait, or we wait by ourselves for its limit
   * - `unavailable`: nothing was done
   * - `unknown`: it may have been done
   * - `refused`: it will never do that
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
  const error = readError(answer.body);
  const kind = status === 429 ? 'limited' : status >= 500 || status < 300 ? 'unknown' : 'refused';
  const text = `Rocket.Chat answered ${status}${error === '' ? '' : `: ${error}`}`;
  return { kind, status, error, text, retryAfterMs: kind === 'limited' ? readWait(answer) : null };
}

function readError(body: string): string {
  try {
    const parsed: unknown = JSON.parse(body);
    if (typeof parsed !== 'object' || parsed === null) return '';
    const { error, errorType, reason, message } = parsed as Record<string, unknown>;
    const words = [errorType, error, reason, message].filter((one) => typeof one === 'string');
    return words.join(' ').slice(0, MOST_TEXT);
  } catch {
    return '';
  }
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
