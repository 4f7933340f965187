// The validator's formats of ids and times, as narrow as what PostgreSQL and JavaScript read.
import { UUID_OF_OTHERS } from '../contract/uuid.ts';

// The minutes of the zone may be left out by ISO 8601; a leap second is no instant to JavaScript.
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i;

interface Formats {
  formats: Record<string, unknown>;
  addFormat(name: string, validate: (text: string) => boolean): unknown;
}

/** The usual ones let through `urn:uuid:…`, `+01` and `23:59:60`, which break further in. */
export function useStorableFormats(ajv: Formats): void {
  ajv.addFormat('uuid', (text) => UUID_OF_OTHERS.test(text));
  ajv.addFormat('date-time', isInstant);
}

function isInstant(text: string): boolean {
  const [year = 0, month = 0, day = 0] = text.slice(0, 10).split('-').map(Number);
  const lastDay = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return TIME.test(text) && day <= lastDay && !Number.isNaN(Date.parse(text));
}
