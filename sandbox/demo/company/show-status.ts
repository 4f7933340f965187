// The last line of the terminal. It changes in place on a terminal; elsewhere it is printed now and then.
import { type Standing, writeStatus } from './write-card.ts';

export interface Status {
  note(line: string): void;
  stop(): void;
}

const LIVE_EVERY_MS = 1000;
const PLAIN_EVERY_MS = 10_000;
const ERASE = '\r\u001b[K';

export function showStatus(read: () => Omit<Standing, 'seconds'>): Status {
  const live = process.stdout.isTTY;
  const began = performance.now();
  const write = (text: string) => void process.stdout.write(text);
  const draw = () => {
    const line = writeStatus({ ...read(), seconds: (performance.now() - began) / 1000 });
    write(live ? `${ERASE}${line}` : `${line}\n`);
  };
  const timer = setInterval(draw, live ? LIVE_EVERY_MS : PLAIN_EVERY_MS);
  return {
    note: (line) => write(live ? `${ERASE}${line}\n` : `${line}\n`),
    stop: () => {
      clearInterval(timer);
      draw();
      if (live) write('\n');
    },
  };
}
