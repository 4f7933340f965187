// What the order of deliveries demands, told by itself: it knows what was done, and asks nothing of the code it judges.

export interface Expected {
  id: number;
  streamId: string;
  type: string;
  /** Parked, or a replay: nobody waits for it, and it for nobody. */
  outside: boolean;
  state: 'waiting' | 'held' | 'over';
  /** The moment it asks for itself: when it happened, its retry, or when somebody asked for it again. */
  asks: number;
  /** The place where it is being sent. */
  sentBy: number | null;
}

/** A conversation's deliveries to one subscriber, and a clock that only moves when it is told to. */
export interface OrderOracle {
  all: Expected[];
  now: number;
  /** When it may be due at the latest: as the latest of those in front of it asks, or it itself. */
  latest(one: Expected): number;
  /** Whether it is to be sent now. */
  isDue(one: Expected): boolean;
}

export function makeOrderOracle(): OrderOracle {
  const all: Expected[] = [];
  const inFrontOf = (one: Expected) =>
    one.outside
      ? []
      : all.filter(
          (other) =>
            other.streamId === one.streamId &&
            other.id < one.id &&
            !other.outside &&
            other.state !== 'over',
        );
  const oracle: OrderOracle = {
    all,
    now: 0,
    latest: (one) => Math.max(one.asks, ...inFrontOf(one).map(({ asks }) => asks)),
    isDue: (one) =>
      one.state === 'waiting' &&
      one.sentBy === null &&
      one.asks <= oracle.now &&
      inFrontOf(one).length === 0,
  };
  return oracle;
}
