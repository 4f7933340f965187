// Removes the workspaces whose wait before it is over.
import type { Desk } from '../desk/context.ts';
import { removeWaited } from '../desk/operate-workspaces.ts';
import type { Chore } from '../loops/every-workspace.ts';
import { listWorkspacesToRemove } from '../store/workspace-standing.ts';

const SWEEP_MS = 10_000;

export function removeWaitedFor(desk: Desk): Chore {
  return {
    what: 'removing a workspace after its wait',
    everyMs: SWEEP_MS,
    list: () => listWorkspacesToRemove(desk.db),
    act: (workspaceId) => removeWaited(desk, workspaceId),
  };
}
