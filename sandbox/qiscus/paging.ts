// Cuts lists into pages in the ways that Qiscus' API versions do.
import { type Fields, readInteger, readText } from './fields.ts';

export interface NumberedPage<T> {
  rows: T[];
  page: number;
  limit: number;
  total: number;
  pages: number;
}

const DEFAULT_LIMIT = 20;
const MAX_LIMIT = 100;

/** Assumption: a limit above 100 counts as 100. */
export function readLimit(query: Fields, fallback = DEFAULT_LIMIT): number {
  const limit = readInteger(query.limit) ?? fallback;
  return limit >= 1 ? Math.min(limit, MAX_LIMIT) : fallback;
}

export function numberedPage<T>(all: T[], query: Fields): NumberedPage<T> {
  const limit = readLimit(query);
  const page = Math.max(1, readInteger(query.page) ?? 1);
  const rows = all.slice((page - 1) * limit, page * limit);
  return {
    rows,
    page,
    limit,
    total: all.length,
    pages: Math.max(1, Math.ceil(all.length / limit)),
  };
}

/** Laravel's paginator. `path` is the call's own address without its query. */
export function laravelPage<T>(numbered: NumberedPage<T>, path: string) {
  const { rows, page, limit, total, pages } = numbered;
  const link = (number: number) => `${path}?page=${number}`;
  const first = (page - 1) * limit + 1;
  return {
    current_page: page,
    data: rows,
    first_page_url: link(1),
    from: rows.length === 0 ? null : first,
    last_page: pages,
    last_page_url: link(pages),
    next_page_url: page < pages ? link(page + 1) : null,
    path,
    per_page: limit,
    prev_page_url: page > 1 ? link(page - 1) : null,
    to: rows.length === 0 ? null : first + rows.length - 1,
    total,
  };
}

export interface CursorPage<T> {
  rows: T[];
  /** null at either end. */
  after: string | null;
  before: string | null;
}

/**
 * `all` by rising id; a cursor names the row it stands at, which need not exist any more. Without a
 * cursor the page begins after `skip` rows.
 */
export function cursorPage<T extends { id: number }>(
  all: T[],
  query: Fields,
  { skip = 0 } = {},
): CursorPage<T> {
  const limit = readLimit(query);
  const after = readCursor(query.cursor_after);
  const before = readCursor(query.cursor_before);
  const start = after === null ? skip : firstIndex(all, (row) => row.id > after);
  const end = before === null ? all.length : firstIndex(all, (row) => row.id >= before);
  const from = before === null ? start : Math.max(start, end - limit);
  const rows = all.slice(from, Math.min(from + limit, end));
  const [first, last] = [rows.at(0), rows.at(-1)];
  return {
    rows,
    after: last !== undefined && from + rows.length < all.length ? writeCursor(last.id) : null,
    before: first !== undefined && from > 0 ? writeCursor(first.id) : null,
  };
}

function firstIndex<T>(all: T[], isMatch: (row: T) => boolean): number {
  const index = all.findIndex(isMatch);
  return index === -1 ? all.length : index;
}

export function writeCursor(id: number): string {
  return Buffer.from(`id:${id}`).toString('base64url');
}

/** null without a usable one. */
export function readCursor(value: unknown): number | null {
  const text = Buffer.from(readText(value) ?? '', 'base64url').toString();
  return /^id:\d+$/.test(text) ? Number(text.slice(3)) : null;
}
