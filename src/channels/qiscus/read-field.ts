// Reads single fields from JSON that may lack them or have them in any type.
import { capText, cleanText } from '../../contract/clean-text.ts';

export type JsonObject = Record<string, unknown>;

/** The object itself, or an empty one, so that a missing branch has missing leaves. */
export function readObject(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What the published contract counts as missing (qiscus.md §1). */
export function isMissing(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (typeof value === 'string') return value.trim() === '';
  return Array.isArray(value) && value.length === 0;
}

/** Trimmed, storable and no longer than asked; numbers as decimal text; otherwise null. */
export function readText(value: unknown, maxLength = 255): string | null {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (typeof value !== 'string') return null;
  const text = value.trim();
  return text === '' ? null : capText(cleanText(text), maxLength);
}

/** A whole number that a double holds exactly, also when it was written as text. */
export function readInteger(value: unknown): number | null {
  const number =
    typeof value === 'string' && /^\s*-?\d{1,16}\s*$/.test(value) ? Number(value) : value;
  return Number.isSafeInteger(number) ? (number as number) : null;
}

export function readFlag(value: unknown): boolean | null {
  const word = typeof value === 'string' ? value.trim().toLowerCase() : value;
  if (word === true || word === 1 || word === '1' || word === 'true') return true;
  if (word === false || word === 0 || word === '0' || word === 'false') return false;
  return null;
}

export function readList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
