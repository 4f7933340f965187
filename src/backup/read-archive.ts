// Reads the archive of a backup part by part, and says in the end whether it is whole.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import type { SequencePlace, TableShape } from '../store/copy-tables.ts';
import { type ArchiveLine, type Head, readLine } from './archive-lines.ts';

/** Each is called in the order of the archive; the rows must be read before it answers. */
export interface ArchiveReader {
  head?(head: Head): Promise<void>;
  file?(file: { file: string; text: string }): Promise<void>;
  /** `rows`: pieces of the text format, cut anywhere. Answers how many there were, or null if it has not counted. */
  table(shape: TableShape, rows: AsyncIterable<Buffer>): Promise<number | null>;
  sequences?(places: SequencePlace[]): Promise<void>;
}

export interface ArchiveFigures {
  head: Head;
  tables: number;
  rows: number;
}

/** @throws a sentence when it is damaged, or no backup at all. */
export async function readArchive(path: string, reader: ArchiveReader): Promise<ArchiveFigures> {
  const cursor = openCursor(path);
  try {
    return await readParts(path, cursor, reader);
  } catch (error) {
    throw explain(path, error);
  } finally {
    cursor.close();
  }
}

async function readParts(
  path: string,
  cursor: Cursor,
  reader: ArchiveReader,
): Promise<ArchiveFigures> {
  const first = await cursor.line();
  if (first === null || !('usherBackup' in first)) throw notABackup(path);
  await reader.head?.(first);
  const figures = { head: first, tables: 0, rows: 0 };
  for (;;) {
    const line = await cursor.line();
    if (line === null) throw damaged(path, 'it holds a line that is none of a backup');
    if ('end' in line) {
      await checkEnd(path, cursor, line.end);
      return figures;
    }
    if ('table' in line) {
      figures.rows += await readTable(path, { cursor, reader, shape: line });
      figures.tables += 1;
    } else await readOther(line, reader);
  }
}

async function checkEnd(path: string, cursor: Cursor, digest: string): Promise<void> {
  if (digest !== cursor.digest) throw damaged(path, 'its checksum differs');
  if (!(await cursor.isOver())) throw damaged(path, 'something follows its end');
}

async function readOther(line: ArchiveLine, reader: ArchiveReader): Promise<void> {
  if ('file' in line) await reader.file?.(line);
  if ('sequences' in line) await reader.sequences?.(line.sequences);
}

async function readTable(
  path: string,
  { cursor, reader, shape }: { cursor: Cursor; reader: ArchiveReader; shape: TableShape },
): Promise<number> {
  const read = await reader.table(shape, cursor.rows());
  const told = await cursor.line();
  if (told === null || !('rows' in told)) {
    throw damaged(path, `the count of the table ${shape.table} is missing`);
  }
  if (read !== null && read !== told.rows) {
    throw damaged(path, `the table ${shape.table} has ${read} rows instead of ${told.rows}`);
  }
  return told.rows;
}

interface Cursor {
  /** null: a line that belongs to no archive, or no more. */
  line(): Promise<ArchiveLine | null>;
  rows(): AsyncGenerator<Buffer>;
  /** Whether nothing follows. */
  isOver(): Promise<boolean>;
  /** Of everything before the line that was read last. */
  readonly digest: string;
  close(): void;
}

const NEWLINE = 10;
const ENDS_TABLE = Buffer.from('\n\\.\n');
/** Of a table without rows there is only this. */
const EMPTY_TABLE = ENDS_TABLE.subarray(1);
/** Longer than the line of any table or file of ours. */
const LONGEST_LINE = 16 * 1024 * 1024;

function openCursor(path: string): Cursor {
  const file = createReadStream(path);
  const gunzip = createGunzip();
  file.on('error', (error) => gunzip.destroy(error));
  const pieces = file.pipe(gunzip)[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  const hash = createHash('sha256');
  let rest: Buffer = Buffer.alloc(0);
  let digest = '';
  const more = async (): Promise<boolean> => {
    const { value, done } = await pieces.next();
    if (done === true) return false;
    rest = rest.length === 0 ? value : Buffer.concat([rest, value]);
    return true;
  };
  const take = (bytes: number): Buffer => {
    const taken = rest.subarray(0, bytes);
    rest = rest.subarray(bytes);
    hash.update(taken);
    return taken;
  };
  return {
    get digest() {
      return digest;
    },
    line: async () => {
      while (!rest.includes(NEWLINE))
        if (rest.length > LONGEST_LINE || !(await more())) return null;
      digest = hash.copy().digest('hex');
      return readLine(take(rest.indexOf(NEWLINE) + 1).toString());
    },
    async *rows() {
      while (rest.length < EMPTY_TABLE.length && (await more()));
      let end = rest.subarray(0, EMPTY_TABLE.length).equals(EMPTY_TABLE) ? 0 : findEnd(rest);
      while (end === null) {
        // It may have begun in this piece.
        yield take(Math.max(0, rest.length - EMPTY_TABLE.length));
        if (!(await more())) throw new CutShort();
        end = findEnd(rest);
      }
      if (end > 0) yield take(end);
      take(EMPTY_TABLE.length);
    },
    isOver: async () => rest.length === 0 && !(await more()),
    close: () => file.destroy(),
  };
}

/** Where the last row ends; null: further on. */
function findEnd(text: Buffer): number | null {
  const at = text.indexOf(ENDS_TABLE);
  return at < 0 ? null : at + 1;
}

class CutShort extends Error {}

function explain(path: string, error: unknown): unknown {
  const { code = '' } = error as { code?: string };
  if (code === 'ENOENT') return new Error(`There is no file ${path}.`);
  if (code === 'Z_DATA_ERROR' && /header/.test((error as Error).message)) return notABackup(path);
  if (code.startsWith('Z_') || error instanceof CutShort) {
    return damaged(path, 'it is cut short or changed');
  }
  return error;
}

const notABackup = (path: string) => new Error(`${path} is no backup of Usher.`);

function damaged(path: string, how: string): Error {
  return new Error(`${path} is damaged: ${how}. Take another backup.`);
}
