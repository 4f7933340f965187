// Checks how much room the database has, so that files are refused before conversations are.
import { statfs } from 'node:fs/promises';
import type { Log } from '../desk/context.ts';
import { repeat } from '../loops/repeat.ts';

export interface DiskWatch {
  /** Files are refused. */
  isLow(): boolean;
  stop(): Promise<void>;
}

const EVERY_MS = 10_000;

/** `readFree`: null where the free room is unknown. Answers after the first look. */
export async function watchDisk(options: {
  readFree: () => Promise<number | null>;
  reserveBytes: number;
  log: Log;
  note: (state: { freeBytes: number | null; isLow: boolean }) => void;
  /** Called when enough becomes too little, or the reverse. */
  onTurn: () => void;
}): Promise<DiskWatch> {
  const { readFree, reserveBytes, log, note, onTurn } = options;
  let isLow = false;

  const look = async (): Promise<void> => {
    // When it cannot be read, the state stays.
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
  };
  const first = Promise.withResolvers<void>();
  const looking = repeat({
    everyMs: EVERY_MS,
    act: () => look().finally(first.resolve),
    onError: (error) => log.error({ err: error }, 'the disk could not be looked at'),
  });
  await first.promise;
  return { isLow: () => isLow, stop: looking.stop };
}

/** Of the disk that holds the directory, as far as an ordinary user may fill it. */
export async function readFreeBytes(directory: string): Promise<number> {
  const { bavail, bsize } = await statfs(directory);
  return bavail * bsize;
}
