// Opens and seals the secrets of channels and endpoints, each bound to its row.
import type { ChannelRow, ChannelWithSecrets, SealedChannel } from './channels.ts';
import type {
  EndpointKey,
  EndpointSecret,
  EndpointWithSecrets,
  SealedEndpoint,
} from './endpoints.ts';
import { placeOf, type Sealed, type SecretBox } from './secret-box.ts';

type ChannelKey = Pick<ChannelRow, 'workspaceId' | 'channelId'>;

/** Throws LockedSecret. */
export function unsealChannel(box: SecretBox, channel: SealedChannel): ChannelWithSecrets {
  const opened = Object.entries(channel.secrets).map(([name, value]) => [
    name,
    box.open(value, channelPlace(channel, name)),
  ]);
  // They were checked against the kind when they were stored.
  return { ...channel, secrets: Object.fromEntries(opened) } as unknown as ChannelWithSecrets;
}

export function sealChannelSecrets(
  box: SecretBox,
  key: ChannelKey,
  secrets: Record<string, string>,
): Record<string, Sealed> {
  const sealed = Object.entries(secrets).map(([name, value]) => [
    name,
    box.seal(value, channelPlace(key, name)),
  ]);
  return Object.fromEntries(sealed) as Record<string, Sealed>;
}

/** Throws LockedSecret. */
export function unsealEndpoint(box: SecretBox, endpoint: SealedEndpoint): EndpointWithSecrets {
  const open = (one: EndpointSecret<Sealed>) => ({
    ...one,
    secret: box.open(one.secret, endpointPlace(endpoint)),
  });
  return { ...endpoint, secrets: endpoint.secrets.map(open) };
}

export function sealEndpointSecrets(
  box: SecretBox,
  key: EndpointKey,
  secrets: readonly EndpointSecret[],
): EndpointSecret<Sealed>[] {
  const place = endpointPlace(key);
  return secrets.map((one) => ({ ...one, secret: box.seal(one.secret, place) }));
}

function channelPlace({ workspaceId, channelId }: ChannelKey, name: string): string {
  return placeOf('channel', workspaceId, channelId, name);
}

/** Not by its position in the list, which a rotation changes. */
function endpointPlace({ workspaceId, endpointId }: EndpointKey): string {
  return placeOf('endpoint', workspaceId, endpointId, 'secret');
}
