// Trials of a workspace run one after the other on a node, and few may wait: each holds a caller for seconds.
import { inTurn } from '../store/in-turn.ts';

/** One takes five seconds at most, so that the last of these waits less than a request may. */
const MOST_WAITING = 4;

/** Refuses `trial.too-many`. */
export function tryInTurn<T>(key: string, trial: () => Promise<T>): Promise<T> {
  return inTurn(key, trial, { most: { waiting: MOST_WAITING, refusal: 'trial.too-many' } });
}
