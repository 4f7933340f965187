// Looks for alarms in every workspace, several times a minute.

import { MISSED_MINUTES } from '../contract/alarms.ts';
import type { Receiver } from '../desk/commit.ts';
import type { Desk } from '../desk/context.ts';
import { followAlarms, type ServerTrouble } from '../desk/follow-alarms.ts';
import type { Chore } from '../loops/every-workspace.ts';
import { listWorkspacesWithTrouble } from '../store/alarms.ts';
import { listWorkspaceIds } from '../store/workspaces.ts';

const EVERY_MS = 15_000;

export interface AlarmMeans {
  desk: Desk;
  changed: Receiver['changed'];
  server: () => ServerTrouble;
}

export function watchAlarms({ desk, changed, server }: AlarmMeans): Chore {
  return {
    what: 'looking for alarms',
    everyMs: EVERY_MS,
    list: () =>
      server().isDiskLow
        ? listWorkspaceIds(desk.db)
        : listWorkspacesWithTrouble(desk.db, MISSED_MINUTES),
    act: async (workspaceId) => {
      const isNews = await followAlarms(desk, workspaceId, server());
      if (isNews) changed(workspaceId, [{ kind: 'notice', id: null }]);
    },
  };
}
