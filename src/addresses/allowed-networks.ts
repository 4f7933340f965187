// Reads the list of networks that may be reached although they are not public.
import ipaddr from 'ipaddr.js';
import { type Address, readAddress } from './read-address.ts';

export type AllowedNetworks = readonly (readonly [network: Address, prefixLength: number])[];

/**
 * Reads USHER_ALLOW_PRIVATE_NETWORKS: IPv4 and IPv6 networks as CIDR, separated by commas; a bare
 * address stands for itself alone. `bad` has every entry that is neither, as it was written.
 */
export function parseAllowedNetworks(
  text: string,
): { ok: true; networks: AllowedNetworks } | { ok: false; bad: string[] } {
  const entries = text.split(',').map((entry) => entry.trim());
  const read = entries
    .filter((entry) => entry !== '')
    .map((entry) => ({ entry, network: readNetwork(entry) }));
  const bad = read.filter(({ network }) => network === null).map(({ entry }) => entry);
  if (bad.length > 0) return { ok: false, bad };
  return { ok: true, networks: read.flatMap(({ network }) => (network === null ? [] : [network])) };
}

export function isAllowed(allowed: AllowedNetworks, address: Address): boolean {
  return allowed.some(([network, prefixLength]) => {
    return network.kind() === address.kind() && address.match([network, prefixLength]);
  });
}

function readNetwork(entry: string): AllowedNetworks[number] | null {
  const [typed = '', suffix, ...more] = entry.split('/');
  const address = readAddress(typed);
  if (address === null || more.length > 0) return null;
  const longest = address instanceof ipaddr.IPv4 ? 32 : 128;
  if (suffix === undefined) return [address, longest];
  // An IPv4 network spelled as IPv6 would count its prefix from another end.
  if (!/^\d{1,3}$/.test(suffix) || (longest === 32 && typed.includes(':'))) return null;
  return Number(suffix) <= longest ? [address, Number(suffix)] : null;
}
