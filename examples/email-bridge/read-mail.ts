// What of a mail is taken: not those of programs, not what stands in Usher already, and nothing that cannot be kept.
import type { ParsedMail } from 'mailparser';

const MOST_NAME = 100;
/** What programs say of themselves: RFC 3834, and what mailing lists and answering machines add. */
const AUTOMATIC_PRECEDENCE = ['bulk', 'junk', 'list', 'auto_reply'];
/** `list`: mailparser gathers the headers that begin so. */
const AUTOMATIC_HEADERS = ['list', 'x-autoreply', 'x-autorespond'];
/** What of a name can be seen. */
const SEEN = /[^\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** Why it is not answered: two programs that answer each other never end. */
export function automaticBy(
  { headers }: ParsedMail,
  { sender, mailbox }: { sender: string; mailbox: string },
): string | null {
  const read = (name: string) =>
    String(headers.get(name) ?? '')
      .toLowerCase()
      .trim();
  if (sender === mailbox) return 'is from this mailbox';
  if (/^(mailer-daemon|no-?reply|postmaster)@/.test(sender)) return 'is from a program';
  if (!['', 'no'].includes(read('auto-submitted'))) return `is ${read('auto-submitted')}`;
  if (AUTOMATIC_PRECEDENCE.includes(read('precedence'))) return `is ${read('precedence')}`;
  const [found] = AUTOMATIC_HEADERS.filter((name) => headers.has(name));
  return found === undefined ? null : `has ${found}`;
}

/** What mail programs put below the answer stands in Usher already. */
export function withoutQuote(text: string): string {
  const lines = text.trimEnd().split('\n');
  while (lines.length > 0 && /^(>|\s*$)/.test(lines.at(-1) ?? '')) lines.pop();
  if (/^(On|Am|Em|Pada) .*:$/.test(lines.at(-1) ?? '')) lines.pop();
  return lines.length === 0 ? text.trim() : lines.join('\n').trim();
}

/** Usher keeps no NUL and no half of a pair. */
export function clean(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}

/** What a person is called: as the mail has it where that can be seen, else by the address. */
export function callSender(name: string, sender: string): string {
  const called = clean(name.slice(0, MOST_NAME));
  return SEEN.test(called) ? called : sender.slice(0, MOST_NAME);
}

export function nameOf(filename: string): string {
  return filename.slice(-100);
}
