// Whether some order of all operations explains what each was answered: the search of Wing and Gong, as Lowe made it fast and porcupine has it.

export interface Timed<Op> {
  op: Op;
  from: number;
  /** null: it was never answered, and may take effect at any time after its start, or never. */
  to: number | null;
}

export interface Model<Op> {
  initial: string;
  /** The states that may follow; none: it cannot happen in this one. */
  step(state: string, op: Op): readonly string[];
}

/** An operation takes effect at one moment between its start and its end. Takes exponential time in how many overlap. */
export function isLinearizable<Op>(history: readonly Timed<Op>[], model: Model<Op>): boolean {
  const seen = new Set<string>();
  const answered = history.flatMap(({ to }, index) => (to === null ? [] : [index]));
  const search = (state: string, done: bigint): boolean => {
    if (answered.every((index) => has(done, index))) return true;
    const key = `${done} ${state}`;
    if (seen.has(key)) return false;
    seen.add(key);
    const firstEnd = Math.min(...answered.filter((index) => !has(done, index)).map(endOf));
    return history.some(({ op, from }, index) => {
      // Whatever has ended before must come before.
      if (has(done, index) || from > firstEnd) return false;
      return model.step(state, op).some((next) => search(next, done | (1n << BigInt(index))));
    });
  };
  const endOf = (index: number) => history[index]?.to ?? Number.POSITIVE_INFINITY;
  return search(model.initial, 0n);
}

const has = (done: bigint, index: number): boolean => ((done >> BigInt(index)) & 1n) === 1n;
