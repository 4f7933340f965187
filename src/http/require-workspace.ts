// Finds the workspace for a request before the sign-in: the one it names, or the default one.
import type { Desk } from '../desk/context.ts';
import { DEFAULT_WORKSPACE } from '../desk/prepare-workspace.ts';
import type { AskCompany } from '../desk/sign-in.ts';
import { Refused } from '../errors.ts';
import { findWorkspaceId } from '../store/workspaces.ts';

/** Refuses `workspace.not-found` and `workspace.suspended`. */
export async function requireWorkspace(
  { db, gate }: Pick<Desk, 'db' | 'gate'>,
  named: string | undefined,
): Promise<string> {
  const workspaceId = named === undefined ? DEFAULT_WORKSPACE : await findWorkspaceId(db, named);
  if (workspaceId === null) throw new Refused('workspace.not-found');
  gate.refuseSuspended(workspaceId);
  return workspaceId;
}

/** The company's own check applies to the default workspace, and to no other. */
export function companyOf(workspaceId: string, ask: AskCompany | null): AskCompany | null {
  return workspaceId === DEFAULT_WORKSPACE ? ask : null;
}
