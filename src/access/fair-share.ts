// One level of requests a second for all workspaces of a node: whoever stays below it is not touched, however much others send.

/** Below this many a second nobody is held back, whatever the node has to do. */
const FREE_PER_SECOND = 20;
/** Others count as present from this many a second in all; before that there is nobody to share with. */
const OTHERS_PER_SECOND = 1;
/** Rates are averages over about this time. */
const OVER_MS = 1000;
// Falls in tenths of a second and takes many seconds to rise: each rise beyond what fits is a wave for the others.
const FALLS_TO = 0.5;
const RISES_TO = 1.02;
/** A workspace that sent nothing for this long is forgotten. */
const FORGET_MS = 10_000;
/** What may come at once beyond the level. */
const BURST_MS = 250;

export interface FairShare {
  /** In how many milliseconds this request may begin: 0 is now. null: later than `patienceMs`; then it is not counted. */
  take(workspaceId: string, now: number, patienceMs: number): number | null;
  /** Looks anew, several times a second. `isPressed`: the node has more to do than leaves room for others. */
  look(now: number, isPressed: boolean): void;
  /** Requests a second that one workspace may send now; null: no bound. */
  level(): number | null;
}

interface Sender {
  /** Since the last look, also those that were refused: who presses on is not forgotten. */
  count: number;
  rate: number;
  seenAt: number;
  /** When the next one may begin if all came evenly. */
  nextAt: number;
}

export function makeFairShare(): FairShare {
  const senders = new Map<string, Sender>();
  let level = Number.POSITIVE_INFINITY;
  let lookedAt = Number.NEGATIVE_INFINITY;

  const measure = (now: number): { top: number; others: number; mean: number } => {
    const elapsed = Math.max(1, now - lookedAt);
    const weight = Math.min(1, elapsed / OVER_MS);
    let [sum, top] = [0, 0];
    for (const [id, sender] of senders) {
      sender.rate += weight * ((sender.count * 1000) / elapsed - sender.rate);
      if (sender.count > 0) sender.seenAt = now;
      sender.count = 0;
      if (now - sender.seenAt > FORGET_MS) senders.delete(id);
      sum += sender.rate;
      top = Math.max(top, sender.rate);
    }
    const others = sum - top;
    return { top, others, mean: others / Math.max(1, senders.size - 1) };
  };

  return {
    take: (workspaceId, now, patienceMs) => {
      const sender = senders.get(workspaceId) ?? { count: 0, rate: 0, seenAt: now, nextAt: now };
      senders.set(workspaceId, sender);
      sender.count += 1;
      if (level === Number.POSITIVE_INFINITY) {
        sender.nextAt = now;
        return 0;
      }
      const startsAt = Math.max(sender.nextAt, now - BURST_MS);
      if (startsAt - now > patienceMs) return null;
      sender.nextAt = startsAt + 1000 / level;
      return Math.max(0, startsAt - now);
    },
    look: (now, isPressed) => {
      const { top, others, mean } = measure(now);
      lookedAt = now;
      if (others < OTHERS_PER_SECOND) level = Number.POSITIVE_INFINITY;
      else if (isPressed) {
        // Twice what the others send on average is nobody's storm: then there is plainly too much for the node.
        const least = Math.max(FREE_PER_SECOND, 2 * mean);
        level = Math.max(least, FALLS_TO * Math.min(level, top));
      } else if (level < Number.POSITIVE_INFINITY) {
        level *= RISES_TO;
        if (level > 2 * top) level = Number.POSITIVE_INFINITY;
      }
    },
    level: () => (level === Number.POSITIVE_INFINITY ? null : level),
  };
}
