// An outbound client that may reach this machine, closed when the test is over.
import { expect, onTestFinished } from 'vitest';
import { parseAllowedNetworks } from '../../src/addresses/allowed-networks.ts';
import {
  type Outbound,
  type OutboundOptions,
  type OutboundRequest,
  openGuardedOutbound,
} from '../../src/outbound/open-guarded-outbound.ts';

export function allow(text: string): OutboundOptions['allowed'] {
  const parsed = parseAllowedNetworks(text);
  if (!parsed.ok) throw new Error(`Not networks: ${parsed.bad.join(', ')}`);
  return parsed.networks;
}

/** Every name leads to 127.0.0.1 unless the test says otherwise; only 127.0.0.0/8 is allowed. */
export function openTestOutbound(options: Partial<OutboundOptions> = {}): Outbound {
  const outbound = openGuardedOutbound({
    allowed: allow('127.0.0.0/8'),
    lookup: async () => [{ address: '127.0.0.1', family: 4 }],
    ...options,
  });
  onTestFinished(async () => {
    await outbound.close();
    expect(outbound.connections()).toBe(0);
  });
  return outbound;
}

export function request(url: string, change: Partial<OutboundRequest> = {}): OutboundRequest {
  return { url, method: 'GET', headers: {}, verifyTls: true, timeoutMs: 5000, ...change };
}
