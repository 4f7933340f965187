// Fills in a pattern: {name}, and {count, plural, =0 {…} one {…} other {…}} with # for the number.
import { isolate, withoutDirections } from '../../src/contract/visible-text.ts';

export type Values = Record<string, string | number>;

/**
 * A pattern that is not closed, not given or not known is shown as it stands: a text never fails.
 */
export function formatText(pattern: string, values: Values, locale: string): string {
  return fill(pattern, { values, locale, count: null });
}

interface Scope {
  values: Values;
  locale: string;
  /** What # stands for; null outside a plural. */
  count: number | null;
}

function fill(pattern: string, scope: Scope): string {
  let text = '';
  for (let at = 0; at < pattern.length; at += 1) {
    const character = pattern[at] ?? '';
    const end = character === '{' ? findEnd(pattern, at) : -1;
    if (end !== -1) {
      text += fillArgument(pattern.slice(at + 1, end), scope);
      at = end;
    } else if (character === '#' && scope.count !== null) {
      text += new Intl.NumberFormat(scope.locale).format(scope.count);
    } else {
      text += character;
    }
  }
  return text;
}

/** Where the brace that opens at `start` is closed; -1: nowhere. */
function findEnd(pattern: string, start: number): number {
  let depth = 0;
  for (let at = start; at < pattern.length; at += 1) {
    if (pattern[at] === '{') depth += 1;
    if (pattern[at] === '}') depth -= 1;
    if (depth === 0) return at;
  }
  return -1;
}

function fillArgument(body: string, scope: Scope): string {
  const plural = /^\s*(\w+)\s*,\s*plural\s*,/.exec(body);
  const name = plural?.[1] ?? body.trim();
  const value = Object.hasOwn(scope.values, name) ? scope.values[name] : undefined;
  if (value === undefined) return `{${body}}`;
  if (plural === null) return write(value, scope.locale);
  const count = Number(value);
  const forms = readForms(body.slice(plural[0].length));
  const category = new Intl.PluralRules(scope.locale).select(count);
  const form = forms.get(`=${count}`) ?? forms.get(category) ?? forms.get('other') ?? '';
  return fill(form, { ...scope, count });
}

/** A name from the other direction leaves the sentence around it as it was. */
function write(value: string | number, locale: string): string {
  if (typeof value === 'number') return new Intl.NumberFormat(locale).format(value);
  return locale.startsWith('ar') ? `\u2068${withoutDirections(value)}\u2069` : isolate(value);
}

/** The names of the forms and their patterns. */
export function readForms(text: string): Map<string, string> {
  const forms = new Map<string, string>();
  for (let at = 0; ; ) {
    const start = text.indexOf('{', at);
    const end = start === -1 ? -1 : findEnd(text, start);
    if (end === -1) return forms;
    forms.set(text.slice(at, start).trim(), text.slice(start + 1, end));
    at = end + 1;
  }
}
