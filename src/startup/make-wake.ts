// Wakes the router here and on the other nodes.
import type { Clock } from '../clock.ts';
import type { Receiver } from '../desk/commit.ts';
import type { Router } from '../desk/router.ts';

const TELL_EVERY_MS = 100;

/** At once here; on the other nodes at most ten times a second, which is enough. */
export function makeWake(
  clock: Pick<Clock, 'after'>,
  routerOf: () => Router | undefined,
  tell: (workspaceId: string) => void,
): Receiver['wake'] {
  const told = new Set<string>();
  return (workspaceId) => {
    routerOf()?.wake(workspaceId);
    if (told.has(workspaceId)) return;
    told.add(workspaceId);
    clock.after(TELL_EVERY_MS, () => {
      told.delete(workspaceId);
      tell(workspaceId);
    });
  };
}
