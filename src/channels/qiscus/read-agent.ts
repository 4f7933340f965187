// Reads an agent as any generation of Qiscus' API writes it.
import { isObject, readFlag, readInteger, readText } from './read-field.ts';
import type { RemoteAgent } from './types.ts';

const KINDS = new Map([
  [1, 'admin'],
  [2, 'agent'],
]);

/** null for a row without an id. */
export function readAgent(row: unknown): RemoteAgent | null {
  if (!isObject(row)) return null;
  const externalId = readText(row.id, 64);
  if (externalId === null) return null;
  const email = readText(row.email);
  const count = readInteger(row.current_customer_count);
  return {
    externalId,
    name: readText(row.name) ?? email ?? externalId,
    email,
    isAvailable: readFlag(row.is_available) === true && readFlag(row.force_offline) !== true,
    customerCount: count !== null && count >= 0 ? count : null,
    channelIds: readIds(row.user_channels),
    kind: readText(row.type_as_string)?.toLowerCase() ?? readKind(row.type),
  };
}

function readKind(type: unknown): string | null {
  const number = readInteger(type);
  return number === null ? readText(type) : (KINDS.get(number) ?? null);
}

function readIds(rows: unknown): string[] | null {
  if (!Array.isArray(rows)) return null;
  const ids = rows.map((row) => readText(isObject(row) ? row.id : null));
  return ids.filter((id) => id !== null);
}
