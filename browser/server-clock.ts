// The server's time, however wrong this computer's clock is; everything shown or counted uses it.

/**
 * Within this the two clocks agree: an answer takes its time, and the date in it has whole seconds.
 */
const AGREE_WITHIN_MS = 3000;

/** Added to `performance.now()`, which runs evenly when somebody sets the clock. */
let start = Date.now() - performance.now();

export function serverNow(): number {
  return start + performance.now();
}

/**
 * `askedAt`: by `performance.now()`. An answer that was kept on its way tells of the past, and a failure may be
 * somebody else's. When it was written nobody knows: what fits any moment on the way changes nothing.
 */
export function hearDate(
  { status, headers }: Pick<Response, 'status' | 'headers'>,
  askedAt: number,
) {
  if (status >= 500 || headers.has('age')) return;
  const heardAt = performance.now();
  const told = Date.parse(headers.get('date') ?? '') + 500;
  const [least, most] = [told - heardAt - AGREE_WITHIN_MS, told - askedAt + AGREE_WITHIN_MS];
  if (start < least || start > most) start = told - (askedAt + heardAt) / 2;
}
