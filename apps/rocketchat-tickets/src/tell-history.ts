// Shows agents what the contact wrote before the ticket, where RapidPro's API token is set. A failure
// changes nothing: it is context.
import type { Means } from './means';
import { listMessages, originOf } from './rapidpro-messages';
import { readSettings } from './settings';
import { getTicket } from './ticket';
import { getWebhookUrl } from './webhook';
import { writeNote } from './write-note';

const LOOK_BACK_MS = 7 * 86_400_000;

export async function tellHistory(means: Means, ticketId: string): Promise<void> {
  const { apiToken } = await readSettings(means.read);
  const ticket = await getTicket(means, ticketId);
  const url = await getWebhookUrl(means);
  if (apiToken === '' || url === null || ticket?.contactUuid == null) return;
  const { openedAt, contactUuid } = ticket;
  const afterMs = openedAt - LOOK_BACK_MS;
  const listed = await listMessages(means, {
    origin: originOf(url),
    contactUuid,
    afterMs,
    apiToken,
  });
  const before = (listed ?? []).filter(({ at }) => at <= openedAt).reverse();
  if (before.length === 0) return;
  const lines = before.map(({ isOut, text, files, at }) => {
    const said = [text, ...files].filter((one) => one !== '').join(' ');
    return `${new Date(at).toISOString()} ${isOut ? '→' : '←'} ${said}`;
  });
  await writeNote(means, ticket, ['Before this ticket:', ...lines].join('\n'));
}
