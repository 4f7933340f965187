// Reads fields of foreign JSON leniently: what is not as expected is absent.
import { capText, cleanText } from '../../contract/clean-text.ts';

export type Fields = Readonly<Record<string, unknown>>;

const MOST_TEXT = 20_000;

export function readFields(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Fields)
    : {};
}

export function readList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** '' where there is none. */
export function readText(value: unknown, most = MOST_TEXT): string {
  return typeof value === 'string' ? capText(cleanText(value), most) : '';
}

/** The last that PostgreSQL and ISO 8601 write in the same way, with four digits of the year. */
const LAST_INSTANT = Date.UTC(10_000, 0) - 1;

/**
 * ISO 8601; null where there is none, and before 1970 or after 9999. A date may be a text, a number,
 * or `{"$date": …}`.
 */
export function readInstant(value: unknown): string | null {
  const given = readFields(value).$date ?? value;
  if (typeof given !== 'string' && typeof given !== 'number') return null;
  const at = new Date(given);
  const isStorable = at.getTime() >= 0 && at.getTime() <= LAST_INSTANT;
  return isStorable ? at.toISOString() : null;
}
