// What goes wrong on purpose: single faults told in advance, and chances for the rough.

export type Fault =
  /** Answered 500 before anything happened. */
  | 'server-error'
  /** Answered 429 before anything happened, whatever the limits. */
  | 'too-many-requests'
  /** The connection is cut before anything happened. */
  | 'cut'
  /** What was asked is done, and the connection cut before the answer. */
  | 'answer-dropped'
  /** What was asked is done, and no answer ever comes. */
  | 'hang'
  /** A page of a proxy instead of an answer, after it was done. */
  | 'html'
  /** Refused by Rocket.Chat itself, with a word of its own. */
  | 'refused'
  /** A proxy's page that says 404, before anything happened. */
  | 'not-found-page';

export interface Chances {
  /** Of each call, by the kind of fault; 0 to 1. */
  calls: Partial<Record<Fault, number>>;
  /** A part of the path: others are spared. '' spares none. */
  path: string;
  /** How long `too-many-requests` says to wait. */
  waitSeconds: number;
  /** Waited before each call. */
  slowMs: number;
  webhooks: {
    lost: number;
    doubled: number;
    /** Held back up to `heldBackMs`, so that later ones overtake them. */
    heldBack: number;
    heldBackMs: number;
  };
}

export interface Faults {
  /** May be changed at any time. */
  readonly chances: Chances;
  /** The next calls whose path contains `path` meet it, before any chance. */
  next(fault: Fault, options?: { path?: string; times?: number }): void;
  /** Everything goes well from here on. */
  clear(): void;
  draw(path: string): Fault | null;
  /** One per copy that is sent; none: it is lost. */
  drawWebhookDelays(): number[];
}

export function makeFaults(random: () => number): Faults {
  const chances = calm();
  let told: { fault: Fault; path: string; left: number }[] = [];
  const happens = (chance = 0) => chance > 0 && random() < chance;
  return {
    chances,
    next: (fault, { path = '', times = 1 } = {}) => void told.push({ fault, path, left: times }),
    clear() {
      told = [];
      Object.assign(chances, calm());
    },
    draw(path) {
      const first = told.find((one) => one.left > 0 && path.includes(one.path));
      if (first !== undefined) {
        first.left -= 1;
        return first.fault;
      }
      if (!path.includes(chances.path)) return null;
      const kinds = Object.keys(chances.calls) as Fault[];
      return kinds.find((kind) => happens(chances.calls[kind])) ?? null;
    },
    drawWebhookDelays() {
      const { lost, doubled, heldBack, heldBackMs } = chances.webhooks;
      if (happens(lost)) return [];
      const delay = () => (happens(heldBack) ? Math.ceil(random() * heldBackMs) : 0);
      return happens(doubled) ? [delay(), delay()] : [delay()];
    },
  };
}

function calm(): Chances {
  return {
    calls: {},
    path: '',
    waitSeconds: 60,
    slowMs: 0,
    webhooks: { lost: 0, doubled: 0, heldBack: 0, heldBackMs: 200 },
  };
}
