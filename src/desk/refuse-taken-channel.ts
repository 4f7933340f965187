// What a stranger's webhook names its channel by is one channel's alone in the installation.
import { Refused } from '../errors.ts';
import { type ChannelRow, listChannelsWithSecrets, type SealedChannel } from '../store/channels.ts';
import { openChannel } from '../store/sealed-rows.ts';
import { LockedSecret, type SecretBox } from '../store/secret-box.ts';
import { lockInstallation, type Tx } from '../store/tx.ts';
import { equalSecrets } from './hash-secret.ts';

/**
 * What is undefined is not asked for. Nobody else takes it until the transaction ends. Refuses
 * `channel.app-taken` and `channel.secret-taken`.
 */
export async function refuseTakenChannel(
  tx: Tx,
  box: SecretBox,
  {
    kind,
    channelId,
    appId,
    webhookSecret,
  }: Pick<ChannelRow, 'kind' | 'channelId'> & { appId: unknown; webhookSecret: string | undefined },
): Promise<void> {
  if (kind !== 'qiscus' || (appId === undefined && webhookSecret === undefined)) return;
  await lockInstallation(tx);
  const all = await listChannelsWithSecrets(tx);
  const others = all.filter((one) => one.kind === kind && one.channelId !== channelId);
  if (appId !== undefined && others.some(({ config }) => config.appId === appId)) {
    throw new Refused('channel.app-taken');
  }
  if (webhookSecret !== undefined && others.some((one) => holds(box, one, webhookSecret))) {
    throw new Refused('channel.secret-taken');
  }
}

function holds(box: SecretBox, channel: SealedChannel, wanted: string): boolean {
  try {
    const { webhookSecret } = openChannel(box, channel).secrets;
    return webhookSecret !== undefined && equalSecrets(webhookSecret, wanted);
  } catch (error) {
    // Out of service on this node: it lets nobody in.
    if (error instanceof LockedSecret) return false;
    throw error;
  }
}
