// A workspace's settings in force: the stored ones, otherwise those of the environment.
import type { WorkspaceSettings } from '../contract/settings.ts';
import { DEFAULT_WORKSPACE } from '../desk/prepare-workspace.ts';
import { readSettingRows } from '../store/settings.ts';
import type { Db } from '../store/sql.ts';
import { getDefaults } from '../store/workspaces.ts';

export type SettingDefaults = Pick<WorkspaceSettings, 'statisticsBaseEndpoint' | 'branding'>;

export async function readSettings(
  db: Db,
  workspaceId: string,
  defaults: SettingDefaults,
): Promise<WorkspaceSettings> {
  const set = (await readSettingRows(db, workspaceId)) as Partial<WorkspaceSettings>;
  // The company's statistics belong to the workspace that the environment describes.
  const company = workspaceId === DEFAULT_WORKSPACE ? defaults.statisticsBaseEndpoint : null;
  return {
    agentsSee: 'everything',
    closeForm: [],
    onlySingleSignOn: false,
    secondFactorRoles: [],
    statisticsTimeZone: 'UTC',
    statisticsStyle: 'default',
    // What leaves by the environment's address is its own workspace's to say; others choose it.
    assistance: workspaceId === DEFAULT_WORKSPACE,
    assistanceMasks: true,
    assistanceNotes: false,
    assistanceReplies: false,
    asleepAnswerSeconds: null,
    pushTexts: false,
    retentionDays: null,
    auditRetentionDays: null,
    statisticsBaseEndpoint: set.statisticsBaseEndpoint ?? company,
    ...omit(set),
    branding: { ...defaults.branding, ...set.branding },
    ...(await getDefaults(db, workspaceId)),
  };
}

function omit(set: Partial<WorkspaceSettings>): Partial<WorkspaceSettings> {
  const { statisticsBaseEndpoint: _, branding: __, ...rest } = set;
  return rest;
}
