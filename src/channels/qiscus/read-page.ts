// Reads one page of a list in any of the shapes that Qiscus' API versions give it.
import { isObject, readInteger, readList, readObject, readText } from './read-field.ts';
import { readJson } from './read-json.ts';

export interface Page {
  rows: unknown[];
  /** Where the next page begins, if the answer says so. */
  cursor: string | null;
  /** How many rows there are in all; Qiscus may leave it null. */
  total: number | null;
  perPage: number | null;
  lastPage: number | null;
}

/** null when the answer holds no such list: an empty list is an answer, a missing one is not. */
export function readPage(body: string, listName: string): Page | null {
  const json = readObject(readJson(body));
  const data = readObject(json.data);
  const list = Array.isArray(json.data) ? json.data : data[listName];
  const laravel = isObject(list) ? list : null;
  const rows = laravel === null ? list : laravel.data;
  // Go writes an empty list as null.
  if (rows !== null && !Array.isArray(rows)) return null;
  const meta = { ...readObject(data.meta), ...readObject(json.meta), ...laravel };
  return {
    rows: readList(rows),
    cursor: readText(meta.cursor_after, 4096) ?? readText(meta.after, 4096),
    total: readInteger(meta.total_count ?? meta.total),
    perPage: readInteger(meta.per_page ?? meta.limit),
    lastPage: readInteger(meta.last_page ?? meta.total_page),
  };
}
