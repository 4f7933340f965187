// A workspace's settings as they hold: what somebody has set, else what the environment says.
import type { WorkspaceSettings } from '../contract/settings.ts';
import { readSettingRows } from '../store/settings.ts';
import type { Db } from '../store/sql.ts';
import { getDefaultCapacity } from '../store/workspaces.ts';

export type SettingDefaults = Pick<WorkspaceSettings, 'statisticsBaseEndpoint' | 'branding'>;

export async function readSettings(
  db: Db,
  workspaceId: string,
  defaults: SettingDefaults,
): Promise<WorkspaceSettings> {
  const set = (await readSettingRows(db, workspaceId)) as Partial<WorkspaceSettings>;
  return {
    closeForm: [],
    statisticsTimeZone: 'UTC',
    statisticsStyle: 'default',
    retentionDays: null,
    statisticsBaseEndpoint: set.statisticsBaseEndpoint ?? defaults.statisticsBaseEndpoint,
    ...omit(set),
    branding: { ...defaults.branding, ...set.branding },
    defaultCapacity: await getDefaultCapacity(db, workspaceId),
  };
}

function omit(set: Partial<WorkspaceSettings>): Partial<WorkspaceSettings> {
  const { statisticsBaseEndpoint: _, branding: __, ...rest } = set;
  return rest;
}
