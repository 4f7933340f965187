// Somebody sets what holds for the whole workspace.
import type { SettingsUpdate } from '../contract/settings.ts';
import { Refused } from '../errors.ts';
import { checkUrl } from '../outbound/check-url.ts';
import { setDefaultCapacity } from '../store/agents.ts';
import { addAuditEntry } from '../store/audit.ts';
import { type BegunBy, endPasswordSessions, endUnfactored } from '../store/login-sessions.ts';
import { putSetting, readSettingRows } from '../store/settings.ts';
import { type Tx, withRoutingLock } from '../store/tx.ts';
import { anyBoundAdmin } from '../store/user-identities.ts';
import { type Desk, endRights } from './context.ts';

export interface Changer {
  workspaceId: string;
  actor: string;
  /** How the person signed in; null: a token asks. */
  begunBy: BegunBy | null;
}

/** What is absent stays. Refuses `settings.invalid`. */
export async function changeSettings(
  desk: Desk,
  { workspaceId, actor, begunBy }: Changer,
  change: SettingsUpdate,
): Promise<void> {
  refuseInvalid(desk, change);
  const { defaultCapacity, ...rest } = change;
  const given = Object.entries(rest).filter(([, value]) => value !== undefined);
  await withRoutingLock(desk.db, workspaceId, async (tx) => {
    if (defaultCapacity !== undefined) {
      await setDefaultCapacity(tx, { workspaceId, capacity: defaultCapacity });
    }
    await enforce(tx, { workspaceId, begunBy }, change);
    const before = await readSettingRows(tx, workspaceId);
    for (const [key, value] of given) {
      const merged =
        key === 'branding' ? { ...(before.branding as object), ...(value as object) } : value;
      await putSetting(tx, { workspaceId, key, value: merged });
    }
    await addAuditEntry(tx, {
      workspaceId,
      actor,
      action: 'settings.updated',
      objectId: workspaceId,
      change: { ...change },
    });
  });
  if (defaultCapacity !== undefined) desk.wake(workspaceId);
  const { onlySingleSignOn, secondFactorRoles, agentsSee } = change;
  if (onlySingleSignOn || secondFactorRoles || agentsSee) endRights(desk, workspaceId);
  desk.changed(workspaceId, [{ kind: 'settings', id: null }]);
}

/** A rule for signing in counts for those who are in as well. Whoever makes it must be able to come back. */
async function enforce(
  tx: Tx,
  { workspaceId, begunBy }: Pick<Changer, 'workspaceId' | 'begunBy'>,
  { onlySingleSignOn, secondFactorRoles: roles }: SettingsUpdate,
): Promise<void> {
  if (onlySingleSignOn) {
    const comesBack = begunBy === null ? await anyBoundAdmin(tx, workspaceId) : begunBy === 'oidc';
    if (!comesBack) {
      throw new Refused(
        'settings.invalid',
        'onlySingleSignOn: sign in by the identity provider first, so that you can come back.',
      );
    }
    await endPasswordSessions(tx, workspaceId);
  }
  if (roles !== undefined) await endUnfactored(tx, { workspaceId, roles });
}

function refuseInvalid({ allowedNetworks: allowed }: Desk, change: SettingsUpdate): void {
  const { statisticsBaseEndpoint: url, statisticsTimeZone: zone, closeForm = [] } = change;
  if (url !== undefined && url !== null) {
    const checked = checkUrl(url, { allowed });
    if (!checked.ok)
      throw new Refused('settings.invalid', `statisticsBaseEndpoint: ${checked.text}`);
  }
  if (zone !== undefined && !isTimeZone(zone)) {
    throw new Refused('settings.invalid', 'statisticsTimeZone: name one as Asia/Jakarta or UTC.');
  }
  const names = closeForm.map(({ name }) => name);
  const twice = names.find((name, place) => names.indexOf(name) !== place);
  if (twice !== undefined) throw new Refused('settings.invalid', `closeForm names ${twice} twice.`);
  const bare = closeForm.find(({ type, options }) => type === 'select' && options === undefined);
  if (bare !== undefined) {
    throw new Refused('settings.invalid', `closeForm: ${bare.name} is a select: give its options.`);
  }
}

/** As the database and the browsers know them: by name, no offsets. */
export function isTimeZone(zone: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+/-]*$/.test(zone)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
