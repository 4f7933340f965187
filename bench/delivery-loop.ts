// The delivery loop as main.ts builds it, with everything recorded, and without the rest of the server.
import type { Pool } from 'pg';
import { parseAllowedNetworks } from '../src/addresses/allowed-networks.ts';
import { makeClock } from '../src/clock.ts';
import { carryToEndpoint } from '../src/delivery/carry-to-endpoint.ts';
import { knowEndpoints } from '../src/delivery/known-endpoints.ts';
import { type DeliveryLoop, sendDeliveries } from '../src/delivery/send-deliveries.ts';
import { watchEndpoints } from '../src/delivery/watch-endpoints.ts';
import { openGuardedOutbound } from '../src/outbound/open-guarded-outbound.ts';
import { version } from '../src/program/version.ts';
import { makeSecretBox } from '../src/store/secret-box.ts';

const NODE = 1;
/** The receivers are on this machine. */
export const allowedNetworks = readNetworks('127.0.0.0/8');

export function runLoop(
  db: Pool,
  onAttempts: (count: number) => void = () => {},
): DeliveryLoop & { close(): Promise<void> } {
  const maxPerOrigin = Number.POSITIVE_INFINITY;
  const outbound = openGuardedOutbound({ allowed: allowedNetworks, maxPerOrigin });
  const clock = makeClock();
  const noteHealth = watchEndpoints({ db, clock, disable: async () => {} });
  const loop = sendDeliveries({
    db,
    clock,
    nodeId: NODE,
    carry: carryToEndpoint({
      endpointOf: knowEndpoints({ db, clock, secrets: makeSecretBox({ key: undefined }) }),
      outbound,
      clock,
      version,
    }),
    sweepMs: 2000,
    onAttempts: async (workspaceId, attempts) => {
      await noteHealth(workspaceId, attempts);
      onAttempts(attempts.length);
    },
    onError: (error) => process.stderr.write(`${error}\n`),
  });
  return {
    ...loop,
    close: async () => {
      await loop.stop(5000);
      await outbound.close();
    },
  };
}

function readNetworks(text: string) {
  const parsed = parseAllowedNetworks(text);
  if (!parsed.ok) throw new Error(`${text} is no network.`);
  return parsed.networks;
}
