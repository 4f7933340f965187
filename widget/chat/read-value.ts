// Looks into JSON that came from elsewhere: every question has a safe answer.

export type Fields = Record<string, unknown>;

export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export function asFields(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Fields)
    : {};
}

export function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

export function asText(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** Whole and not below zero: numbers of messages, places, bytes, times. */
export function asCount(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

/** An address that may be opened or shown: http and https, or a path on our own host. */
export function asWebAddress(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  if (value.startsWith('/')) return value;
  if (!URL.canParse(value)) return null;
  const { protocol, href } = new URL(value);
  return protocol === 'https:' || protocol === 'http:' ? href : null;
}
