// Writes the archive of a backup: lines of JSON and tables in PostgreSQL's text format, compressed, under a checksum.
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { syncDirectory } from '../embedded-postgres/write-file-durably.ts';
import type { ArchiveLine } from './archive-lines.ts';

export interface ArchiveWriter {
  line(line: ArchiveLine): Promise<void>;
  /** The rows of the table whose line was written last. */
  rows(rows: AsyncIterable<Buffer>): Promise<void>;
  /** Only now is there a file of that name, whole and on disk. Answers its bytes. */
  finish(): Promise<number>;
  /** Removes what was written. */
  giveUp(): Promise<void>;
}

/**
 * Quick compression: files in the database are mostly pictures, which no level makes smaller than
 * half of their hexadecimal form.
 */
const LEVEL = 1;

/** Private to its owner: it holds what the database holds. */
const MODE = 0o600;

/** @throws when its draft is there already: that one is somebody else's. */
export async function writeArchive(path: string): Promise<ArchiveWriter> {
  const draft = `${path}.unfinished`;
  const hash = createHash('sha256');
  const gzip = createGzip({ level: LEVEL });
  const file = (await open(draft, 'wx', MODE)).createWriteStream({ flush: true });
  const written = pipeline(gzip, file);
  // Reported by the next write, or by the end.
  written.catch(() => {});
  const write = async (bytes: Buffer | string): Promise<void> => {
    if (!gzip.write(bytes)) await Promise.race([once(gzip, 'drain'), written]);
  };
  const put = async (bytes: Buffer | string): Promise<void> => {
    hash.update(bytes);
    await write(bytes);
  };
  return {
    line: (line) => put(`${JSON.stringify(line)}\n`),
    rows: async (rows) => {
      for await (const some of rows) await put(some);
      await put('\\.\n');
    },
    finish: async () => {
      await write(`${JSON.stringify({ end: hash.digest('hex') } satisfies ArchiveLine)}\n`);
      gzip.end();
      await written;
      await rename(draft, path);
      await syncDirectory(dirname(path));
      return file.bytesWritten;
    },
    giveUp: async () => {
      gzip.destroy();
      await written.catch(() => {});
      await rm(draft, { force: true });
    },
  };
}
