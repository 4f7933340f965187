// Warns at the start about Qiscus channels that admit more callers than expected.
import type { Log } from '../../desk/context.ts';
import { spellCommand } from '../../program/usher-command.ts';
import type { ChannelOf } from '../../store/channels.ts';

export function warnOfOpenDoors(qiscus: readonly ChannelOf<'qiscus'>[], log: Log): void {
  for (const { name, secrets, channelId } of qiscus) {
    if (secrets.webhookSecret) continue;
    log.warn(
      { channelId },
      `The channel ${name} takes webhooks from anybody who knows its app id. Set QISCUS_WEBHOOK_SECRET and add ?secret=… to the addresses at Qiscus, or run: ${spellCommand(`channels renew-secret ${channelId}`)}`,
    );
  }
  warnOfShared(qiscus, 'app id', ({ config }) => config.appId, log);
  warnOfShared(qiscus, 'webhook secret', ({ secrets }) => secrets.webhookSecret, log);
}

/** These were made before this was refused, or one of them is the environment's. */
function warnOfShared(
  channels: readonly ChannelOf<'qiscus'>[],
  what: string,
  read: (channel: ChannelOf<'qiscus'>) => string | undefined,
  log: Log,
): void {
  for (const [value, sharing] of Map.groupBy(channels, read)) {
    if (!value || sharing.length === 1) continue;
    const channelIds = sharing.map(({ channelId }) => channelId);
    log.warn(
      { channelIds },
      `${sharing.length} Qiscus channels have the same ${what}: a webhook may reach the wrong one. Change or remove all but one.`,
    );
  }
}
