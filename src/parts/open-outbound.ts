// The two ways out: one for addresses that people type, one for those that the operator’s environment names.
import type { Config } from '../config.ts';
import { type AllowedNetworks, parseAllowedNetworks } from '../outbound/allowed-networks.ts';
import { makeOutbound, type Outbound } from '../outbound/make-outbound.ts';

export interface WaysOut {
  allowedNetworks: AllowedNetworks;
  /** For whatever can be typed over the API: public addresses only, and what the setting allows. */
  typed: Outbound;
  /** For what only the environment can say: whoever sets it owns the machine, so any network will do. */
  own: Outbound;
  close(): Promise<void>;
}

const EVERYWHERE = '0.0.0.0/0,::/0';

// Each endpoint and each Qiscus app has its own limit: two at one address must not wait for each other.
const maxPerOrigin = Number.POSITIVE_INFINITY;

export function openOutbound(config: Config): WaysOut {
  const allowedNetworks = readNetworks(config.USHER_ALLOW_PRIVATE_NETWORKS ?? '');
  const typed = makeOutbound({ allowed: allowedNetworks, maxPerOrigin });
  const own = makeOwnOutbound();
  return {
    allowedNetworks,
    typed,
    own,
    close: async () => {
      await Promise.all([typed.close(), own.close()]);
    },
  };
}

export function makeOwnOutbound(): Outbound {
  return makeOutbound({ allowed: readNetworks(EVERYWHERE), maxPerOrigin });
}

/** Checked with the rest of the configuration. */
function readNetworks(text: string): AllowedNetworks {
  const parsed = parseAllowedNetworks(text);
  return parsed.ok ? parsed.networks : [];
}
