// Where past arrivals come from: a file, or a running Usher.
import { readFile, stat } from 'node:fs/promises';
import type { ArrivalsReport } from '../contract/arrivals.ts';
import type { History } from '../staffing/history.ts';
import { MOST_BYTES, readHistory } from '../staffing/read-history.ts';
import { CommandFailed } from './api-client.ts';
import { refuse } from './run-staffing.ts';
import type { Session } from './session.ts';

interface Of {
  timeZone: string;
  /** Nothing can have come since. */
  now: number;
}

type Arrivals = { history: History; notes: string[] };

/** Throws CommandFailed. */
export async function readFromFile(file: string, { timeZone, now }: Of): Promise<Arrivals> {
  return readContent(await readBytes(file), { timeZone, now });
}

const DAY = 86_400_000;
/** A report spans no more. */
const DAYS = 400;

/** Throws CommandFailed. */
export async function readFromServer(
  open: () => Promise<Session>,
  { timeZone, now }: Of,
): Promise<Arrivals> {
  const { api } = await open();
  const [from, to] = [now - DAYS * DAY, now].map((at) => new Date(at).toISOString());
  const query = new URLSearchParams({ from: from ?? '', to: to ?? '', timeZone });
  const { rows } = await api.get<ArrivalsReport>(`/api/v1/reports/arrivals?${query}`);
  const lines = rows.map(({ start, arrivals }) => `${start},${arrivals}`);
  const content = new TextEncoder().encode(['start,arrivals', ...lines].join('\n'));
  // The clock of the server may be ahead of ours.
  return readContent(content, { timeZone, now: now + DAY });
}

function readContent(content: Uint8Array, { timeZone, now }: Of): Arrivals {
  const { history, ...read } = readHistory(content, { timeZone, until: now });
  if (history !== null && 'notes' in read) return { history, notes: read.notes };
  const faults = read.faults.map(({ line, detail }) =>
    line === null ? detail : `Line ${line}: ${detail}`,
  );
  refuse('The history cannot be used.', faults);
}

async function readBytes(file: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(file);
    // One more than may be: the reader says what is wrong with it, and no more is read into memory.
    if (size > MOST_BYTES) return new Uint8Array(MOST_BYTES + 1);
    return await readFile(file);
  } catch (error) {
    throw new CommandFailed(`${file} cannot be read: ${(error as Error).message}`, 2);
  }
}
