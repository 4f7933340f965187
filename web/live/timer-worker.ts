// Counts the time for a page that may be hidden: browsers slow down the timers of pages, not those of workers.
import type { Ask } from './open-steady-timers.ts';

const running = new Map<number, () => void>();

self.onmessage = ({ data: ask }: MessageEvent<Ask>) => {
  const { id } = ask;
  const tell = () => self.postMessage(id);
  if (ask.kind === 'cancel') {
    running.get(id)?.();
    running.delete(id);
  } else if (ask.kind === 'every') {
    const timer = setInterval(tell, ask.ms);
    running.set(id, () => clearInterval(timer));
  } else {
    const timer = setTimeout(() => {
      running.delete(id);
      tell();
    }, ask.ms);
    running.set(id, () => clearTimeout(timer));
  }
};
