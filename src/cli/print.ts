// How answers look on a terminal: aligned tables, or JSON when asked.

type Row = (string | number | null)[];

export interface Printer {
  /** `rows` for people, `value` for programs; `whenEmpty`: what to do when there are none. */
  table(value: unknown, header: string[], rows: Row[], whenEmpty: string): void;
  lines(value: unknown, lines: string[]): void;
}

export function makePrinter(json: boolean, write: (text: string) => void): Printer {
  return {
    table: (value, header, rows, whenEmpty) => {
      const lines = rows.length === 0 ? [whenEmpty] : formatTable(header, rows);
      write(json ? toJson(value) : `${lines.join('\n')}\n`);
    },
    lines: (value, lines) => write(json ? toJson(value) : `${lines.join('\n')}\n`),
  };
}

function toJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

export function formatTable(header: string[], rows: (string | number | null)[][]): string[] {
  const text = [header, ...rows.map((row) => row.map((cell) => clean(cell)))];
  const widths = header.map((_, column) =>
    Math.max(...text.map((row) => row[column]?.length ?? 0)),
  );
  return text.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** Names come from strangers: no control characters reach the terminal. */
export function clean(cell: string | number | null): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed.
  return cell === null ? '–' : String(cell).replace(/[\u0000-\u001f\u007f-\u009f]/g, ' ');
}
