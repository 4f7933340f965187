// Switches a channel off, so that nothing is taken from it and nothing told to it, and on again.
import { randomBytes } from 'node:crypto';
import { channelKinds } from '../contract/channel-kinds.ts';
import { Refused } from '../errors.ts';
import { addAuditEntry } from '../store/audit.ts';
import {
  lockSealedChannel,
  type SealedChannel,
  switchChannel as switchRow,
} from '../store/channels.ts';
import { sealChannelSecrets, unsealChannel } from '../store/sealed-rows.ts';
import { commit } from './commit.ts';
import type { Desk } from './context.ts';
import { refuseTakenChannel } from './refuse-taken-channel.ts';

/** Refuses `channel.not-found`; where it is switched on also `channel.app-taken` and `channel.secret-taken`. */
export async function switchChannel(
  desk: Desk,
  { actor, ...key }: { workspaceId: string; channelId: string; enabled: boolean; actor: string },
): Promise<void> {
  await commit(desk, key.workspaceId, async (tx, after) => {
    const sealed = await lockSealedChannel(tx, key);
    if (sealed === null) throw new Refused('channel.not-found');
    if (key.enabled && !sealed.enabled) {
      // Nobody was kept from taking its names meanwhile.
      const { secrets } = unsealChannel(desk.secrets, sealed);
      const names = { config: sealed.config, secrets: secrets as Record<string, string> };
      await refuseTakenChannel(tx, desk.secrets, { before: { ...sealed, config: {} }, ...names });
    }
    const writing = after({ channels: true, wake: true, rights: true });
    const made = sealChannelSecrets(desk.secrets, sealed, key.enabled ? makeMissing(sealed) : {});
    if (!(await switchRow(writing, { ...key, made }))) return;
    const { workspaceId, channelId: objectId, enabled } = key;
    const entry = { workspaceId, actor, action: 'channel.changed', objectId };
    await addAuditEntry(tx, { ...entry, change: { enabled } });
  });
}

/** One that came from another installation has lost the secret that is made at the creation. */
function makeMissing({ kind, secrets }: SealedChannel): Record<string, string> {
  const { makesSecret } = channelKinds[kind];
  if (makesSecret === null || secrets[makesSecret] !== undefined) return {};
  return { [makesSecret]: randomBytes(24).toString('base64url') };
}
