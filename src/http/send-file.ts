// Sends a file in slices, as fast as its reader takes them and no faster; whoever stops reading is let go.
import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Pool } from 'pg';
import { networkOf } from '../access/network-of.ts';
import { Refused } from '../errors.ts';
import { type FoundAttachment, readSlice } from '../store/attachments.ts';
import { makeFairTurns } from './fair-turns.ts';
import { makePace } from './pace-bytes.ts';

/**
 * Refuses `request.too-many`. `reader`: whom we know, who is counted by this and never waits for strangers;
 * a stranger is counted by the address. The caller has set the other headers, and has seen that the reader
 * may have it.
 */
export type SendFile = (
  request: FastifyRequest,
  reply: FastifyReply,
  sending: { file: FoundAttachment; reader?: string },
) => Promise<FastifyReply>;

/** What one reader costs us in memory, beside what the system buffers. */
const SLICE_BYTES = 64 * 1024;
/** To take a slice: about 4 kB a second. */
const STALLED_MS = 15_000;
/** A page shows some pictures at once. Each turn has a slice in memory at most. */
const TURNS = { most: 200, mostEach: 8, mostWaiting: 32 };
const WAITING_MS = 10_000;
/**
 * A slice costs the database and us processor time, which those who talk need first. Of strangers an address gets
 * 4 MiB at once and then 8 Mbit a second, and all of one node together get 32 Mbit a second: with twice as much an
 * agent's slowest answers take thrice as long (bench:hostile-files). Whom we know are fewer, and get twice that.
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

/** `db`: connections of its own, so that readers wait for each other and nobody for them. */
export function makeSendFile({
  db,
  stalledMs = STALLED_MS,
  rates,
}: {
  db: Pool;
  stalledMs?: number;
  /** Of both. */
  rates?: Parameters<typeof makePace>[0];
}): SendFile {
  const open = (kind: keyof typeof RATES) => ({
    turns: makeFairTurns(TURNS),
    pace: makePace(rates ?? RATES[kind]),
  });
  const lanes = { strangers: open('strangers'), known: open('known') };
  return async (request, reply, { file, reader }) => {
    // What an id names never changes.
    const etag = `"${file.attachmentId}"`;
    reply.header('etag', etag);
    if (hasAlready(request.headers['if-none-match'], etag)) return reply.code(304).send();
    reply.type(file.contentType).header('content-length', file.size);
    // Nothing at all would be told as of no length.
    if (request.method === 'HEAD') return reply.send(Readable.from([]));
    const { turns, pace } = reader === undefined ? lanes.strangers : lanes.known;
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
    if (raw.destroyed || raw.closed) {
      over();
      return reply;
    }
    raw.once('close', over);
    const mayGo = (bytes: number) => pace.wait(key, bytes, gone.signal);
    return reply.send(readSlices(db, file, { mayGo, stall }));
  };
}

function hasAlready(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header.split(',').some((one) => ['*', etag].includes(one.trim().replace(/^W\//, '')));
}

interface Stall {
  /** Something was given: it is to be taken in time. */
  arm(): void;
  /** It was taken. */
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
    // Asked for the next one only when nothing is left of the last.
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
