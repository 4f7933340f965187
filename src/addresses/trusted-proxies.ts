// Decides which proxies are believed when they say where a client is: only those that are named.
import type { IncomingMessage } from 'node:http';
import { type AllowedNetworks, isAllowed, parseAllowedNetworks } from './allowed-networks.ts';
import { readAddress } from './read-address.ts';

export interface Proxies {
  /** Of an address as a socket or a header has it. */
  trusts(address: string | undefined): boolean;
  /** The address of the client itself: the last one that is no trusted proxy. */
  addressOf(request: Pick<IncomingMessage, 'socket' | 'headers'>): string;
}

/** Characters of an address as IPv6 writes it, and a little more. */
const MOST = 50;
const LOOPBACK = '127.0.0.0/8,::1';

/**
 * Reads USHER_TRUSTED_PROXIES: addresses and CIDR, separated by commas; `loopback` is this machine,
 * `none` nobody. `bad` has every entry that is none of these, as it was written.
 */
export function parseTrustedProxies(
  text: string,
): { ok: true; proxies: Proxies } | { ok: false; bad: string[] } {
  const entries = text.split(',').map((entry) => entry.trim());
  if (entries.length === 1 && entries[0] === 'none') return { ok: true, proxies: trust([]) };
  const spelled = entries.map((entry) => (entry === 'loopback' ? LOOPBACK : entry));
  const parsed = parseAllowedNetworks(spelled.join(','));
  return parsed.ok ? { ok: true, proxies: trust(parsed.networks) } : parsed;
}

function trust(networks: AllowedNetworks): Proxies {
  const trusts = (text: string | undefined): boolean => {
    const address = text === undefined || text.length > MOST ? null : readAddress(text);
    return address !== null && isAllowed(networks, address);
  };
  return {
    trusts,
    addressOf: ({ socket, headers }) => {
      const said = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',');
      const way = [...said.map((one) => one.trim()), socket.remoteAddress ?? ''].reverse();
      const known = way.filter((one) => one !== '');
      return known.find((one) => !trusts(one)) ?? known.at(-1) ?? '';
    },
  };
}
