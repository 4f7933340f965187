// Has other processes redraw pictures, within a time limit and in fair turns.
import { type ChildProcess, fork } from 'node:child_process';
import { extname } from 'node:path';
import { makeRates } from '../access/rates.ts';
import type { Clock } from '../clock.ts';
import { Refused } from '../errors.ts';
import type { Drawn, DrawOrder } from './draw-picture-child.ts';
import { makeFairTurns } from './fair-turns.ts';

export interface Drawing {
  /**
   * null: it is no picture. `key`: whose turn it takes, such as an address. Refuses
   * `attachment.picture-too-large` and `request.too-many`.
   */
  draw(content: Buffer, key: string): Promise<Buffer | null>;
  close(): void;
}

const MAX_PIXELS = 50_000_000;
/** A photo of 12 megapixels takes half a second on one core. */
const DRAWN_WITHIN_MS = 5000;
const WAITING_MS = 15_000;
/** When one sender holds up one process, the other still serves. */
const TURNS = { most: 2, mostEach: 1, mostWaiting: 8 };
/** How many pictures of one key had to be given up. */
const GIVEN_UP = { most: 3, withinMs: 60_000 };
const UNUSED_MS = 300_000;

/** With processes of its own: callers that must not wait for others use another one. */
export function drawPictures(options: {
  clock: Pick<Clock, 'elapsed'>;
  maxBytes: number;
  withinMs?: number;
  maxPixels?: number;
  side?: number;
}): Drawing {
  const {
    clock,
    maxBytes,
    withinMs = DRAWN_WITHIN_MS,
    maxPixels = MAX_PIXELS,
    side = null,
  } = options;
  const turns = makeFairTurns(TURNS);
  const givenUp = makeRates(GIVEN_UP);
  const painters = new Set<Painter>();
  const idle: Painter[] = [];
  let isClosed = false;

  const drawOnce = async (content: Buffer): Promise<Drawn | 'given-up'> => {
    const painter = idle.pop() ?? startPainter(painters);
    const drawn = await painter.draw({ content, maxPixels, maxBytes, side }, withinMs);
    if (drawn === 'given-up' || isClosed) painter.end();
    else rest(painter, idle);
    return drawn;
  };
  return {
    async draw(content, key) {
      if (givenUp.isSpent(key, clock.elapsed())) throw new Refused('request.too-many');
      const isTurn = await turns.take(key, AbortSignal.timeout(WAITING_MS));
      if (!isTurn) throw new Refused('request.too-many');
      const drawn = await drawOnce(content).finally(() => turns.pass(key));
      if (drawn === 'given-up') givenUp.take(key, clock.elapsed());
      else if ('drawn' in drawn) return Buffer.from(drawn.drawn);
      else if (drawn.failed === 'unreadable') return null;
      throw new Refused('attachment.picture-too-large');
    },
    close() {
      isClosed = true;
      for (const painter of painters) painter.end();
    },
  };
}

interface Painter {
  draw(order: DrawOrder, withinMs: number): Promise<Drawn | 'given-up'>;
  end(): void;
  /** Until when it is kept without work. */
  timer?: NodeJS.Timeout;
}

function rest(painter: Painter, idle: Painter[]): void {
  clearTimeout(painter.timer);
  painter.timer = setTimeout(() => {
    idle.splice(idle.indexOf(painter), 1);
    painter.end();
  }, UNUSED_MS).unref();
  idle.push(painter);
}

function startPainter(painters: Set<Painter>): Painter {
  const child = fork(programPath(), {
    // It gets none of our secrets, and its output is not trusted.
    env: { PATH: process.env.PATH },
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const started = Promise.race([
    new Promise<void>((done) => child.once('spawn', done)),
    new Promise<void>((done) => child.once('error', () => done())),
  ]);
  child.on('error', () => {});
  child.unref();
  child.channel?.unref();
  const painter: Painter = {
    draw: async (order, withinMs) => {
      clearTimeout(painter.timer);
      await started;
      return hear(child, order, withinMs);
    },
    end() {
      clearTimeout(painter.timer);
      painters.delete(painter);
      child.kill('SIGKILL');
    },
  };
  painters.add(painter);
  return painter;
}

/**
 * A process that dies at work, for lack of memory or by a fault of the library, is given up as
 * well.
 */
function hear(
  child: ChildProcess,
  order: DrawOrder,
  withinMs: number,
): Promise<Drawn | 'given-up'> {
  return new Promise((resolve) => {
    const settle = (drawn: Drawn | 'given-up'): void => {
      clearTimeout(timer);
      child.off('message', settle as (message: unknown) => void);
      child.off('exit', give);
      resolve(drawn);
    };
    const give = (): void => settle('given-up');
    const timer = setTimeout(give, withinMs);
    child.once('message', settle as (message: unknown) => void);
    child.once('exit', give);
    if (!child.connected) return give();
    child.send(order, (error) => {
      if (error !== null) give();
    });
  });
}

/** Beside this file, as source and as built. */
function programPath(): URL {
  return new URL(`./draw-picture-child${extname(import.meta.url)}`, import.meta.url);
}
