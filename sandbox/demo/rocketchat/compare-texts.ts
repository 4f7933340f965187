// Whether texts arrived: each once, and in the order in which they were said.

export interface Arrived {
  lost: number;
  doubled: number;
  /** Pairs of neighbours that came in the wrong order. */
  overtaken: number;
}

/** Each of `said` is a text of its own. What arrived and was never said counts as doubled. */
export function compareTexts(said: readonly string[], arrived: readonly string[]): Arrived {
  const places = new Map(said.map((text, place) => [text, place]));
  const first = [...new Set(arrived)].filter((text) => places.has(text));
  const order = first.map((text) => places.get(text) ?? 0);
  return {
    lost: said.length - first.length,
    doubled: arrived.length - first.length,
    overtaken: order.filter((place, at) => at > 0 && place < (order[at - 1] ?? 0)).length,
  };
}
