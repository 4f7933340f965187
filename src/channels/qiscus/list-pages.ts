// Collects all pages of a list from an API whose ways of paging differ by version.
import { type Page, readPage } from './read-page.ts';
import type { Outcome } from './types.ts';

export interface Listing<T> {
  /** The name of the list within `data`. */
  listName: string;
  /** `page` where the call also knows numbered pages. */
  paging: 'page' | 'cursor';
  /** Fetches one page; the argument is the query to add. */
  fetch(query: Record<string, string>): Promise<Outcome<{ status: number; body: string }>>;
  read(row: unknown): T | null;
  idOf(item: T): string;
}

/** A limit for lists that never end: 10,000 rows at the smallest page size seen (20). */
const MAX_PAGES = 500;

/** Each item once, in order of arrival. Ends when a page brings nothing new. */
export async function listPages<T>(listing: Listing<T>): Promise<Outcome<T[]>> {
  const items = new Map<string, T>();
  let next: Next | null = { query: listing.paging === 'page' ? { page: '1' } : {}, isSure: true };
  let seenRows = 0;
  for (let number = 1; next !== null && number <= MAX_PAGES; number += 1) {
    const outcome: Outcome<Page> = await fetchPage(listing, next);
    if (!outcome.ok) return outcome;
    const page: Page = outcome.value;
    const isNew: boolean = addNew(items, page.rows, listing);
    seenRows += page.rows.length;
    next = isNew ? findNext(page, { number, seenRows, paging: listing.paging }) : null;
  }
  return { ok: true, value: [...items.values()] };
}

const noRows: Page = { rows: [], cursor: null, total: null, perPage: null, lastPage: null };

async function fetchPage<T>(listing: Listing<T>, { query, isSure }: Next): Promise<Outcome<Page>> {
  const outcome = await listing.fetch(query);
  if (!outcome.ok) {
    const isPastTheEnd = !isSure && outcome.failure.status === 404;
    return isPastTheEnd ? { ok: true, value: noRows } : outcome;
  }
  const page = readPage(outcome.value.body, listing.listName);
  if (page !== null) return { ok: true, value: page };
  const text = `the answer holds no list of ${listing.listName.replaceAll('_', ' ')}`;
  const { status } = outcome.value;
  return { ok: false, failure: { kind: 'unavailable', status, text, retryAfterMs: null } };
}

/** Whether there was anything new. */
function addNew<T>(items: Map<string, T>, rows: unknown[], listing: Listing<T>): boolean {
  const before = items.size;
  for (const row of rows) {
    const item = listing.read(row);
    if (item !== null && !items.has(listing.idOf(item))) items.set(listing.idOf(item), item);
  }
  return items.size > before;
}

interface Next {
  query: Record<string, string>;
  /** false: nothing indicates that this page exists. */
  isSure: boolean;
}

function findNext(
  page: Page,
  { number, seenRows, paging }: { number: number; seenRows: number; paging: 'page' | 'cursor' },
): Next | null {
  if (page.cursor !== null) return { query: { cursor_after: page.cursor }, isSure: true };
  if (paging === 'cursor') return null;
  const numbered = { page: String(number + 1) };
  if (page.lastPage !== null)
    return number < page.lastPage ? { query: numbered, isSure: true } : null;
  if (page.total !== null) return seenRows < page.total ? { query: numbered, isSure: true } : null;
  if (page.perPage !== null && page.rows.length < page.perPage) return null;
  return { query: numbered, isSure: false };
}
