// The mark of a data directory that is being restored: whoever finds it later knows that it is not whole.
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { syncDirectory, writeFileDurably } from '../embedded-postgres/write-file-durably.ts';

const MARK = 'RESTORE-UNFINISHED';

/** Made by the system in the root of a disk. */
const NO_DATA = 'lost+found';

/** Makes the directory if need be. Throws a sentence when something is in it. */
export async function beginRestore(dataDir: string): Promise<void> {
  await refuseUnfinishedRestore(dataDir);
  await mkdir(dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
  const found = (await readdir(dataDir)).filter((name) => name !== NO_DATA);
  if (found.length > 0) {
    throw new Error(
      `${resolve(dataDir)} is not empty (${found.slice(0, 3).join(', ')}). Set USHER_DATA_DIR to an empty directory, or move that one away.`,
    );
  }
  const content = `${sayUnfinished(dataDir)}\n`;
  await writeFileDurably({ path: join(dataDir, MARK), content, mode: 0o644 });
}

/** When everything is in place. */
export async function endRestore(dataDir: string): Promise<void> {
  await syncDirectory(dataDir);
  await rm(join(dataDir, MARK));
  await syncDirectory(dataDir);
}

export async function refuseUnfinishedRestore(dataDir: string): Promise<void> {
  const mark = await readFile(join(dataDir, MARK), 'utf8').catch(() => null);
  if (mark !== null) throw new Error(sayUnfinished(dataDir));
}

function sayUnfinished(dataDir: string): string {
  return `A restore into ${resolve(dataDir)} was cut short, so what lies there is not whole. Delete everything in that directory and restore again.`;
}
