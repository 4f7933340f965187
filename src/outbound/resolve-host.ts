// Finds the addresses of a host and refuses all of them if one may not be reached.
import { lookup as lookupAddress } from 'node:dns/promises';
import type { AllowedNetworks } from '../addresses/allowed-networks.ts';
import { judgeAddress } from '../addresses/judge-address.ts';
import { readAddress } from '../addresses/read-address.ts';
import { describeFailure } from './describe-failure.ts';
import type { Failure } from './outbound-answer.ts';

/** Answers all addresses of a name, in the order in which to try them. Rejects if there are none. */
export type Lookup = (host: string) => Promise<{ address: string; family: number }[]>;

export type ResolveHost = (
  host: string,
) => Promise<{ ok: true; addresses: readonly string[] } | Failure>;

/** As the operating system does it: hosts files and its own order count. */
export const systemLookup: Lookup = (host) => lookupAddress(host, { all: true, order: 'verbatim' });

/**
 * Connect only to these addresses: nothing may resolve the name again. One private address among
 * public ones blocks the host, because such an answer has no honest use.
 */
export function makeResolveHost(options: {
  allowed: AllowedNetworks;
  lookup: Lookup;
}): ResolveHost {
  const underWay = new Map<string, ReturnType<Lookup>>();

  // A resolver that hangs holds a thread of the process for each look-up: one for each name is
  // enough.
  function lookup(host: string): ReturnType<Lookup> {
    const found = underWay.get(host) ?? options.lookup(host);
    if (!underWay.has(host)) {
      underWay.set(host, found);
      const forget = () => underWay.delete(host);
      found.then(forget, forget);
    }
    return found;
  }

  return async (host) => {
    if (readAddress(host) !== null) return judgeAll([host], options.allowed);
    try {
      const found = await lookup(host);
      return judgeAll(
        found.map(({ address }) => address),
        options.allowed,
      );
    } catch (error) {
      return describeFailure(error, { otherwise: 'dns', address: null });
    }
  };
}

function judgeAll(
  addresses: readonly string[],
  allowed: AllowedNetworks,
): { ok: true; addresses: readonly string[] } | Failure {
  if (addresses.length === 0) {
    return { ok: false, error: 'dns', text: 'The name has no address.', address: null };
  }
  const judged = addresses.map((address) => judgeAddress(address, allowed));
  const refused = addresses.find((_, index) => judged[index] === null);
  if (refused === undefined) {
    return { ok: true, addresses: judged.filter((one) => one !== null) };
  }
  const text = `The host leads to ${refused}, which is not on the public internet. USHER_ALLOW_PRIVATE_NETWORKS can make an exception.`;
  return { ok: false, error: 'blocked', text, address: refused };
}
