// Reads limits as they are sent: each names a kind of channel, or a channel by its name or id.
import { isKnownKind, kindsWith } from '../contract/channel-kinds.ts';
import { Refused } from '../errors.ts';
import { listChannels } from '../store/channels.ts';
import type { Db } from '../store/sql.ts';

export type Limits = Readonly<Record<string, number>>;

/** As they are stored: by kind or by the id of a channel. Refuses `agent.limit-invalid`. */
export async function resolveLimits(db: Db, workspaceId: string, limits: Limits): Promise<Limits> {
  const names = Object.keys(limits);
  if (names.length === 0) return {};
  const channels = await listChannels(db, workspaceId);
  const kinds = kindsWith('mirrors', false);
  const resolved = new Map<string, number>();
  for (const name of names) {
    const scope = findScope(name, { kinds, channels });
    if (scope === null) throw new Refused('agent.limit-invalid', wordUnknown(name, kinds));
    if (resolved.has(scope)) {
      throw new Refused('agent.limit-invalid', `“${name}” is named twice. Keep one of the two.`);
    }
    resolved.set(scope, limits[name] as number);
  }
  return Object.fromEntries(resolved);
}

function findScope(
  name: string,
  known: {
    kinds: readonly string[];
    channels: readonly { channelId: string; name: string; kind: string }[];
  },
): string | null {
  const wanted = name.trim().toLowerCase();
  if (known.kinds.includes(wanted)) return wanted;
  const brings = known.channels.filter(
    ({ kind }) => !isKnownKind(kind) || known.kinds.includes(kind),
  );
  const [byId] = brings.filter(({ channelId }) => channelId === wanted);
  const byName = brings.filter((one) => one.name.trim().toLowerCase() === wanted);
  if (byName.length > 1 && byId === undefined) {
    throw new Refused('agent.limit-invalid', `Several channels are called “${name}”: send its id.`);
  }
  return (byId ?? byName[0])?.channelId ?? null;
}

function wordUnknown(name: string, kinds: readonly string[]): string {
  return `No kind of channel and no channel that brings conversations is called “${name}”. Kinds: ${kinds.join(', ')}; a channel goes by its name or id.`;
}
