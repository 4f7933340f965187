// A channel's secrets belong to the server they were given for: another server's address needs its
// own.
import { type ChannelKind, channelKinds } from '../contract/channel-kinds.ts';
import { Refused } from '../errors.ts';
import type { KeptChannel } from '../store/channels.ts';

interface Moving {
  /** null: the channel is new. */
  before: KeptChannel | null;
  config: Record<string, unknown>;
  /** Given again, with the change. */
  given: Record<string, string>;
}

export interface KeptHome {
  /** The secrets to be emptied. */
  dropped: Record<string, string>;
  /** What an admin is told of it; null: nothing is dropped. */
  trouble: string | null;
}

/** Refuses `request.invalid` when stored secrets would be sent to another server than before. */
export function keepSecretsHome(kind: ChannelKind, { before, config, given }: Moving): KeptHome {
  const home: KeptHome = { dropped: {}, trouble: null };
  const { sends } = channelKinds[kind];
  const at = sends === null ? undefined : before?.config[sends.to];
  if (sends === null || at === undefined || staysAt(at, config[sends.to])) return home;
  const kept = sends.secrets.filter((name) => before?.secretNames.includes(name));
  const missing = kept.filter((name) => given[name] === undefined);
  if (missing.length === 0) return home;
  if (sends.whenMoved !== 'refuse') {
    const dropped = Object.fromEntries(missing.map((name) => [name, '']));
    return { dropped, trouble: sends.whenMoved.drop };
  }
  throw new Refused(
    'request.invalid',
    `body/config/${sends.to}: it is another server, which is not told the secrets of the one before. Send with it, for the new one: ${missing.join(', ')}`,
  );
}

function staysAt(before: unknown, after: unknown): boolean {
  return originOf(before) === originOf(after);
}

function originOf(url: unknown): string | null {
  return typeof url === 'string' && URL.canParse(url) ? new URL(url).origin : null;
}
