// How a page does something later. Each function answers one that cancels it.

export interface Timers {
  every(ms: number, act: () => void): () => void;
  after(ms: number, act: () => void): () => void;
}

/** Once a page has been hidden for some minutes, browsers let these run once a minute. */
export const pageTimers: Timers = {
  every: (ms, act) => {
    const timer = setInterval(act, ms);
    return () => clearInterval(timer);
  },
  after: (ms, act) => {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  },
};
