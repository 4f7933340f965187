// Sends one event to RapidPro and says what became of it.
import { isListed } from './is-listed';
import { type Judgement, judgeAnswer } from './judge-answer';
import type { Means } from './means';
import { type Entry, listStream } from './outbox';
import { listMessages, originOf } from './rapidpro-messages';
import type { Settings } from './settings';
import { getTicket, type Ticket } from './ticket';
import { getWebhookUrl } from './webhook';

// RapidPro may fetch attachments for more than 30 s before it answers, and a repeat reaches the
// customer.
export const RAPIDPRO_TIMEOUT_MS = 60_000;
const HOUR_MS = 3_600_000;
const CLOCKS_DIFFER_BY_MS = 300_000;

/** `isUncertain`: it may have been taken although no answer came. */
export type Carried = Judgement & { isUncertain?: boolean };

/** @param entry with this attempt counted; `wasUncertain` tells of the one before. */
export async function carryToRapidPro(
  means: Means,
  settings: Settings,
  { entry, wasUncertain }: { entry: Entry; wasUncertain: boolean },
): Promise<Carried> {
  const url = await getWebhookUrl(means);
  const ticket = await getTicket(means, entry.stream.slice('ticket:'.length));
  if (ticket === null) return { verdict: 'failed', reason: 'the ticket is gone' };
  if (url === null) return { verdict: 'failed', reason: 'RapidPro has not been connected' };
  if (wasUncertain && (await wasTaken(means, { settings, url, ticket, entry }))) {
    return { verdict: 'done' };
  }
  const answer = await post(means, { url, settings, entry });
  const judged = judgeAnswer({
    type: entry.type,
    attempts: entry.attempts,
    status: answer?.status ?? null,
    error: answer?.error ?? null,
    ticketAgeMs: means.now() - ticket.openedAt,
    eventAgeMs: means.now() - entry.createdAt,
    giveUpAfterMs: settings.retryHours * HOUR_MS,
  });
  return { ...judged, isUncertain: answer === null };
}

/** null: no answer. */
async function post(
  means: Means,
  args: { url: string; settings: Settings; entry: Entry },
): Promise<{ status: number; error: string | null } | null> {
  const { url, settings, entry } = args;
  try {
    const answer = await means.http.post(url, {
      content: JSON.stringify(entry.payload),
      headers: { 'Content-Type': 'application/json', Authorization: `Token ${settings.secret}` },
      timeout: RAPIDPRO_TIMEOUT_MS,
      // Servers that know it then refuse names that lead into their own network.
      ...({ ssrfValidation: !settings.allowPrivate } as object),
    });
    return { status: answer.statusCode, error: readError(answer.content) };
  } catch (error) {
    means.log.warn(`RapidPro was not reached: ${String(error)}`);
    return null;
  }
}

function readError(content: string | undefined): string | null {
  try {
    const { error } = JSON.parse(content ?? '') as { error?: unknown };
    return typeof error === 'string' ? error.slice(0, 500) : null;
  } catch {
    return null;
  }
}

/**
 * RapidPro does not recognise repeats: the customer would get the message twice. With its API token
 * the app looks whether the message is in its list already. Without it, it repeats: twice is better
 * than never.
 */
async function wasTaken(
  means: Means,
  args: { settings: Settings; url: string; ticket: Ticket; entry: Entry },
): Promise<boolean> {
  const { settings, url, ticket, entry } = args;
  const { apiToken } = settings;
  if (apiToken === '' || ticket.contactUuid === null || entry.type !== 'agent-message')
    return false;
  const listed = await listMessages(means, {
    origin: originOf(url),
    contactUuid: ticket.contactUuid,
    afterMs: ticket.openedAt - CLOCKS_DIFFER_BY_MS,
    apiToken,
  });
  if (listed === null) return false;
  const delivered = (await listStream(means, entry.stream))
    .filter(({ state, type }) => state === 'done' && type === 'agent-message')
    .sort((one, other) => other.number - one.number)
    .map(textOf);
  return isListed({ listed, delivered, text: textOf(entry), sinceMs: entry.createdAt });
}

function textOf(entry: Entry): string {
  const { data } = entry.payload as { data?: { text?: string } };
  return data?.text ?? '';
}
