// The validator’s formats of ids and times, no wider than what PostgreSQL and JavaScript can read.
import { UUID_OF_OTHERS } from '../contract/uuid.ts';

// ISO 8601 allows a zone without minutes; JavaScript cannot read a leap second.
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i;

interface Formats {
  formats: Record<string, unknown>;
  addFormat(name: string, validate: (text: string) => boolean): unknown;
}

/** The usual formats accept `urn:uuid:…`, `+01` and `23:59:60`, which fail later. */
export function useStorableFormats(ajv: Formats): void {
  ajv.addFormat('uuid', (text) => UUID_OF_OTHERS.test(text));
  ajv.addFormat('date-time', isInstant);
}

function isInstant(text: string): boolean {
  const [year = 0, month = 0, day = 0] = text.slice(0, 10).split('-').map(Number);
  const lastDay = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return TIME.test(text) && day <= lastDay && !Number.isNaN(Date.parse(text));
}
