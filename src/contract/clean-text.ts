// Makes any text and any JSON storable: PostgreSQL refuses NUL characters and lone surrogates.

const REPLACEMENT = '\uFFFD';
const TOO_DEEP = '[nested too deeply]';

/** How deep JSON may nest before the rest is cut off. PostgreSQL's own limit is its stack. */
export const MAX_JSON_DEPTH = 64;

export function cleanText(text: string): string {
  return text.replaceAll('\0', REPLACEMENT).toWellFormed();
}

/** The first `maxLength` characters (code points, as PostgreSQL counts). */
export function capText(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  // A character takes at most two units, so nothing beyond this slice can matter.
  return [...text.slice(0, 2 * maxLength)].slice(0, maxLength).join('').toWellFormed();
}

/**
 * A copy in which every string and key is storable. `__proto__` keys are dropped, what is not
 * JSON becomes null, and containers nested deeper than MAX_JSON_DEPTH become a short remark.
 */
export function cleanJson(value: unknown): unknown {
  return clean(value, MAX_JSON_DEPTH);
}

function clean(value: unknown, depthLeft: number): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'object' || value === null) return null;
  if (depthLeft === 0) return TOO_DEEP;
  if (Array.isArray(value)) return value.map((item) => clean(item, depthLeft - 1));
  const entries = Object.entries(value)
    .filter(([key]) => key !== '__proto__')
    .map(([key, item]) => [cleanText(key), clean(item, depthLeft - 1)] as const);
  return Object.fromEntries(entries);
}
