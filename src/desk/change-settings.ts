// Somebody changes a setting of the whole workspace.

import { checkUrl } from '../addresses/check-url.ts';
import type { SettingsUpdate } from '../contract/settings.ts';
import { Refused } from '../errors.ts';
import { putLimits } from '../store/agent-limits.ts';
import { setDefaultCapacity, setDefaultPace } from '../store/agents.ts';
import { addAuditEntry } from '../store/audit.ts';
import type { BegunBy } from '../store/login-sessions.ts';
import { putSetting, readSettingRows } from '../store/settings.ts';
import type { RoutingTx } from '../store/tx.ts';
import { anyBoundAdmin } from '../store/user-identities.ts';
import { type After, commitLocked } from './commit.ts';
import type { Desk } from './context.ts';
import { endSessionsByPassword, endSessionsWithoutFactor } from './login-session.ts';
import { resolveLimits } from './resolve-limits.ts';

export interface Changer {
  workspaceId: string;
  actor: string;
  /** How the person signed in; null: a token asks. */
  begunBy: BegunBy | null;
}

/** Absent fields stay. Refuses `settings.invalid` and `agent.limit-invalid`. */
export async function changeSettings(
  desk: Desk,
  { workspaceId, actor, begunBy }: Changer,
  change: SettingsUpdate,
): Promise<void> {
  refuseInvalid(desk, change);
  const { defaultCapacity, defaultLimits, defaultPace, defaultWrapUp, ...rest } = change;
  const given = Object.entries(rest).filter(([, value]) => value !== undefined);
  await commitLocked(desk, workspaceId, async (tx, after) => {
    const writing = after({ settings: null, rights: change.agentsSee !== undefined });
    if (defaultCapacity !== undefined) {
      await setDefaultCapacity(after({ wake: true, agent: null }), {
        workspaceId,
        capacity: defaultCapacity,
      });
    }
    await bound(tx, after, { workspaceId }, change);
    await enforce(tx, after, { workspaceId, begunBy }, change);
    const before = await readSettingRows(tx, workspaceId);
    for (const [key, value] of given) {
      const merged =
        key === 'branding' ? { ...(before.branding as object), ...(value as object) } : value;
      await putSetting(writing, { workspaceId, key, value: merged });
    }
    await addAuditEntry(tx, {
      workspaceId,
      actor,
      action: 'settings.updated',
      objectId: workspaceId,
      change: { ...change },
    });
  });
}

/** What holds for every agent without their own. */
async function bound(
  tx: RoutingTx,
  after: After<RoutingTx>,
  { workspaceId }: Pick<Changer, 'workspaceId'>,
  { defaultLimits, defaultPace: pace, defaultWrapUp: wrapUp }: SettingsUpdate,
): Promise<void> {
  if (defaultLimits === undefined && pace === undefined && wrapUp === undefined) return;
  const writing = after({ wake: true, agent: null });
  const limits = defaultLimits && (await resolveLimits(tx, workspaceId, defaultLimits));
  await setDefaultPace(writing, { workspaceId, pace, wrapUp, limits });
  if (limits !== undefined) await putLimits(writing, { workspaceId, agentId: null });
}

/**
 * A sign-in rule applies to people who are signed in as well, so the admin who sets it must be able
 * to sign in again.
 */
async function enforce(
  tx: RoutingTx,
  after: After<RoutingTx>,
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
    await endSessionsByPassword(tx, after, workspaceId);
  }
  if (roles !== undefined) await endSessionsWithoutFactor(tx, after, { workspaceId, roles });
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

/** A zone by its name, as the database and the browsers know it; no offsets. */
export function isTimeZone(zone: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+/-]*$/.test(zone)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
