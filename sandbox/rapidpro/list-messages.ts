// RapidPro's own API, as far as an app reads earlier messages from it.
import type { Answer } from './answer-callback.ts';
import type { Arrival } from './arrival.ts';
import type { HistoryMessage, OrganisationState } from './state.ts';
import type { World } from './world.ts';

export const HISTORY_PATH = '/api/v2/messages.json';

export function listMessages(world: World, arrival: Arrival): Answer {
  if (arrival.method !== 'GET') {
    return { status: 405, json: { detail: `Method "${arrival.method}" not allowed.` } };
  }
  const { authorization } = arrival.headers;
  const organisation = world.organisations.find(
    ({ apiToken }) => authorization === `Token ${apiToken}`,
  );
  if (organisation === undefined) {
    const missing = 'Authentication credentials were not provided.';
    const detail = authorization === undefined ? missing : 'Invalid token';
    return { status: 403, json: { detail } };
  }
  const url = new URL(arrival.path, world.origin.publicUrl);
  const rows = select(organisation, url.searchParams);
  const start = readCursor(url.searchParams.get('cursor'));
  const end = start + world.historyPageSize;
  return {
    status: 200,
    json: {
      next: end < rows.length ? pageUrl(url, end) : null,
      previous: start > 0 ? pageUrl(url, Math.max(0, start - world.historyPageSize)) : null,
      results: rows.slice(start, end).map((row) => present(organisation, row)),
    },
  };
}

/** Newest first. A time that cannot be read selects nothing, with 200. */
function select({ history }: OrganisationState, query: URLSearchParams): HistoryMessage[] {
  const contact = query.get('contact');
  const after = readTime(query.get('after'), Number.NEGATIVE_INFINITY);
  const before = readTime(query.get('before'), Number.POSITIVE_INFINITY);
  return history
    .filter(({ contactUuid }) => contact === null || contactUuid === contact)
    .filter(({ createdAt }) => createdAt >= after && createdAt <= before)
    .sort((one, other) => other.createdAt - one.createdAt);
}

/** NaN for nonsense, which no time is before or after. */
function readTime(text: string | null, otherwise: number): number {
  if (text === null || text === '') return otherwise;
  // A `+` of the offset that was not escaped arrives as a blank, and is nonsense here, too.
  return /^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:?\d{2})?)?$/.test(text)
    ? Date.parse(text)
    : Number.NaN;
}

function readCursor(cursor: string | null): number {
  const start = Number(Buffer.from(cursor ?? '', 'base64url').toString());
  return Number.isInteger(start) && start > 0 ? start : 0;
}

function pageUrl(url: URL, start: number): string {
  const page = new URL(url);
  page.searchParams.set('cursor', Buffer.from(String(start)).toString('base64url'));
  return page.href;
}

function present({ history, tickets }: OrganisationState, row: HistoryMessage) {
  const known = [...tickets.values()].find(({ contact }) => contact.uuid === row.contactUuid);
  return {
    id: history.indexOf(row) + 1,
    broadcast: null,
    contact: { uuid: row.contactUuid, name: known?.contact.name ?? null },
    urn: null,
    channel: { uuid: '9a8b001e-a913-486c-80f4-1356e23f582e', name: 'Emulated' },
    direction: row.direction,
    type: 'inbox',
    status: row.status,
    archived: false,
    visibility: 'visible',
    text: row.text,
    labels: [],
    flow: null,
    attachments: row.attachments,
    created_on: new Date(row.createdAt).toISOString(),
    sent_on: row.sentAt === null ? null : new Date(row.sentAt).toISOString(),
    modified_on: new Date(row.sentAt ?? row.createdAt).toISOString(),
  };
}
