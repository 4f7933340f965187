// The two guarded clients: one for addresses that people type, one for those that the operator's
// environment names.
import { type AllowedNetworks, parseAllowedNetworks } from '../addresses/allowed-networks.ts';
import { type Outbound, openGuardedOutbound } from './open-guarded-outbound.ts';

export interface WaysOut {
  allowedNetworks: AllowedNetworks;
  /**
   * For everything that can be typed over the API: public addresses only, and what the setting
   * allows.
   */
  typed: Outbound;
  /**
   * For what only the environment can say: its owner also owns the machine, so any network is
   * allowed.
   */
  own: Outbound;
  close(): Promise<void>;
}

const EVERYWHERE = '0.0.0.0/0,::/0';

// Each endpoint and each Qiscus app has its own limit: two at one address must not wait for each
// other.
const maxPerOrigin = Number.POSITIVE_INFINITY;

/**
 * `privateNetworks`: networks that may be reached all the same, as USHER_ALLOW_PRIVATE_NETWORKS
 * lists them.
 */
export function openOutbound(privateNetworks: string): WaysOut {
  const allowedNetworks = readNetworks(privateNetworks);
  const typed = openGuardedOutbound({ allowed: allowedNetworks, maxPerOrigin });
  const own = openOwnOutbound();
  return {
    allowedNetworks,
    typed,
    own,
    close: async () => {
      await Promise.all([typed.close(), own.close()]);
    },
  };
}

export function openOwnOutbound(): Outbound {
  return openGuardedOutbound({ allowed: readNetworks(EVERYWHERE), maxPerOrigin });
}

/** Checked with the rest of the configuration. */
function readNetworks(text: string): AllowedNetworks {
  const parsed = parseAllowedNetworks(text);
  return parsed.ok ? parsed.networks : [];
}
