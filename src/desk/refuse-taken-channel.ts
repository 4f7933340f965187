// Keeps app ids and webhook secrets unique in the installation: a webhook is matched to its channel by them.
import { channelKinds } from '../contract/channel-kinds.ts';
import { Refused } from '../errors.ts';
import { type ChannelRow, listChannelsWithSecrets, type SealedChannel } from '../store/channels.ts';
import { unsealChannel } from '../store/sealed-rows.ts';
import { LockedSecret, type SecretBox } from '../store/secret-box.ts';
import { lockInstallation, type Tx } from '../store/tx.ts';
import { equalSecrets } from './hash-secret.ts';

/**
 * Unchanged values are not checked. Nobody else can take them until the transaction ends. Refuses
 * `channel.app-taken` and `channel.secret-taken`.
 */
export async function refuseTakenChannel(
  tx: Tx,
  box: SecretBox,
  {
    before: { kind, channelId, config: kept },
    config,
    secrets,
  }: {
    before: Pick<ChannelRow, 'kind' | 'channelId' | 'config'>;
    config: Record<string, unknown>;
    secrets: Record<string, string>;
  },
): Promise<void> {
  const { namedBy } = channelKinds[kind];
  if (namedBy === null) return;
  const { setting, secret } = namedBy;
  const wanted = config[setting] === kept[setting] ? undefined : config[setting];
  const given = secrets[secret];
  if (wanted === undefined && given === undefined) return;
  await lockInstallation(tx);
  const all = await listChannelsWithSecrets(tx);
  const others = all.filter((one) => one.kind === kind && one.channelId !== channelId);
  if (wanted !== undefined && others.some((one) => one.config[setting] === wanted)) {
    throw new Refused('channel.app-taken');
  }
  if (given !== undefined && others.some((one) => holds(box, one, secret, given))) {
    throw new Refused('channel.secret-taken');
  }
}

function holds(box: SecretBox, channel: SealedChannel, name: string, wanted: string): boolean {
  try {
    const { [name]: held } = unsealChannel(box, channel).secrets as Record<string, string>;
    return held !== undefined && equalSecrets(held, wanted);
  } catch (error) {
    // Out of service on this node: it accepts no requests.
    if (error instanceof LockedSecret) return false;
    throw error;
  }
}
