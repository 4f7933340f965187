// Reads values of rows that another program wrote: whatever is missing or of another type is absent. Pure.
import { convert } from 'html-to-text';
import { LONGEST_IMPORTED } from '../contract/source-desk.ts';

/** A row as to_jsonb gives it: versions differ in their columns. */
export type Foreign = Readonly<Record<string, unknown>>;

export function readText(value: unknown, longest = 255): string | null {
  if (typeof value !== 'string') return null;
  const text = value.trim().toWellFormed();
  return text === '' ? null : text.slice(0, longest).toWellFormed();
}

export const readNumber = (value: unknown): number | null =>
  typeof value === 'number' && Number.isSafeInteger(value) ? value : null;

const HAS_ZONE = /(Z|[+-]\d\d(:?\d\d)?)$/;

/** Without a zone it is UTC, as Rails writes it. */
export function readTime(value: unknown): Date | null {
  if (typeof value !== 'string') return null;
  const time = new Date(HAS_ZONE.test(value) ? value : `${value}Z`);
  return Number.isNaN(time.getTime()) ? null : time;
}

export function readRecord(value: unknown): Foreign {
  if (typeof value === 'string') return readRecord(parse(value));
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Foreign)
    : {};
}

/** Rails keeps some documents as a text in a document. */
function parse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' ? null : value;
  } catch {
    return null;
  }
}

const MOST_ATTRIBUTES = 100;

/** As people read them; what is empty is left out. */
export function readAttributes(...records: Foreign[]): Record<string, string> {
  const all = records.flatMap((record) => Object.entries(record));
  const texts = all.flatMap(([name, value]) => {
    const text = isEmpty(value) ? null : typeof value === 'string' ? value : JSON.stringify(value);
    const [shownName, shown] = [readText(name, 100), readText(text, 1000)];
    return shownName === null || shown === null ? [] : [[shownName, shown] as const];
  });
  return Object.fromEntries(texts.slice(0, MOST_ATTRIBUTES));
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

// Its time grows with the square of what is nested: about a second at most for this much.
const LONGEST_HTML = 250_000;

/** What a person reads of it. */
export function readHtml(html: unknown): string | null {
  if (typeof html !== 'string') return null;
  const text = convert(html.slice(0, LONGEST_HTML), {
    wordwrap: false,
    limits: { maxDepth: 100, maxInputLength: LONGEST_HTML },
    selectors: [{ selector: 'img', format: 'skip' }],
  });
  return readText(text, LONGEST_IMPORTED);
}

const PLACEHOLDER = /\{\{\s*\.?([\w.]+)\s*(?:\|[^}]*)?\}\}/g;
const KNOWN: Record<string, string> = {
  'contact.name': '{name}',
  'contact.first_name': '{name}',
  'contact.firstname': '{name}',
  'contact.fullname': '{name}',
  'agent.name': '{agent}',
  'agent.first_name': '{agent}',
  'agent.firstname': '{agent}',
  'agent.fullname': '{agent}',
};

/** With our placeholders; what is not known here is said in brackets, which nobody takes for a placeholder. */
export function readReplyText(text: string): string {
  return text
    .replace(PLACEHOLDER, (_, name: string) => KNOWN[name.toLowerCase()] ?? `[${name}]`)
    .replaceAll(/\{(?!name\}|agent\})([^{}\n]*)\}/g, '[$1]')
    .slice(0, 10_000);
}

/** Without spaces and slashes. */
export function readShortcut(text: string): string | null {
  return readText(text.toLowerCase().replaceAll(/[\s/]+/g, '-'), 60);
}

/** A line for a file that does not come along. */
export function nameFile(file: {
  name: string | null;
  type: string | null;
  bytes: number | null;
}): string {
  const facts = [file.type, file.bytes === null ? null : `${Math.ceil(file.bytes / 1024)} kB`];
  const shown = facts.filter((fact) => fact !== null).join(', ');
  return `📎 ${file.name ?? '?'}${shown === '' ? '' : ` (${shown})`}`;
}

/** null: nothing is in it. */
export function joinText(text: string | null, files: readonly string[]): string | null {
  const lines = [...(text === null ? [] : [text]), ...files];
  return lines.length === 0 ? null : lines.join('\n');
}

export const latest = (...times: (Date | null)[]): Date =>
  new Date(Math.max(...times.map((time) => time?.getTime() ?? 0)));

/** Between both. */
export function within(time: Date | null, from: Date, to: Date): Date | null {
  return time === null ? null : new Date(Math.min(Math.max(+time, +from), +to));
}
