// The current time, updated every second, for waits that count up; one timer for all.
import { useSyncExternalStore } from 'react';
import { serverNow } from '../../browser/server-clock.ts';

const watchers = new Set<() => void>();
let now = serverNow();
let timer: ReturnType<typeof setInterval> | undefined;

function watch(tell: () => void): () => void {
  if (watchers.size === 0) {
    now = serverNow();
    timer = setInterval(() => {
      now = serverNow();
      for (const one of watchers) one();
    }, 1000);
  }
  watchers.add(tell);
  return () => {
    watchers.delete(tell);
    if (watchers.size === 0) clearInterval(timer);
  };
}

export function useNow(): number {
  return useSyncExternalStore(watch, () => now);
}

/** When today began: what names days is drawn anew at midnight, and not each second. */
export function useToday(): number {
  return useSyncExternalStore(watch, () => new Date(now).setHours(0, 0, 0, 0));
}
