// What a statement writes, read from its text: `table insert`, `table delete`, and `table.column` of each column it updates.

const WRITE =
  /\b(insert into|delete from|update)\s+(?:only\s+)?([a-z_]+)(?:\s+(?:as\s+)?([a-z]\w*))?/g;

/** Nothing in parentheses or quotes. */
function flatten(text: string): string {
  let depth = 0;
  return text.replace(/'[^']*'|[()]|[^'()]+/g, (part) => {
    if (part === '(') depth += 1;
    else if (part === ')') depth -= 1;
    else if (depth === 0 && !part.startsWith("'")) return part;
    return ' ';
  });
}

/** Up to where its own list of columns ends. */
function readColumns(after: string): string[] {
  const [, list = ''] = /\bset\b([\s\S]*)/.exec(flatten(untilClosed(after))) ?? [];
  const [columns = ''] = list.split(/\b(?:from|where|returning)\b/);
  return columns.split(',').flatMap((one) => /^\s*([a-z_]+)\s*=/.exec(one)?.[1] ?? []);
}

/** What stands before the parenthesis that closes around it. */
function untilClosed(text: string): string {
  let depth = 0;
  for (const [place, sign] of [...text].entries()) {
    if (sign === '(') depth += 1;
    if (sign === ')') depth -= 1;
    if (depth < 0) return text.slice(0, place);
  }
  return text;
}

export function readWrites(text: string): string[] {
  const bare = text.replace(/^\s*--.*$/gm, '');
  const found = [...bare.matchAll(WRITE)].flatMap((match) => {
    const [whole, verb, table = ''] = match;
    const before = bare.slice(0, match.index);
    if (verb === 'update' && /\b(for|do|for no key)\s+$/.test(before)) return [];
    const after = bare.slice(match.index + whole.length - (match[3]?.length ?? 0));
    if (verb === 'delete from') return [`${table} delete`];
    const columns = readColumns(after).map((column) => `${table}.${column}`);
    return verb === 'update' ? columns : [`${table} insert`, ...columns];
  });
  return [...new Set(found)];
}
