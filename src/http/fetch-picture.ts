// Fetches a picture from another server in place of the browser: small, redrawn, and kept for a while.
import { fileTypeFromBuffer } from 'file-type';
import { networkOf } from '../access/network-of.ts';
import type { Clock } from '../clock.ts';
import type { Outbound } from '../outbound/open-guarded-outbound.ts';
import { type Drawing, drawPictures } from './draw-pictures.ts';
import { type FairTurns, makeFairTurns } from './fair-turns.ts';
import { SHOWN_TYPES } from './read-upload.ts';

/** A WebP of at most 512 × 512; null: it cannot be fetched, or is no picture. */
export type FetchPicture = (url: string) => Promise<Buffer | null>;

export interface PictureFetcher {
  fetch: FetchPicture;
  close(): void;
}

interface Means {
  clock: Clock;
  /** For addresses that anybody may have typed. */
  outbound: Pick<Outbound, 'send'>;
  /** For addresses that only the operator's environment names. */
  own: { outbound: Pick<Outbound, 'send'>; urls: readonly string[] };
}

const TIMEOUT_MS = 8000;
const MAX_SOURCE_BYTES = 5 * 1024 * 1024;
const DRAWING = { maxPixels: 25_000_000, side: 512, maxBytes: 2 * 1024 * 1024 };
/** Each holds its source in memory. A page of the inbox shows some tens from one host. */
const TURNS = { most: 6, mostEach: 3, mostWaiting: 100 };
const WAIT_MS = 10_000;
const KEPT_MS = 60 * 60_000;
/** For a picture that could not be fetched. */
const MISSED_MS = 5 * 60_000;
const MOST_KEPT = 2000;
const MOST_KEPT_BYTES = 16 * 1024 * 1024;

interface Kept {
  until: number;
  picture: Promise<Buffer | null>;
  bytes: number;
}

/** Callers that ask for the same picture meanwhile share the answer. */
export function openPictureFetcher(given: Means): PictureFetcher {
  const kept = new Map<string, Kept>();
  const drawing = drawPictures({ ...DRAWING, clock: given.clock });
  const means = { ...given, draw: drawing.draw, turns: makeFairTurns(TURNS) };
  let bytes = 0;
  const forget = (url: string, entry: Kept): void => {
    if (kept.get(url) !== entry) return;
    kept.delete(url);
    bytes -= entry.bytes;
  };
  const makeRoom = (): void => {
    for (const [url, entry] of kept) {
      if (kept.size < MOST_KEPT && bytes < MOST_KEPT_BYTES) return;
      forget(url, entry);
    }
  };
  const begin = (url: string): Kept => {
    const picture = fetchAndDraw(means, url).catch(() => null);
    const entry: Kept = { until: given.clock.elapsed() + MISSED_MS, picture, bytes: 0 };
    void picture.then((drawn) => {
      if (drawn === null || kept.get(url) !== entry) return;
      entry.until = given.clock.elapsed() + KEPT_MS;
      entry.bytes = drawn.length;
      bytes += drawn.length;
    });
    return entry;
  };
  const fetch: FetchPicture = (url) => {
    const known = kept.get(url);
    if (known !== undefined && known.until > given.clock.elapsed()) return known.picture;
    if (known !== undefined) forget(url, known);
    makeRoom();
    const entry = begin(url);
    kept.set(url, entry);
    return entry.picture;
  };
  return { fetch, close: drawing.close };
}

async function fetchAndDraw(
  means: Means & { draw: Drawing['draw']; turns: FairTurns },
  url: string,
): Promise<Buffer | null> {
  const { turns } = means;
  const key = ownerOf(url);
  if (!(await turns.take(key, AbortSignal.timeout(WAIT_MS)))) return null;
  try {
    const source = await fetchSource(means, url);
    if (source === null) return null;
    // The operator's own picture may have any format, also SVG, which is text and is not recognised
    // here.
    const isShown = means.own.urls.includes(url) || (await isPicture(source));
    return isShown ? await means.draw(source, key) : null;
  } finally {
    turns.pass(key);
  }
}

async function isPicture(source: Buffer): Promise<boolean> {
  const type = (await fileTypeFromBuffer(source))?.mime;
  return type !== undefined && SHOWN_TYPES.has(type);
}

/**
 * The owner of a name has all names below it, so its last two parts count; of an address, its
 * network.
 */
function ownerOf(url: string): string {
  const { hostname } = new URL(url);
  if (hostname.startsWith('[')) return networkOf(hostname.slice(1, -1));
  return /^[\d.]+$/.test(hostname) ? hostname : hostname.split('.').slice(-2).join('.');
}

async function fetchSource({ outbound, own }: Means, url: string): Promise<Buffer | null> {
  const from = own.urls.includes(url) ? own.outbound : outbound;
  const answer = await from.send({
    url,
    method: 'GET',
    headers: { accept: [...SHOWN_TYPES, 'image/*;q=0.5'].join(', ') },
    verifyTls: true,
    timeoutMs: TIMEOUT_MS,
    maxAnswerBytes: MAX_SOURCE_BYTES,
  });
  return answer.ok && answer.status === 200 && !answer.truncated ? answer.body : null;
}
