// What the row of a report is called.
import type { Format } from '../../i18n/use-format.ts';

/** A day as the reader writes it; everything else has a name already. */
export function nameRow(label: string | null, by: string, format: Format): string {
  if (label === null) return '–';
  return by === 'day' && /^\d{4}-\d\d-\d\d$/.test(label) ? format.day(`${label}T12:00:00`) : label;
}
