// How long to wait before the next attempt to connect: spread, so that not all come back at once.

/** Why there is no connection. */
export type Hindrance =
  /** Nobody answers. Asking costs the server nothing while it is away, and little when it is back. */
  | 'away'
  /** It answers that it cannot now: too many at once, or its database is away. */
  | 'busy'
  /** It does not want us: waiting changes little. */
  | 'refused';

const FIRST_MS = 500;
/** Short of three seconds with what connecting itself takes. */
const LONGEST_MS: Record<Hindrance, number> = { away: 1500, busy: 5000, refused: 30_000 };
/** Nobody looks: whoever comes back to the page hurries. */
const HIDDEN_MS = 10_000;

/** `chance` is from 0 to 1: the delay lies between half and the whole of the doubled time. */
export function retryDelay(
  failuresBefore: number,
  options: { hindrance: Hindrance; mayWait: boolean; chance: number },
): number {
  const { hindrance, mayWait, chance } = options;
  const longest = Math.max(LONGEST_MS[hindrance], mayWait ? HIDDEN_MS : 0);
  const whole = Math.min(longest, FIRST_MS * 2 ** failuresBefore);
  return (whole * (1 + chance)) / 2;
}
