// Runs a chore for each workspace that needs it, periodically; a slow or failing workspace delays
// no other.
import { realTime } from '../clock.ts';
import type { LoopClock } from './open-lane.ts';
import { type Repeated, repeat } from './repeat.ts';

/** Enough that a slow workspace does not make the rest wait, few enough to leave connections to requests. */
const AT_ONCE = 4;
/** The turn of a workspace; the rest of its work comes after the others. */
const TURN_MS = 5000;
/** A workspace that takes longer runs on alone, and another is served beside it. */
const SLOW_MS = 30_000;

export interface Chore {
  /** The name of the chore, for the log when it fails. */
  what: string;
  everyMs: number;
  /** One query for all workspaces: those for which there may be something to do. */
  list: () => Promise<readonly string[]>;
  /**
   * true: its turn ended before all was done. A long chore asks between its steps whether to go on.
   */
  act: (workspaceId: string, goesOn: () => boolean) => Promise<unknown>;
}

/** For `act`: deletes a few at a time until nothing is left to delete. */
export function forgetAll(forgetSome: (workspaceId: string) => Promise<number>): Chore['act'] {
  return async (workspaceId, goesOn) => {
    while (goesOn()) if ((await forgetSome(workspaceId)) === 0) return false;
    return true;
  };
}

interface Options {
  onError: (error: unknown, what: string) => void;
  slowMs?: number;
  turnMs?: number;
  clock?: LoopClock | undefined;
}

/** Now, and about `everyMs` after each look; a workspace whose last turn still runs is skipped. */
export function everyWorkspace({ what, everyMs, list, act }: Chore, options: Options): Repeated {
  const { onError, slowMs = SLOW_MS, turnMs = TURN_MS, clock = realTime } = options;
  const waiting = new Set<string>();
  const underWay = new Map<string, Promise<void>>();
  let free = AT_ONCE;
  let stopped = false;
  const tell = (error: unknown, workspaceId: string) =>
    onError(error, `${what} failed for workspace ${workspaceId}`);
  const begin = (workspaceId: string): void => {
    waiting.delete(workspaceId);
    free -= 1;
    let isSlow = false;
    const began = clock.elapsed();
    // In real time: whoever moves the clock makes no work longer.
    const cancel = realTime.after(slowMs, () => {
      isSlow = true;
      free += 1;
      tell(new Error(`It takes longer than ${slowMs} ms.`), workspaceId);
      fill();
    });
    const serve = async (): Promise<void> => {
      const goesOn = () => !stopped && clock.elapsed() - began < turnMs;
      let isLeft: unknown = false;
      try {
        isLeft = await act(workspaceId, goesOn);
      } catch (error) {
        tell(error, workspaceId);
      }
      cancel();
      underWay.delete(workspaceId);
      if (!isSlow) free += 1;
      if (isLeft === true) waiting.add(workspaceId);
      fill();
    };
    underWay.set(workspaceId, serve());
  };
  const fill = (): void => {
    for (const workspaceId of waiting) {
      if (stopped || free === 0) return;
      begin(workspaceId);
    }
  };
  const round = repeat({
    ...{ everyMs, clock },
    act: async () => {
      for (const workspaceId of await list()) {
        if (!underWay.has(workspaceId)) waiting.add(workspaceId);
      }
      fill();
    },
    onError: (error) => onError(error, `${what} failed`),
  });
  return {
    stop: async () => {
      stopped = true;
      await round.stop();
      await Promise.all(underWay.values());
    },
  };
}
