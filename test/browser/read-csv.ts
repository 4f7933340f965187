// CSV (RFC 4180) as a spreadsheet would read it: a record for each line, by the heads of the first.

export function readCsv(text: string): Record<string, string>[] {
  const [heads = [], ...lines] = readCells(text);
  return lines.map((cells) =>
    Object.fromEntries(heads.map((head, index) => [head, cells[index] ?? ''])),
  );
}

function readCells(text: string): string[][] {
  const cell = /("(?:[^"]|"")*"|[^,\r\n]*)(,|\r\n|$)/g;
  const lines: string[][] = [];
  let line: string[] = [];
  for (const [, quoted = '', end] of text.matchAll(cell)) {
    line.push(quoted.startsWith('"') ? quoted.slice(1, -1).replaceAll('""', '"') : quoted);
    if (end === ',') continue;
    if (line.length > 1) lines.push(line);
    line = [];
  }
  return lines;
}
