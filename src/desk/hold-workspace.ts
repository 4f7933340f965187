// An operator suspends a workspace, resumes it as it was, and bounds what it may use.
import type { WorkspaceBounds } from '../contract/operator.ts';
import { Refused } from '../errors.ts';
import { addAuditEntry } from '../store/audit.ts';
import {
  resumeWorkspaceRow,
  setWorkspaceBounds,
  suspendWorkspaceRow,
} from '../store/workspace-standing.ts';
import { commit } from './commit.ts';
import type { Desk } from './context.ts';

const OPERATOR = 'operator';

/**
 * Nobody enters, nothing is taken, routed or delivered, and nothing that stands there changes, until
 * it is resumed. What the doors refuse they tell to send again. `removeInDays`: it is removed then.
 * Refuses `workspace.not-found`.
 */
export async function suspendWorkspace(
  desk: Desk,
  args: { workspaceId: string; why: string | null; removeInDays?: number | null },
): Promise<void> {
  const { workspaceId, why, removeInDays = null } = args;
  await commit(desk, workspaceId, async (tx, after) => {
    const writing = after({ channels: true, rights: true, settings: null });
    const found = await suspendWorkspaceRow(writing, { workspaceId, why, removeInDays });
    if (!found) throw new Refused('workspace.not-found');
    await addAuditEntry(tx, {
      ...{ workspaceId, actor: OPERATOR, action: 'workspace.suspended', objectId: workspaceId },
      change: { ...(why !== null && { why }), ...(removeInDays !== null && { removeInDays }) },
    });
  });
  desk.log.warn({ workspaceId, removeInDays }, 'a workspace was suspended by the operator');
}

/** It goes on as it was, and is not removed. Refuses `workspace.not-suspended`. */
export async function resumeWorkspace(desk: Desk, workspaceId: string): Promise<void> {
  await commit(desk, workspaceId, async (tx, after) => {
    const writing = after({ channels: true, settings: null, wake: true, send: true });
    const found = await resumeWorkspaceRow(writing, workspaceId);
    if (!found) throw new Refused('workspace.not-suspended');
    await addAuditEntry(tx, {
      ...{ workspaceId, actor: OPERATOR, action: 'workspace.resumed', objectId: workspaceId },
      change: {},
    });
  });
  desk.log.info({ workspaceId }, 'a workspace was resumed by the operator');
}

/** Replaces all bounds. Refuses `workspace.not-found`. */
export async function boundWorkspace(
  desk: Desk,
  { workspaceId, bounds }: { workspaceId: string; bounds: WorkspaceBounds },
): Promise<void> {
  await commit(desk, workspaceId, async (tx, after) => {
    const writing = after({ channels: true, settings: null });
    if (!(await setWorkspaceBounds(writing, { workspaceId, bounds }))) {
      throw new Refused('workspace.not-found');
    }
    await addAuditEntry(tx, {
      ...{ workspaceId, actor: OPERATOR, action: 'workspace.bounded', objectId: workspaceId },
      change: { ...bounds },
    });
  });
}
