// When a workspace raises an alarm, and who is told: as stored, with the addresses that are secret.
import { checkUrl } from '../addresses/check-url.ts';
import {
  type AlarmRules,
  type AlarmRulesUpdate,
  firstRules,
  type StoredRules,
} from '../contract/alarms.ts';
import { Refused } from '../errors.ts';
import { addAuditEntry } from '../store/audit.ts';
import { placeOf, type Sealed } from '../store/secret-box.ts';
import { putSetting, readSettingRows } from '../store/settings.ts';
import type { Db } from '../store/sql.ts';
import { commit } from './commit.ts';
import type { Desk } from './context.ts';

const KEYS = { rules: 'alarm-rules', slack: 'alarm-slack', webhook: 'alarm-webhook' } as const;

export interface AlarmWays {
  slackUrl: string | null;
  webhookUrl: string | null;
  webhookSecret: string;
}

export async function readRules(db: Db, workspaceId: string): Promise<AlarmRules> {
  const set = await readSettingRows(db, workspaceId);
  const stored = set[KEYS.rules] as Partial<StoredRules> | undefined;
  return {
    ...{ ...firstRules, ...stored },
    slack: Boolean(set[KEYS.slack]),
    webhookSigned: Boolean(set[KEYS.webhook]),
  };
}

/** Where alarms go apart from mails. */
export async function readAlarmWays(
  { db, secrets }: Pick<Desk, 'db' | 'secrets'>,
  workspaceId: string,
): Promise<AlarmWays> {
  const set = await readSettingRows(db, workspaceId);
  const open = (key: string) => {
    const sealed = set[key];
    if (typeof sealed !== 'string' || sealed === '') return '';
    return secrets.open(sealed as Sealed, placeOf('setting', workspaceId, key, 'value'));
  };
  const { webhookUrl = null } = (set[KEYS.rules] ?? {}) as Partial<StoredRules>;
  return { slackUrl: open(KEYS.slack) || null, webhookUrl, webhookSecret: open(KEYS.webhook) };
}

/** Absent fields stay. Refuses `settings.invalid`. */
export async function changeRules(
  desk: Desk,
  { workspaceId, actor }: { workspaceId: string; actor: string },
  { slackUrl, webhookSecret, ...change }: AlarmRulesUpdate,
): Promise<AlarmRules> {
  const accept = (name: string, typed: string) => {
    const checked = checkUrl(typed, { allowed: desk.allowedNetworks });
    if (!checked.ok) throw new Refused('settings.invalid', `${name}: ${checked.text}`);
    return checked.url;
  };
  const slack = slackUrl && accept('slackUrl', slackUrl);
  const { webhookUrl } = change;
  const rest = webhookUrl ? { ...change, webhookUrl: accept('webhookUrl', webhookUrl) } : change;
  return commit(desk, workspaceId, async (tx, after) => {
    const writing = after({ settings: null });
    const set = await readSettingRows(tx, workspaceId);
    const value = { ...(set[KEYS.rules] as object | undefined), ...rest };
    await putSetting(writing, { workspaceId, key: KEYS.rules, value });
    const keep = (key: string, text: string) => {
      const sealed = desk.secrets.seal(text, placeOf('setting', workspaceId, key, 'value'));
      return putSetting(writing, { workspaceId, key, value: sealed });
    };
    if (slack !== undefined) await keep(KEYS.slack, slack ?? '');
    if (webhookSecret !== undefined) await keep(KEYS.webhook, webhookSecret);
    const changed = [
      ...(slack === undefined ? [] : ['slackUrl']),
      ...(webhookSecret === undefined ? [] : ['webhookSecret']),
    ];
    await addAuditEntry(tx, {
      ...{ workspaceId, actor, action: 'alarm-rules.updated', objectId: workspaceId },
      change: { ...rest, secrets: changed },
    });
    return readRules(tx, workspaceId);
  });
}
