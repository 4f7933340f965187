// Tells the router here and those of the other nodes that there may be something to give out.
import type { Desk } from '../desk/context.ts';
import type { Router } from '../desk/router.ts';

const TELL_EVERY_MS = 100;

/** At once here; to the other nodes at most ten times a second, which is news enough. */
export function makeWake(router: Router, tell: (workspaceId: string) => void): Desk['wake'] {
  const told = new Set<string>();
  return (workspaceId) => {
    router.wake(workspaceId);
    if (told.has(workspaceId)) return;
    told.add(workspaceId);
    setTimeout(() => {
      told.delete(workspaceId);
      tell(workspaceId);
    }, TELL_EVERY_MS).unref();
  };
}
