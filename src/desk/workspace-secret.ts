// Puts the workspace into cookies and invitations, because nothing else names it.
import { UUID_PATTERN } from '../contract/uuid.ts';
import { DEFAULT_WORKSPACE } from './prepare-workspace.ts';

const NAMED = new RegExp(`^(${UUID_PATTERN})_(.+)$`);

/** For the default workspace only the secret. */
export function nameWorkspace(workspaceId: string, secret: string): string {
  return workspaceId === DEFAULT_WORKSPACE ? secret : `${workspaceId}_${secret}`;
}

/** The workspace may not exist: the sender can have written anything. */
export function splitWorkspace(text: string): { workspaceId: string; secret: string } {
  const [, workspaceId, secret] = NAMED.exec(text) ?? [];
  return workspaceId === undefined || secret === undefined
    ? { workspaceId: DEFAULT_WORKSPACE, secret: text }
    : { workspaceId, secret };
}
