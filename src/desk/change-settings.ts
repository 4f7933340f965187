// Somebody sets what holds for the whole workspace.
import type { SettingsUpdate } from '../contract/settings.ts';
import { Refused } from '../errors.ts';
import { checkUrl } from '../outbound/check-url.ts';
import { setDefaultCapacity } from '../store/agents.ts';
import { addAuditEntry } from '../store/audit.ts';
import { putSetting, readSettingRows } from '../store/settings.ts';
import { withRoutingLock } from '../store/tx.ts';
import type { Desk } from './context.ts';

/** What is absent stays. Refuses `settings.invalid`. */
export async function changeSettings(
  desk: Desk,
  { workspaceId, actor }: { workspaceId: string; actor: string },
  change: SettingsUpdate,
): Promise<void> {
  refuseInvalid(desk, change);
  const { defaultCapacity, ...rest } = change;
  const given = Object.entries(rest).filter(([, value]) => value !== undefined);
  await withRoutingLock(desk.db, workspaceId, async (tx) => {
    if (defaultCapacity !== undefined) {
      await setDefaultCapacity(tx, { workspaceId, capacity: defaultCapacity });
    }
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
  desk.changed(workspaceId, [{ kind: 'settings', id: null }]);
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
