// Finds the workspace for a request before the sign-in: the one it names, or the default one.
import type { Desk } from '../desk/context.ts';
import { DEFAULT_WORKSPACE } from '../desk/prepare-workspace.ts';
import type { AskCompany } from '../desk/sign-in.ts';
import { Refused } from '../errors.ts';
import { findWorkspaceId } from '../store/workspaces.ts';

/** Refuses `workspace.not-found`. */
export async function requireWorkspace(
  { db }: Pick<Desk, 'db'>,
  named: string | undefined,
): Promise<string> {
  if (named === undefined) return DEFAULT_WORKSPACE;
  const workspaceId = await findWorkspaceId(db, named);
  if (workspaceId === null) throw new Refused('workspace.not-found');
  return workspaceId;
}

/** The company's own check applies to the default workspace, and to no other. */
export function companyOf(workspaceId: string, ask: AskCompany | null): AskCompany | null {
  return workspaceId === DEFAULT_WORKSPACE ? ask : null;
}
