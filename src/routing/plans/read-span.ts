// Reads a span of time as policies write it: 45m, 12h, 30d.

const MS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** In milliseconds. */
export function readSpan(text: string): number {
  const unit = MS[text.slice(-1)];
  if (unit === undefined) throw new Error(`“${text}” is no span of time.`);
  return Number(text.slice(0, -1)) * unit;
}
