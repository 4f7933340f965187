// Looks for visitors who have left, and connections of those who have ended.
import type { Desk } from '../desk/context.ts';
import { letGoOfSilent } from '../desk/keep-presence.ts';
import type { Chore } from '../loops/every-workspace.ts';
import { listWorkspacesWithEndedClients } from '../store/web-clients.ts';
import { listWorkspacesWithWebConversations } from '../store/web-presence.ts';

const LOOK_AT_MOST_MS = 5000;

export function lookForSilent(means: {
  desk: Desk;
  silentMs: number;
  cutEnded: ((workspaceId: string) => Promise<void>) | null;
}): Chore[] {
  const { desk, silentMs, cutEnded } = means;
  const silentSeconds = silentMs / 1000;
  const everyMs = Math.min(LOOK_AT_MOST_MS, silentMs / 4);
  const silent: Chore = {
    what: 'letting go of who fell silent',
    everyMs,
    list: () => listWorkspacesWithWebConversations(desk.db),
    act: (workspaceId) => letGoOfSilent(desk, { workspaceId, silentSeconds }),
  };
  if (cutEnded === null) return [silent];
  // The node that ended a session may have died before it could cut the connection.
  const list = () => listWorkspacesWithEndedClients(desk.db);
  return [silent, { what: 'cutting who has ended', everyMs, list, act: cutEnded }];
}
