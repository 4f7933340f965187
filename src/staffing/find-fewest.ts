// The fewest agents for which something holds, asked as seldom as can be: from a guess outwards.

/**
 * `holds`: of every greater number too. `guess`: where it is thought to begin. null: not even of
 * `most`. `holds` is asked about the answer and about the one below it.
 */
export function findFewest(
  holds: (agents: number) => boolean,
  { guess, most }: { guess: number; most: number },
): number | null {
  const first = Math.min(Math.max(1, guess), most);
  const bounds = holds(first) ? lookBelow(holds, first) : lookAbove(holds, first, most);
  if (bounds === null) return null;
  let [low, high] = bounds;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}

type Bounds = [fails: number, holds: number];

/** 0 agents are never asked about: nobody is served by nobody. */
function lookBelow(holds: (agents: number) => boolean, from: number): Bounds {
  let [low, high] = [from - 1, from];
  for (let step = 1; low > 0 && holds(low); step *= 2) {
    high = low;
    low = Math.max(0, low - step);
  }
  return [low, high];
}

function lookAbove(holds: (agents: number) => boolean, from: number, most: number): Bounds | null {
  let low = from;
  for (let step = 1; low < most; step *= 2) {
    const high = Math.min(most, low + step);
    if (holds(high)) return [low, high];
    low = high;
  }
  return null;
}
