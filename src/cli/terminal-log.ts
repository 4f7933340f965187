// The log for a person at a terminal: one plain line per entry, and none during the start, where it would hide the card.
import { styleText } from 'node:util';
import { clean } from './print.ts';

interface Line {
  level: number;
  msg?: string;
  err?: { message?: string };
}

const ERROR = 50;

export interface TerminalLog {
  stream: { write(line: string): void };
  /** Writes the lines that were held, and from now on each line as it comes. */
  release(): void;
}

/** Takes the lines of pino. */
export function openTerminalLog(write: (text: string) => void): TerminalLog {
  let held: string[] | null = [];
  return {
    stream: {
      write: (line) => {
        const text = wordLine(line);
        if (held === null) write(text);
        else held.push(text);
      },
    },
    release: () => {
      if (held !== null && held.length > 0) write(`\n${held.join('')}`);
      held = null;
    },
  };
}

function wordLine(line: string): string {
  const { level, msg, err } = JSON.parse(line) as Line;
  const kind = level >= ERROR ? styleText('red', 'Error: ') : styleText('yellow', 'Warning: ');
  const said = [msg, err?.message].filter((one) => one !== undefined && one !== '').join(': ');
  return `  ${kind}${clean(said)}\n`;
}
