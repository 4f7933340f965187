// What differs between two values of the same shape, by the path to each difference. Pure.

export interface Change {
  name: string;
  from: string;
  to: string;
}

/** A rule that is added whole is not shown whole. */
const MOST_SHOWN = 120;

/** What has a name in a list is known by it: a rule, a plan, a calendar. */
export function listChanges(before: object, after: object, under = ''): Change[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((key) => {
    const from = byName((before as Record<string, unknown>)[key]);
    const to = byName((after as Record<string, unknown>)[key]);
    const name = under === '' ? key : `${under}.${key}`;
    if (isPlain(from) && isPlain(to)) return listChanges(from, to, name);
    const [was, is] = [JSON.stringify(from) ?? '–', JSON.stringify(to) ?? '–'];
    return was === is ? [] : [{ name, from: clip(was), to: clip(is) }];
  });
}

function byName(value: unknown): unknown {
  if (!Array.isArray(value) || !value.every(hasName)) return value;
  return Object.fromEntries(value.map((one) => [one.name, one]));
}

function hasName(value: unknown): value is { name: string } {
  return isPlain(value) && typeof (value as { name?: unknown }).name === 'string';
}

function clip(text: string): string {
  return text.length <= MOST_SHOWN ? text : `${text.slice(0, MOST_SHOWN)}…`;
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
