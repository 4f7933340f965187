// Reads a page of RapidPro's messages API: messages from before the ticket (rapidpro.md §5,
// history).
import { cleanText } from '../../contract/clean-text.ts';
import type { MessageAttachment } from '../../contract/events.ts';

export interface HistoryPage {
  /** Newest first, as they came. */
  lines: {
    authorKind: 'contact' | 'system';
    text: string;
    attachments: MessageAttachment[];
    at: Date;
  }[];
  /** The address of the next page. */
  next: string | null;
}

/** null: it is no page. Errored, empty and unreadable messages are left out. */
export function readHistoryPage(body: unknown): HistoryPage | null {
  const { results, next } = (body ?? {}) as { results?: unknown; next?: unknown };
  if (!Array.isArray(results)) return null;
  return {
    lines: results.flatMap(readLine),
    next: typeof next === 'string' && next !== '' ? next : null,
  };
}

function readLine(item: unknown): HistoryPage['lines'] {
  const {
    direction,
    status,
    text,
    attachments,
    created_on: createdOn,
  } = (item ?? {}) as Record<string, unknown>;
  const at = new Date(String(createdOn));
  if (status === 'errored' || status === 'failed' || Number.isNaN(at.getTime())) return [];
  const files = Array.isArray(attachments) ? attachments.flatMap(readAttachment) : [];
  const said = typeof text === 'string' ? cleanText(text) : '';
  if (said === '' && files.length === 0) return [];
  return [
    { authorKind: direction === 'in' ? 'contact' : 'system', text: said, attachments: files, at },
  ];
}

/** `{content_type, url}`, or `type:url` in older versions. */
function readAttachment(value: unknown): MessageAttachment[] {
  if (typeof value === 'string') {
    const split = value.indexOf(':');
    return [{ type: cleanText(value.slice(0, split)), url: cleanText(value.slice(split + 1)) }];
  }
  const { content_type: type, url } = (value ?? {}) as Record<string, unknown>;
  return typeof type === 'string' && typeof url === 'string'
    ? [{ type: cleanText(type), url: cleanText(url) }]
    : [];
}
