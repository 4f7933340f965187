// Sends a file in slices, as fast as its reader takes them; a reader that stops is cut.
import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Pool } from 'pg';
import { networkOf } from '../access/network-of.ts';
import { Refused } from '../errors.ts';
import { type FoundAttachment, readSlice } from '../store/attachments.ts';
import { makeFairTurns } from './fair-turns.ts';
import { makePace } from './pace-bytes.ts';
import { whenOver } from './when-over.ts';

/**
 * Refuses `request.too-many`. `reader`: a reader whom we know, counted by this and never delayed by
 * strangers; a stranger is counted by the address. The caller has set the other headers, and has
 * checked the reader's right.
 */
export type SendFile = (
  request: FastifyRequest,
  reply: FastifyReply,
  sending: { file: FoundAttachment; reader?: string },
) => Promise<FastifyReply>;

/** The memory for one reader, besides what the system buffers. */
const SLICE_BYTES = 64 * 1024;
/** The time to take a slice: about 4 kB a second. */
const STALLED_MS = 15_000;
/** A page shows some pictures at once. Each turn has at most one slice in memory. */
const TURNS = { most: 200, mostEach: 8, mostWaiting: 32 };
const WAITING_MS = 10_000;
/**
 * A slice costs the database and us processor time, which conversations need first. An address of
 * strangers gets 4 MiB at once and then 8 Mbit a second, and all of one node together get 32 Mbit a
 * second: with twice as much an agent's slowest answers take three times as long
 * (bench:hostile-files). Known readers are fewer, and get twice that.
 */
const RATES = {
  strangers: {
    each: { perSecond: 2 ** 20, burst: 4 * 2 ** 20 },
    all: { perSecond: 4 * 2 ** 20, burst: 2 ** 19 },
  },
  known: {
    each: { perSecond: 2 * 2 ** 20, burst: 10 * 2 ** 20 },
    all: { perSecond: 8 * 2 ** 20, burst: 2 ** 20 },
  },
};

/**
 * `db`: connections of its own, so that readers wait only for each other, and nothing else waits
 * for them.
 */
export function makeSendFile({
  db,
  stalledMs = STALLED_MS,
  rates,
}: {
  db: Pool;
  stalledMs?: number;
  /** For both. */
  rates?: Parameters<typeof makePace>[0];
}): SendFile {
  const open = (kind: keyof typeof RATES) => ({
    turns: makeFairTurns(TURNS),
    pace: makePace(rates ?? RATES[kind]),
  });
  const shares = { strangers: open('strangers'), known: open('known') };
  return async (request, reply, { file, reader }) => {
    // The content of an id never changes.
    const etag = `"${file.attachmentId}"`;
    reply.header('etag', etag);
    if (hasAlready(request.headers['if-none-match'], etag)) return reply.code(304).send();
    reply.type(file.contentType).header('content-length', file.size);
    // Without a body object the stated length would be lost.
    if (request.method === 'HEAD') return reply.send(Readable.from([]));
    const { turns, pace } = reader === undefined ? shares.strangers : shares.known;
    const key = reader ?? networkOf(request.ip);
    if (!(await turns.take(key, AbortSignal.timeout(WAITING_MS)))) {
      reply.removeHeader('content-length').removeHeader('etag').header('retry-after', '10');
      throw new Refused('request.too-many');
    }
    const { raw } = reply;
    const stall = makeStall(() => raw.destroy(), stalledMs);
    const gone = new AbortController();
    const over = (): void => {
      stall.clear();
      gone.abort();
      turns.pass(key);
    };
    whenOver(reply, over);
    if (gone.signal.aborted) return reply;
    const mayGo = (bytes: number) => pace.wait(key, bytes, gone.signal);
    return reply.send(readSlices(db, file, { mayGo, stall }));
  };
}

function hasAlready(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header.split(',').some((one) => ['*', etag].includes(one.trim().replace(/^W\//, '')));
}

interface Stall {
  /** A slice was handed over: the reader must take it in time. */
  arm(): void;
  /** The reader took it. */
  rest(): void;
  clear(): void;
}

function makeStall(onStall: () => void, ms: number): Stall {
  let timer: NodeJS.Timeout | undefined;
  let isOver = false;
  const rest = (): void => clearTimeout(timer);
  return {
    arm() {
      rest();
      if (!isOver) timer = setTimeout(onStall, ms);
    },
    rest,
    clear() {
      isOver = true;
      rest();
    },
  };
}

function readSlices(
  db: Pool,
  { workspaceId, attachmentId, size }: FoundAttachment,
  { mayGo, stall }: { mayGo: (bytes: number) => Promise<void>; stall: Stall },
) {
  let from = 0;
  const next = async (): Promise<Buffer | null> => {
    if (from >= size) return null;
    const length = Math.min(SLICE_BYTES, size - from);
    await mayGo(length);
    const bytes = await readSlice(db, { workspaceId, attachmentId, from, length });
    if (bytes === null || bytes.length === 0) {
      throw new Error('the file was removed while it was sent');
    }
    from += bytes.length;
    return bytes;
  };
  return new Readable({
    // Asked for the next slice only when nothing is left of the last.
    highWaterMark: 1,
    read() {
      stall.rest();
      next().then(
        (bytes) => {
          stall.arm();
          this.push(bytes);
        },
        (error: Error) => this.destroy(error),
      );
    },
  });
}
