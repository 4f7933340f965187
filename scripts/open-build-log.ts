// The output of a build: one line on the terminal, the rest in a file; all of it on the terminal when the build fails.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { Logger } from 'vite';

export interface BuildLog {
  logger: Logger;
  say(line: string): void;
  /** Writes the file, if there is anything to write. */
  close(): void;
  fail(error: unknown): void;
}

export function openBuildLog(path: string): BuildLog {
  const lines: string[] = [];
  const warned = new Set<string>();
  const note = (text: string) => void lines.push(stripVTControlCharacters(text));
  const logger: Logger = {
    hasWarned: false,
    info: note,
    warn: note,
    warnOnce: (text) => {
      if (!warned.has(text)) note(text);
      warned.add(text);
    },
    error: note,
    clearScreen: () => {},
    hasErrorLogged: () => false,
  };
  const say = (line: string) => {
    note(line);
    process.stdout.write(`${line}\n`);
  };
  const close = () => {
    if (lines.length === 0) return;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `${lines.join('\n')}\n`);
  };
  return {
    logger,
    say,
    close,
    fail: (error) => {
      note(error instanceof Error ? (error.stack ?? error.message) : String(error));
      process.stderr.write(`${lines.join('\n')}\nThe pages could not be built.\n`);
      close();
    },
  };
}
