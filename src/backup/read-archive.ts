// Reads an archive part by part, of a backup or of one workspace, and says in the end whether it is whole.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import type { SequencePlace, TableShape } from '../store/copy-tables.ts';
import { type ArchiveLine, type Head, readLine, type WorkspaceHead } from './archive-lines.ts';

/** Each is called in the order of the archive; the rows must be read before it answers. */
export interface ArchiveReader<H = Head> {
  head?(head: H): Promise<void>;
  file?(file: { file: string; text: string }): Promise<void>;
  /** `rows`: pieces of the text format, cut anywhere. Answers how many there were, or null if it has not counted. */
  table(shape: TableShape, rows: AsyncIterable<Buffer>): Promise<number | null>;
  sequences?(places: SequencePlace[]): Promise<void>;
}

export interface ArchiveFigures<H = Head> {
  head: H;
  tables: number;
  rows: number;
  /** SHA-256 of all of it. */
  digest: string;
}

/** What a file should be, and how much of a stranger's is read. */
interface Expected<H> {
  head(line: ArchiveLine): H | null;
  called: string;
  again: string;
  bounds: Bounds | null;
}

interface Bounds {
  /** Unpacked. */
  bytes: number;
  /** Unpacked to packed: a company's rows stay far below. Asked once there are `calm` bytes. */
  ratio: number;
  calm: number;
  /** Of a row. */
  row: number;
}

const backup: Expected<Head> = {
  head: (line) => ('usherBackup' in line ? line : null),
  called: 'backup',
  again: 'Take another backup.',
  bounds: null,
};

const GIB = 2 ** 30;
const MIB = 2 ** 20;

const workspace = (mostGigabytes: number): Expected<WorkspaceHead> => ({
  head: (line) => ('usherWorkspace' in line ? line : null),
  called: 'exported workspace',
  again: 'Export it again.',
  bounds: { bytes: mostGigabytes * GIB, ratio: 200, calm: 64 * MIB, row: 64 * MIB },
});

/** @throws a sentence when it is damaged, or no backup at all. */
export function readArchive(path: string, reader: ArchiveReader): Promise<ArchiveFigures> {
  return readExpected(path, reader, backup);
}

/** @throws a sentence when it is damaged, or no workspace at all, or unpacks to more than it may. */
export function readWorkspaceArchive(
  path: string,
  reader: ArchiveReader<WorkspaceHead>,
  mostGigabytes: number,
): Promise<ArchiveFigures<WorkspaceHead>> {
  return readExpected(path, reader, workspace(mostGigabytes));
}

async function readExpected<H>(
  path: string,
  reader: ArchiveReader<H>,
  expected: Expected<H>,
): Promise<ArchiveFigures<H>> {
  const cursor = openCursor(path, expected.bounds);
  try {
    return await readParts(cursor, reader, expected);
  } catch (error) {
    throw explain(path, error, expected);
  } finally {
    cursor.close();
  }
}

async function readParts<H>(
  cursor: Cursor,
  reader: ArchiveReader<H>,
  expected: Expected<H>,
): Promise<ArchiveFigures<H>> {
  const first = await cursor.line();
  const head = first === null ? null : expected.head(first);
  if (head === null) throw new NotOurs();
  await reader.head?.(head);
  const figures = { head, tables: 0, rows: 0, digest: '' };
  for (;;) {
    const line = await cursor.line();
    if (line === null) throw new Damaged(`it holds a line that is none of a ${expected.called}`);
    if ('end' in line) {
      await checkEnd(cursor, line.end);
      return { ...figures, digest: line.end };
    }
    if ('table' in line) {
      figures.rows += await readTable({ cursor, reader, shape: line });
      figures.tables += 1;
    } else await readOther(line, reader);
  }
}

async function checkEnd(cursor: Cursor, digest: string): Promise<void> {
  if (digest !== cursor.digest) throw new Damaged('its checksum differs');
  if (!(await cursor.isOver())) throw new Damaged('something follows its end');
}

async function readOther<H>(line: ArchiveLine, reader: ArchiveReader<H>): Promise<void> {
  if ('file' in line) await reader.file?.(line);
  if ('sequences' in line) await reader.sequences?.(line.sequences);
}

async function readTable<H>({
  cursor,
  reader,
  shape,
}: {
  cursor: Cursor;
  reader: ArchiveReader<H>;
  shape: TableShape;
}): Promise<number> {
  const read = await reader.table(shape, cursor.rows());
  const told = await cursor.line();
  if (told === null || !('rows' in told)) {
    throw new Damaged(`the count of the table ${shape.table} is missing`);
  }
  if (read !== null && read !== told.rows) {
    throw new Damaged(`the table ${shape.table} has ${read} rows instead of ${told.rows}`);
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

function openCursor(path: string, bounds: Bounds | null): Cursor {
  const file = createReadStream(path);
  const gunzip = createGunzip();
  file.on('error', (error) => gunzip.destroy(error));
  const pieces = file.pipe(gunzip)[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  const hash = createHash('sha256');
  let rest: Buffer = Buffer.alloc(0);
  let digest = '';
  let unpacked = 0;
  const more = async (): Promise<boolean> => {
    const { value, done } = await pieces.next();
    if (done === true) return false;
    unpacked += value.length;
    if (bounds !== null) refuseBomb(bounds, { unpacked, packed: file.bytesRead });
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
      const refuseLong = bounds === null ? () => {} : watchRows(bounds.row);
      while (rest.length < EMPTY_TABLE.length && (await more()));
      let end = rest.subarray(0, EMPTY_TABLE.length).equals(EMPTY_TABLE) ? 0 : findEnd(rest);
      while (end === null) {
        // It may have begun in this piece.
        const piece = take(Math.max(0, rest.length - EMPTY_TABLE.length));
        refuseLong(piece);
        yield piece;
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

function refuseBomb(
  { bytes, ratio, calm }: Bounds,
  { unpacked, packed }: { unpacked: number; packed: number },
): void {
  if (unpacked > bytes) {
    throw new Damaged(
      `it unpacks to more than ${bytes / GIB} GB. If you know that it is so large, allow it with --largest`,
    );
  }
  if (unpacked > calm && unpacked > packed * ratio) {
    throw new Damaged(`it unpacks to more than ${ratio} times its size`);
  }
}

/** A row is held in memory as a whole, here and by PostgreSQL. */
function watchRows(most: number): (piece: Buffer) => void {
  let length = 0;
  return (piece) => {
    const first = piece.indexOf(NEWLINE);
    const last = piece.lastIndexOf(NEWLINE);
    length = first < 0 ? length + piece.length : piece.length - last - 1;
    if (length > most) throw new Damaged(`it holds a row of more than ${most / MIB} MB`);
  };
}

class CutShort extends Error {}
class NotOurs extends Error {}
/** Of the file; the message says how. */
export class Damaged extends Error {}

function explain<H>(path: string, error: unknown, { called, again }: Expected<H>): unknown {
  const { code = '' } = error as { code?: string };
  const [is, other] = [`is no ${called} of Usher`, `is damaged: `];
  if (code === 'ENOENT') return new Error(`There is no file ${path}.`);
  const isNoGzip = code === 'Z_DATA_ERROR' && /header/.test((error as Error).message);
  if (isNoGzip || error instanceof NotOurs) return new Error(`${path} ${is}.`);
  if (error instanceof Damaged) return new Error(`${path} ${other}${error.message}. ${again}`);
  if (code.startsWith('Z_') || error instanceof CutShort) {
    return new Error(`${path} ${other}it is cut short or changed. ${again}`);
  }
  return error;
}
