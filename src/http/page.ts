// Pages of a list: an opaque cursor that names the last item given.
import { UUID } from '../contract/uuid.ts';
import { Refused } from '../errors.ts';

export interface PageRequest {
  cursor?: string;
  limit?: number;
}

/** Refuses a foreign cursor: a list that silently started again would never end. */
export function readCursor({ cursor }: PageRequest, start: string): string {
  if (!cursor) return start;
  const id = Buffer.from(cursor, 'base64url').toString('utf8');
  if (!UUID.test(id)) throw new Refused('cursor.invalid');
  return id;
}

/** For lists in the order of a growing number; without a cursor from the newest on. */
export function readNumberCursor(cursor: string | undefined): number {
  if (!cursor) return Number.MAX_SAFE_INTEGER;
  const text = Buffer.from(cursor, 'base64url').toString('utf8');
  if (!/^[0-9]{1,15}$/.test(text)) throw new Refused('cursor.invalid');
  return Number(text);
}

/** `rows` holds one more than a page when there is a next one. */
export function toPage<Row, Item>(
  rows: readonly Row[],
  limit: number,
  shape: { id: (row: Row) => string; present: (row: Row) => Item },
): { items: Item[]; nextCursor: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const more = rows.length > limit && last !== undefined;
  return {
    items: page.map(shape.present),
    nextCursor: more ? Buffer.from(shape.id(last)).toString('base64url') : null,
  };
}

const TIMESTAMP = /^\d{4,6}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d)?$/;

/** For lists sorted by a time, which the cursor holds to the microsecond, and then by the id. */
export function readSortCursor(
  cursor: string | undefined,
): { key: string | null; id: string } | null {
  if (!cursor) return null;
  const [key = '', id = ''] = Buffer.from(cursor, 'base64url').toString('utf8').split('|');
  if (!UUID.test(id) || (key !== '' && !TIMESTAMP.test(key))) throw new Refused('cursor.invalid');
  return { key: key === '' ? null : key, id };
}

export function writeSortCursor({ key, id }: { key: string | null; id: string }): string {
  return `${key ?? ''}|${id}`;
}
