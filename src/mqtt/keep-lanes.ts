// What is done for each workspace by itself: opened when it is needed, let go when nothing has been asked of it for a while.

export interface Lane {
  /** Nothing is under way, and nothing is to come. */
  isQuiet(): boolean;
  stop(): Promise<void>;
}

export interface Lanes<L extends Lane> {
  of(workspaceId: string): L;
  /** undefined: it is not open, so there is nothing to forget. */
  known(workspaceId: string): L | undefined;
  stop(): Promise<void>;
}

const LET_GO_AFTER_MS = 60_000;

export function keepLanes<L extends Lane>(
  open: (workspaceId: string) => L,
  letGoAfterMs = LET_GO_AFTER_MS,
): Lanes<L> {
  const lanes = new Map<string, { lane: L; askedAt: number }>();
  const sweep = (): void => {
    const before = performance.now() - letGoAfterMs;
    for (const [workspaceId, { lane, askedAt }] of lanes) {
      if (askedAt <= before && lane.isQuiet()) lanes.delete(workspaceId);
    }
  };
  const timer = setInterval(sweep, letGoAfterMs).unref();
  return {
    of: (workspaceId) => {
      const entry = lanes.get(workspaceId) ?? { lane: open(workspaceId), askedAt: 0 };
      entry.askedAt = performance.now();
      lanes.set(workspaceId, entry);
      return entry.lane;
    },
    known: (workspaceId) => lanes.get(workspaceId)?.lane,
    stop: async () => {
      clearInterval(timer);
      await Promise.all([...lanes.values()].map(({ lane }) => lane.stop()));
    },
  };
}
