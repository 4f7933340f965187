// Keeps a lane per workspace: opened when it is needed, stopped when it has been quiet for a while.
import { realTime } from '../clock.ts';
import type { LoopClock } from './open-lane.ts';
import { repeat } from './repeat.ts';

/** A lane, or an object that has one. */
export interface Kept {
  /** Nothing is under way or planned. */
  isQuiet(): boolean;
  /** `late`: resolves when stop must not wait any longer. */
  stop(late?: Promise<void>): Promise<void>;
}

export interface Lanes<L extends Kept> {
  of(workspaceId: string): L;
  /** undefined: it is not open, so there is nothing to forget. */
  known(workspaceId: string): L | undefined;
  /** Drops it at once, even if it has work to do. */
  close(workspaceId: string): Promise<void>;
  stop(late?: Promise<void>): Promise<void>;
}

const LET_GO_AFTER_MS = 60_000;

export function keepLanes<L extends Kept>(
  open: (workspaceId: string) => L,
  options: { letGoAfterMs?: number | undefined; clock?: LoopClock | undefined } = {},
): Lanes<L> {
  const { letGoAfterMs = LET_GO_AFTER_MS, clock = realTime } = options;
  const lanes = new Map<string, { lane: L; askedAt: number }>();
  const close = async (workspaceId: string): Promise<void> => {
    const entry = lanes.get(workspaceId);
    lanes.delete(workspaceId);
    await entry?.lane.stop();
  };
  const letGo = async (): Promise<void> => {
    const before = clock.elapsed() - letGoAfterMs;
    for (const [workspaceId, { lane, askedAt }] of lanes) {
      if (askedAt <= before && lane.isQuiet()) await close(workspaceId);
    }
  };
  const sweep = repeat({ everyMs: letGoAfterMs, act: letGo, onError: () => {}, clock });
  return {
    of: (workspaceId) => {
      const entry = lanes.get(workspaceId) ?? { lane: open(workspaceId), askedAt: 0 };
      entry.askedAt = clock.elapsed();
      lanes.set(workspaceId, entry);
      return entry.lane;
    },
    known: (workspaceId) => lanes.get(workspaceId)?.lane,
    close,
    stop: async (late) => {
      const all = [...lanes.values()].map(({ lane }) => lane.stop(late));
      await Promise.all([sweep.stop(), ...all]);
    },
  };
}
