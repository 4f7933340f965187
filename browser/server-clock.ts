// The server's time, whatever this computer's clock says: what is shown and counted goes by it.

/** Within this the two agree: an answer takes its time, and the date in it has whole seconds. */
const AGREE_WITHIN_MS = 3000;

/** Added to `performance.now()`, which goes on evenly when somebody sets the clock. */
let start = Date.now() - performance.now();

export function serverNow(): number {
  return start + performance.now();
}

/** `date`: the header of an answer that was kept nowhere on its way. */
export function hearDate(date: string | null): void {
  const told = Date.parse(date ?? '') + 500;
  if (Math.abs(told - serverNow()) > AGREE_WITHIN_MS) start = told - performance.now();
}
