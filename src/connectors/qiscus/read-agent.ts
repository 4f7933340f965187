// Reads an agent as Qiscus tells it in any generation of its API.
import { isObject, readFlag, readInteger, readText } from './read-field.ts';
import type { RemoteAgent } from './types.ts';

const TYPES = new Map([
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
    avatarUrl: readText(row.avatar_url, 2048),
    type: readText(row.type_as_string)?.toLowerCase() ?? readType(row.type),
    isAvailable: readFlag(row.is_available) === true && readFlag(row.force_offline) !== true,
    customerCount: count !== null && count >= 0 ? count : null,
    channelIds: readColumn(row.user_channels, 'id'),
    divisionIds: readColumn(row.user_roles, 'id'),
    divisionNames: readColumn(row.user_roles, 'name'),
  };
}

function readType(type: unknown): string | null {
  const number = readInteger(type);
  return number === null ? readText(type) : (TYPES.get(number) ?? null);
}

function readColumn(rows: unknown, field: 'id' | 'name'): string[] | null {
  if (!Array.isArray(rows)) return null;
  const values = rows.map((row) => readText(isObject(row) ? row[field] : null));
  return values.filter((value) => value !== null);
}
