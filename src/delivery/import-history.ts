// Fetches from RapidPro what was said before a ticket, page by page, where an API token is configured.
import { type HistoryPage, readHistoryPage } from '../connectors/rapidpro/read-history.ts';
import type { Outbound } from '../outbound/make-outbound.ts';
import type { ChannelWithSecrets } from '../store/channels.ts';
import type { Delivery } from '../store/deliveries.ts';
import type { TicketFacts } from '../store/tickets.ts';
import type { Carried } from './carrier.ts';

/** The desk's verb that keeps what was found, oldest first. */
export type ImportHistory = (args: {
  workspaceId: string;
  conversationId: string;
  lines: HistoryPage['lines'];
}) => Promise<void>;

const MAX_LINES = 100;
const DAY_MS = 86_400_000;
const LOOK_BACK_MS = 7 * DAY_MS;
const MAX_PAGE_BYTES = 4 * 1024 * 1024;

/** A failure changes nothing: it is only context. */
export async function importHistory(
  means: { outbound: Pick<Outbound, 'send'>; importHistory: ImportHistory },
  args: { channel: ChannelWithSecrets; delivery: Delivery; ticket: TicketFacts },
): Promise<Carried> {
  const { channel, delivery, ticket } = args;
  const { webhookUrl } = channel.config;
  const { apiToken } = channel.secrets;
  if (typeof webhookUrl !== 'string' || !apiToken || ticket.contactUuid === null) {
    return { state: 'failed', result: 'no API token' };
  }
  const { origin } = new URL(webhookUrl);
  const after = new Date(ticket.openedAt.getTime() - LOOK_BACK_MS).toISOString();
  const query = new URLSearchParams({ contact: ticket.contactUuid, after });
  const lines: HistoryPage['lines'] = [];
  let next: string | null = `${origin}/api/v2/messages.json?${query}`;
  while (next !== null && lines.length < MAX_LINES) {
    // The token goes to RapidPro alone, whatever the last page said.
    if (!next.startsWith(`${origin}/`)) return { state: 'failed', result: 'a page elsewhere' };
    const answer = await means.outbound.send({
      url: next,
      method: 'GET',
      headers: { authorization: `Token ${apiToken}`, accept: 'application/json' },
      verifyTls: true,
      maxAnswerBytes: MAX_PAGE_BYTES,
    });
    const page = answer.ok && answer.status === 200 ? parse(answer.body) : null;
    if (page === null) {
      return {
        state: 'failed',
        result: answer.ok ? `answered ${answer.status}` : answer.error,
        status: answer.ok ? answer.status : null,
      };
    }
    lines.push(...page.lines);
    next = page.next;
  }
  const before = lines
    .slice(0, MAX_LINES)
    .filter(({ at }) => at <= ticket.openedAt)
    .reverse();
  const { workspaceId, streamId: conversationId } = delivery;
  await means.importHistory({ workspaceId, conversationId, lines: before });
  return { state: 'done', result: `${before.length} lines` };
}

function parse(body: Buffer): HistoryPage | null {
  try {
    return readHistoryPage(JSON.parse(body.toString()));
  } catch {
    return null;
  }
}
