// Does one thing of many, so that one that fails keeps no other from being done.
import type { Means } from './means';

/** What failed is in the app's log; whoever calls comes back to it with the next sweep. */
export async function tryOne(
  { log }: Pick<Means, 'log'>,
  name: string,
  act: () => Promise<unknown>,
): Promise<void> {
  try {
    await act();
  } catch (error) {
    log.error(`${name} could not be brought on: ${String(error)}`);
  }
}
