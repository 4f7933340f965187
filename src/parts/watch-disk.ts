// Looks how much room there is for the database, so that files stop before conversations would.
import { statfs } from 'node:fs/promises';
import type { Log } from '../desk/context.ts';

export interface DiskWatch {
  /** Files are refused. */
  isLow(): boolean;
  stop(): Promise<void>;
}

const EVERY_MS = 10_000;

/** `readFree`: null where nobody can say. Answers once it has looked. */
export async function watchDisk(options: {
  readFree: () => Promise<number | null>;
  reserveBytes: number;
  log: Log;
  note: (state: { freeBytes: number | null; isLow: boolean }) => void;
  /** From enough to too little, or back. */
  onTurn: () => void;
}): Promise<DiskWatch> {
  const { readFree, reserveBytes, log, note, onTurn } = options;
  let isLow = false;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> = Promise.resolve();
  let stopped = false;

  const look = async (): Promise<void> => {
    // As it was, where it cannot be read.
    const freeBytes = await readFree().catch(() => null);
    const wasLow = isLow;
    if (freeBytes !== null) isLow = freeBytes < reserveBytes;
    note({ freeBytes, isLow });
    const details = { freeBytes, reserveBytes };
    if (isLow && !wasLow) {
      log.error(
        details,
        'the disk is almost full: files are refused until there is room; free some',
      );
    } else if (wasLow && !isLow)
      log.info(details, 'there is room on the disk again: files are taken');
    if (isLow !== wasLow) onTurn();
    if (!stopped) timer = setTimeout(() => (looking = look()), EVERY_MS).unref();
  };
  await look();
  return {
    isLow: () => isLow,
    stop: () => {
      stopped = true;
      clearTimeout(timer);
      return looking;
    },
  };
}

/** Of the disk that holds the directory, for whoever is no superuser. */
export async function readFreeBytes(directory: string): Promise<number> {
  const { bavail, bsize } = await statfs(directory);
  return bavail * bsize;
}
