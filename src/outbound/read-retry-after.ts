// How long another server asks us to wait (RFC 9110 §10.2.3).

// JavaScript reads almost any text with a number in it as a date, and one without a zone as local
// time.
const DATE =
  /^(mon|tue|wed|thu|fri|sat|sun)[a-z]*,? .*\d\d:\d\d:\d\d|^\d{4}-\d\d-\d\dT.*(z|[+-]\d\d:\d\d)$/i;
const ASCTIME = /\d{4}$/;

/** Of its `Retry-After`, in milliseconds: seconds, also with a fraction, or a date; null: absent or neither. */
export function readRetryAfter(value: string | null | undefined, now: number): number | null {
  const text = value?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
  if (!DATE.test(text)) return null;
  const at = Date.parse(ASCTIME.test(text) ? `${text} GMT` : text);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}
