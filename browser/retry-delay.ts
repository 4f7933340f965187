// How long to wait before the next attempt to connect: spread, so that not all come back at once.

/** Why there is no connection. */
export type Hindrance =
  /**
   * Nobody answers. Asking costs the server nothing while it is away, and little when it is back.
   */
  | 'away'
  /** It answers that it cannot now: too many at once, or its database is away. */
  | 'busy'
  /** It refuses us: waiting changes little. */
  | 'refused';

const FIRST_MS: Record<Hindrance, number> = { away: 500, busy: 5000, refused: 500 };
/** Away: short of three seconds with what connecting itself takes. */
const LONGEST_MS: Record<Hindrance, number> = { away: 1500, busy: 5000, refused: 30_000 };
/** Nobody looks: when somebody returns to the page, it tries at once. */
const HIDDEN_MS = 10_000;
const MOST_ASKED_MS = 60_000;

/**
 * `chance` is from 0 to 1: the delay lies between half and the whole of the doubled time. `askedMs`: what the server
 * asked for, and then as much again as those who were asked the same must be spread over.
 */
export function retryDelay(
  failuresBefore: number,
  options: { hindrance: Hindrance; mayWait: boolean; chance: number; askedMs?: number },
): number {
  const { hindrance, mayWait, chance, askedMs = 0 } = options;
  const longest = Math.max(LONGEST_MS[hindrance], mayWait ? HIDDEN_MS : 0);
  const whole = Math.min(longest, FIRST_MS[hindrance] * 2 ** failuresBefore);
  const delay = (whole * (1 + chance)) / 2;
  return askedMs === 0 ? delay : Math.max(delay, askedMs + (whole * chance) / 2);
}

/** Of an HTTP answer; 0: there was none. 502 and 504 are a proxy's, behind which nobody is. */
export function hindranceOf(status: number): Hindrance {
  if (status === 0 || status === 408 || status === 502 || status === 504) return 'away';
  return status >= 500 ? 'busy' : 'refused';
}

/** 0: not asked for, or by a date, which is as good as the clock of this computer. */
export function readRetryAfter(headers: Pick<Headers, 'get'>): number {
  const seconds = Number(headers.get('retry-after'));
  return seconds > 0 ? Math.min(seconds * 1000, MOST_ASKED_MS) : 0;
}
