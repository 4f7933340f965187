// Fetches earlier messages of a ticket's contact from RapidPro, page by page, where an API token is
// configured.

import type { Carried } from '../../delivery/carrier.ts';
import type { Outbound, OutboundAnswer } from '../../outbound/open-guarded-outbound.ts';
import type { ChannelOf } from '../../store/channels.ts';
import type { Delivery } from '../../store/delivery-claims.ts';
import type { TicketFacts } from '../../store/tickets.ts';
import { type HistoryPage, readHistoryPage } from './read-history.ts';

/** The desk's verb that stores the messages, oldest first. */
export type ImportHistory = (args: {
  workspaceId: string;
  conversationId: string;
  lines: HistoryPage['lines'];
}) => Promise<void>;

const MAX_LINES = 100;
const DAY_MS = 86_400_000;
const LOOK_BACK_MS = 7 * DAY_MS;
const MAX_PAGE_BYTES = 4 * 1024 * 1024;

/** A failure changes nothing: the messages are only context. */
export async function importHistory(
  means: { outbound: Pick<Outbound, 'send'>; importHistory: ImportHistory },
  args: { channel: ChannelOf<'rapidpro'>; delivery: Delivery; ticket: TicketFacts },
): Promise<Carried> {
  const { channel, delivery, ticket } = args;
  const { webhookUrl } = channel.config;
  const { apiToken } = channel.secrets;
  if (typeof webhookUrl !== 'string' || !apiToken || ticket.contactUuid === null) {
    return { state: 'failed', result: 'no API token' };
  }
  const after = new Date(ticket.openedAt.getTime() - LOOK_BACK_MS).toISOString();
  const query = new URLSearchParams({ contact: ticket.contactUuid, after });
  const { origin } = new URL(webhookUrl);
  const fetched = await fetchPages(means.outbound, { origin, query: `${query}`, apiToken });
  if (!fetched.ok) return { state: 'failed', ...fetched.failure };
  const before = fetched.lines
    .slice(0, MAX_LINES)
    .filter(({ at }) => at <= ticket.openedAt)
    .reverse();
  const { workspaceId, streamId: conversationId } = delivery;
  await means.importHistory({ workspaceId, conversationId, lines: before });
  return { state: 'done', result: `${before.length} lines` };
}

type Fetched =
  | { ok: true; lines: HistoryPage['lines'] }
  | { ok: false; failure: { result: string; status?: number } };

/** Newest first. The token goes to RapidPro alone, whatever a page gives as the next address. */
async function fetchPages(
  outbound: Pick<Outbound, 'send'>,
  { origin, query, apiToken }: { origin: string; query: string; apiToken: string },
): Promise<Fetched> {
  const lines: HistoryPage['lines'] = [];
  let next: string | null = `${origin}/api/v2/messages.json?${query}`;
  while (next !== null && lines.length < MAX_LINES) {
    if (!next.startsWith(`${origin}/`))
      return { ok: false, failure: { result: 'a page elsewhere' } };
    const answer: OutboundAnswer = await outbound.send({
      url: next,
      method: 'GET',
      headers: { authorization: `Token ${apiToken}`, accept: 'application/json' },
      verifyTls: true,
      maxAnswerBytes: MAX_PAGE_BYTES,
    });
    if (!answer.ok) return { ok: false, failure: { result: answer.error } };
    const page = answer.status === 200 ? parse(answer.body) : null;
    if (page === null) {
      const { status } = answer;
      return { ok: false, failure: { result: `answered ${status}`, status } };
    }
    lines.push(...page.lines);
    next = page.next;
  }
  return { ok: true, lines };
}

function parse(body: Buffer): HistoryPage | null {
  try {
    return readHistoryPage(JSON.parse(body.toString()));
  } catch {
    return null;
  }
}
