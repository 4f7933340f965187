// Which addresses RapidPro's connect page takes: public hosts, with a UUID as a segment of the path.
import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';

const UUID = '[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}';
const BASE_URL = new RegExp(`https?://[^ "]+/${UUID}`);

/** Up to its last UUID, without what follows; null if there is none. */
export function readBaseUrl(typed: string): string | null {
  const found = BASE_URL.exec(typed)?.[0] ?? null;
  return found !== null && URL.canParse(found) ? found : null;
}

const closed = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['224.0.0.0', 4],
] as const) {
  closed.addSubnet(network, prefix, 'ipv4');
}
for (const [network, prefix] of [
  ['::', 127],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const) {
  closed.addSubnet(network, prefix, 'ipv6');
}

/** Names are resolved; one that cannot be is refused as well. */
export async function isPublicHost(baseUrl: string): Promise<boolean> {
  const host = new URL(baseUrl).hostname.replace(/^\[|\]$/g, '');
  const addresses =
    isIP(host) === 0 ? await lookup(host, { all: true }).catch(() => []) : [{ address: host }];
  return (
    addresses.length > 0 &&
    addresses.every(({ address }) => !closed.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4'))
  );
}
