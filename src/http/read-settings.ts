// A workspace's settings as they hold: what somebody has set, else what the environment says.
import type { WorkspaceSettings } from '../contract/settings.ts';
import { DEFAULT_WORKSPACE } from '../desk/prepare-workspace.ts';
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
  // What the company knows of its customers is for the workspace that the environment speaks of.
  const company = workspaceId === DEFAULT_WORKSPACE ? defaults.statisticsBaseEndpoint : null;
  return {
    agentsSee: 'everything',
    closeForm: [],
    onlySingleSignOn: false,
    secondFactorRoles: [],
    statisticsTimeZone: 'UTC',
    statisticsStyle: 'default',
    retentionDays: null,
    auditRetentionDays: null,
    statisticsBaseEndpoint: set.statisticsBaseEndpoint ?? company,
    ...omit(set),
    branding: { ...defaults.branding, ...set.branding },
    defaultCapacity: await getDefaultCapacity(db, workspaceId),
  };
}

function omit(set: Partial<WorkspaceSettings>): Partial<WorkspaceSettings> {
  const { statisticsBaseEndpoint: _, branding: __, ...rest } = set;
  return rest;
}
