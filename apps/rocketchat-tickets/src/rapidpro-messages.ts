// Lists a contact's messages by RapidPro's API (rapidpro.md §5, history).
import type { Means } from './means';

export interface Listed {
  isOut: boolean;
  text: string;
  files: string[];
  at: number;
}

const MAX_LISTED = 100;
const TIMEOUT_MS = 20_000;

/** Scheme, host and port. */
export function originOf(url: string): string {
  return /^https?:\/\/[^/?#]+/i.exec(url)?.[0] ?? '';
}

/** The newest hundred, newest first, errored ones left out; null where RapidPro does not say. */
export async function listMessages(
  means: Means,
  args: { origin: string; contactUuid: string; afterMs: number; apiToken: string },
): Promise<Listed[] | null> {
  const { origin, contactUuid, afterMs, apiToken } = args;
  const after = encodeURIComponent(new Date(afterMs).toISOString());
  const contact = encodeURIComponent(contactUuid);
  let next: string | null = `${origin}/api/v2/messages.json?contact=${contact}&after=${after}`;
  const listed: Listed[] = [];
  // The token goes to RapidPro alone, whatever a page gives as the next address.
  while (next?.startsWith(`${origin}/`) && listed.length < MAX_LISTED) {
    const page = await getPage(means, next, apiToken);
    if (page === null) return null;
    for (const item of page.results) listed.push(...readMessage(item));
    next = page.next;
  }
  return listed.slice(0, MAX_LISTED);
}

async function getPage(
  means: Means,
  url: string,
  apiToken: string,
): Promise<{ results: unknown[]; next: string | null } | null> {
  try {
    const headers = { Authorization: `Token ${apiToken}` };
    const answer = await means.http.get(url, { headers, timeout: TIMEOUT_MS });
    if (answer.statusCode !== 200) return null;
    const { results, next } = JSON.parse(answer.content ?? '') as Record<string, unknown>;
    if (!Array.isArray(results)) return null;
    return { results, next: typeof next === 'string' && next !== '' ? next : null };
  } catch (error) {
    means.log.warn(`RapidPro lists no messages: ${String(error)}`);
    return null;
  }
}

function readMessage(item: unknown): Listed[] {
  const {
    direction,
    status,
    text,
    attachments,
    created_on: at,
  } = (item ?? {}) as Record<string, unknown>;
  const ms = new Date(String(at)).getTime();
  if (status === 'errored' || status === 'failed' || Number.isNaN(ms)) return [];
  const files = (Array.isArray(attachments) ? attachments : []).map(readFile).filter(isNamed);
  const said = typeof text === 'string' ? text : '';
  if (said === '' && files.length === 0) return [];
  return [{ isOut: direction === 'out', text: said, files, at: ms }];
}

/** `{content_type, url}`, or `type:url` in older versions; '' for anything else. */
function readFile(item: unknown): string {
  if (typeof item === 'string') return item.slice(item.indexOf(':') + 1);
  const { url } = (item ?? {}) as { url?: unknown };
  return typeof url === 'string' ? url : '';
}

function isNamed(url: string): boolean {
  return url !== '';
}
