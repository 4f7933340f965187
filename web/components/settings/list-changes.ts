// What differs between two values of the same shape, by the path to each difference. Pure.

export interface Change {
  name: string;
  from: string;
  to: string;
}

export function listChanges(before: object, after: object, under = ''): Change[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((key) => {
    const from = (before as Record<string, unknown>)[key];
    const to = (after as Record<string, unknown>)[key];
    const name = under === '' ? key : `${under}.${key}`;
    if (isPlain(from) && isPlain(to)) return listChanges(from, to, name);
    const [was, is] = [JSON.stringify(from) ?? '–', JSON.stringify(to) ?? '–'];
    return was === is ? [] : [{ name, from: was, to: is }];
  });
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
