// Cookies and invitations that say which workspace they are of, since nobody else says it.
import { UUID_PATTERN } from '../contract/uuid.ts';
import { DEFAULT_WORKSPACE } from './prepare-workspace.ts';

const NAMED = new RegExp(`^(${UUID_PATTERN})_(.+)$`);

/** Of the default workspace the secret alone. */
export function nameWorkspace(workspaceId: string, secret: string): string {
  return workspaceId === DEFAULT_WORKSPACE ? secret : `${workspaceId}_${secret}`;
}

/** There may be no such workspace: whoever sent it can have written anything. */
export function splitWorkspace(text: string): { workspaceId: string; secret: string } {
  const [, workspaceId, secret] = NAMED.exec(text) ?? [];
  return workspaceId === undefined || secret === undefined
    ? { workspaceId: DEFAULT_WORKSPACE, secret: text }
    : { workspaceId, secret };
}
