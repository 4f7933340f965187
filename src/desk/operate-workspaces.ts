// An operator makes, renames and removes workspaces; each has admins of its own.
import { v7 as uuid } from 'uuid';
import { Refused } from '../errors.ts';
import { addAuditEntry } from '../store/audit.ts';
import {
  closeWorkspace,
  listWorkspaces,
  setWorkspaceName,
  type WorkspaceRow,
} from '../store/operate-workspaces.ts';
import { lockInstallation, type Tx } from '../store/tx.ts';
import { addUser, createInvite, inviteUser } from './change-user.ts';
import { commit, commitLocked } from './commit.ts';
import type { Desk } from './context.ts';
import { suspendWorkspace } from './hold-workspace.ts';
import { DEFAULT_WORKSPACE, furnishWorkspace } from './prepare-workspace.ts';

const OPERATOR = 'operator';
const DEFAULT_CAPACITY = 2;

export interface FirstAdmin {
  email: string;
  name: string;
}

/** Answers its id, and the code by which its first admin chooses a password. Refuses `workspace.slug-taken`. */
export async function createWorkspace(
  desk: Desk,
  { name, slug, admin }: { name: string; slug: string | undefined; admin: FirstAdmin },
): Promise<{ workspaceId: string; code: string }> {
  const workspaceId = uuid();
  const code = await commitLocked(desk, workspaceId, async (tx, after) => {
    const word = slug ?? (slugOf(name) || workspaceId);
    await refuseTaken(tx, { workspaceId, slug: word });
    await furnishWorkspace(after({ channels: true, settings: null, wake: true }), {
      workspaceId,
      name,
      slug: word,
      defaultCapacity: DEFAULT_CAPACITY,
    });
    const wanted = { workspaceId, ...admin, role: 'admin' as const, passwordHash: null };
    const { userId } = await addUser(after, wanted, OPERATOR);
    await note(tx, workspaceId, 'workspace.created', { name, slug: word });
    return createInvite(tx, { workspaceId, userId });
  });
  return { workspaceId, code };
}

/** Invites an admin. Refuses `workspace.not-found` and `user.email-taken`. */
export async function inviteAdmin(
  desk: Desk,
  { workspaceId, admin }: { workspaceId: string; admin: FirstAdmin },
): Promise<{ code: string }> {
  await getWorkspace(desk, workspaceId);
  return inviteUser(desk, { workspaceId, ...admin, role: 'admin', actor: OPERATOR });
}

/** Refuses `workspace.not-found` and `workspace.slug-taken`. */
export async function renameWorkspace(
  desk: Desk,
  workspaceId: string,
  change: { name?: string | undefined; slug?: string | undefined },
): Promise<void> {
  await commit(desk, workspaceId, async (tx, after) => {
    const before = await getWorkspace({ db: tx }, workspaceId);
    const { name, slug } = { name: change.name ?? before.name, slug: change.slug ?? before.slug };
    await refuseTaken(tx, { workspaceId, slug });
    if (!(await setWorkspaceName(after({ settings: null }), { workspaceId, name, slug }))) {
      throw new Refused('workspace.not-found');
    }
    await note(tx, workspaceId, 'workspace.renamed', { ...change });
  });
}

/**
 * Ends all access and every connection at once; the data is deleted in steps. `afterDays`: until
 * then it is suspended, and a resumption calls it off. Refuses
 * `workspace.not-found`, `workspace.is-default`, and `workspace.not-confirmed`.
 */
export async function removeWorkspace(
  desk: Desk,
  {
    workspaceId,
    confirm,
    afterDays = 0,
  }: { workspaceId: string; confirm: string; afterDays?: number },
): Promise<void> {
  if (workspaceId === DEFAULT_WORKSPACE) throw new Refused('workspace.is-default');
  const { slug } = await getWorkspace(desk, workspaceId);
  if (confirm !== slug) throw new Refused('workspace.not-confirmed');
  if (afterDays > 0) {
    await suspendWorkspace(desk, { workspaceId, why: null, removeInDays: afterDays });
    return;
  }
  await closeAll(desk, { workspaceId, slug });
}

/** For the housekeeping: the wait is over. */
export async function removeWaited(desk: Desk, workspaceId: string): Promise<void> {
  const { slug } = await getWorkspace(desk, workspaceId);
  await closeAll(desk, { workspaceId, slug });
}

async function closeAll(
  desk: Desk,
  { workspaceId, slug }: { workspaceId: string; slug: string },
): Promise<void> {
  await commitLocked(desk, workspaceId, async (_, after) => {
    const closed = await closeWorkspace(after({ channels: true, rights: true }), workspaceId);
    if (!closed) throw new Refused('workspace.not-found');
  });
  desk.log.warn({ workspaceId, slug }, 'a workspace was removed by the operator');
}

/** Refuses `workspace.not-found`, also of one that is being removed. */
export async function getWorkspace(
  { db }: { db: Parameters<typeof listWorkspaces>[0] },
  workspaceId: string,
): Promise<WorkspaceRow> {
  const rows = await listWorkspaces(db);
  const row = rows.find((one) => one.workspaceId === workspaceId && one.removedAt === null);
  if (row === undefined) throw new Refused('workspace.not-found');
  return row;
}

/** Its slug is part of an address, so it is unique among workspaces. */
async function refuseTaken(tx: Tx, wanted: { workspaceId: string; slug: string }): Promise<void> {
  await lockInstallation(tx);
  const rows = await listWorkspaces(tx);
  const holder = rows.find(({ slug }) => slug === wanted.slug);
  if (holder !== undefined && holder.workspaceId !== wanted.workspaceId) {
    throw new Refused('workspace.slug-taken');
  }
}

function slugOf(name: string): string {
  const plain = name.normalize('NFKD').toLowerCase().replace(/\p{M}/gu, '');
  return plain
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '');
}

function note(
  tx: Tx,
  workspaceId: string,
  action: string,
  change: Record<string, unknown>,
): Promise<void> {
  return addAuditEntry(tx, { workspaceId, actor: OPERATOR, action, objectId: workspaceId, change });
}
