// Asks another desk's database for rows, some at a time, as documents: versions differ in their columns.
import type { ClientBase } from 'pg';
import type { SourcePage } from '../contract/source-desk.ts';
import { type Foreign, readNumber } from './foreign.ts';

export type Ask = (text: string, values?: readonly unknown[]) => Promise<Foreign[]>;

/** `text` selects one document, `row`. */
export function makeAsk(client: ClientBase): Ask {
  return async (text, values = []) => {
    const { rows } = await client.query<{ row: Foreign }>(text, [...values]);
    return rows.map(({ row }) => row);
  };
}

/** Of rows in the order of their ids; `null`s are left out. */
export function makePage<Item>(
  rows: readonly Foreign[],
  limit: number,
  read: (row: Foreign) => Item | null,
): SourcePage<Item> {
  const items = rows.map(read).filter((item) => item !== null);
  const last = rows.length < limit ? null : readNumber(rows.at(-1)?.id);
  return { items, next: last, leftOut: rows.length - items.length };
}
