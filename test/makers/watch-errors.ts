// What a server under test logs as an error: each such line fails its test, unless the test has said that it may come.
import { type Logger, pino } from 'pino';
import { isOutage } from '../../src/store/is-outage.ts';
import { nameTrace } from '../../src/telemetry/name-trace.ts';

/** A line of the log, as pino writes it. */
interface Line {
  level: number;
  msg: string;
  err?: { type: string; message: string; code?: string };
}

/** Whether a test expects this line. */
export type Expected = (line: Line) => boolean;

export interface ErrorWatch {
  log: Logger;
  /** What a server of its own process writes; other words than log lines are left aside. */
  read(chunk: string): void;
  /** From now on, and for what has been logged already. */
  expectErrors(...more: readonly Expected[]): void;
  /** Fails with every line that is not expected. */
  check(): void;
}

const ERROR = 50;

/** The database is gone, hangs, cuts connections, or takes no writes. */
export const LOST_DATABASE: Expected = ({ msg, err }) =>
  /^(the database does not answer|no standby confirms)/.test(msg) ||
  ['DatabaseAway', 'StandbyRefused'].includes(err?.type ?? '') ||
  isOutage(err);

/** It answers, and what it is asked waits for longer than it may. */
export const SLOW_DATABASE: Expected = ({ err }) =>
  err?.code === '57014' || err?.message === 'It takes longer than 30000 ms.';

/** A broker cannot be reached, or leaves. */
export const NO_BROKER: Expected = ({ msg }) =>
  /^the (connection to the (presence )?broker|inbox at the broker) failed$/.test(msg);

export const LOW_DISK: Expected = ({ msg }) => msg.startsWith('the disk is almost full');

export const saying =
  (words: RegExp): Expected =>
  ({ msg }) =>
    words.test(msg);

/** `onLine`: is shown every line, of all levels. */
export function watchErrors(onLine?: (line: string) => void): ErrorWatch {
  const expected: Expected[] = [];
  const errors: Line[] = [];
  let rest = '';
  const note = (text: string): void => {
    const line = readLine(text);
    if (line !== null && line.level >= ERROR) errors.push(line);
    onLine?.(text);
  };
  return {
    log: pino(
      { level: onLine === undefined ? 'error' : 'trace', mixin: nameTrace },
      { write: note },
    ),
    read: (chunk) => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) note(line);
    },
    expectErrors: (...more) => void expected.push(...more),
    check: () => {
      const unexpected = errors.filter((line) => !expected.some((expects) => expects(line)));
      if (unexpected.length === 0) return;
      const lines = unexpected.map((line) => JSON.stringify(line, null, 2));
      throw new Error(`The server has logged errors:\n${lines.join('\n')}`);
    },
  };
}

function readLine(text: string): Line | null {
  if (!text.startsWith('{')) return null;
  try {
    const line = JSON.parse(text) as Line;
    return typeof line.level === 'number' ? line : null;
  } catch {
    return null;
  }
}
