// The one loop by which news leaves, with a carrier for each kind of subscriber.
import type { Logger } from 'pino';
import type { ChannelKind } from '../contract/channel-kinds.ts';
import type { Attempt } from '../delivery/attempt-once.ts';
import type { Carrier } from '../delivery/carrier.ts';
import { carryToEndpoint } from '../delivery/carry-to-endpoint.ts';
import { knowEndpoints } from '../delivery/known-endpoints.ts';
import { type DeliveryLoop, sendDeliveries } from '../delivery/send-deliveries.ts';
import { watchEndpoints } from '../delivery/watch-endpoints.ts';
import type { ChannelDirectory } from '../desk/channel-directory.ts';
import type { Change, Desk } from '../desk/context.ts';
import { disableEndpoint } from '../desk/disable-endpoint.ts';
import type { Metrics } from '../metrics.ts';
import type { Outbound } from '../outbound/make-outbound.ts';
import type { Delivery } from '../store/delivery-claims.ts';
import { version } from '../version.ts';

export function startDeliveries(means: {
  desk: Desk;
  log: Logger;
  directory: ChannelDirectory;
  /** By the kind of channel that they carry to. */
  carriers: ReadonlyMap<ChannelKind, Carrier>;
  metrics: Metrics;
  nodeId: number;
  sweepMs: number;
  outbound: Outbound;
  onError: (error: unknown, what: string) => void;
}): DeliveryLoop {
  const { desk, nodeId, sweepMs, onError } = means;
  const { db } = desk;
  const noteHealth = watchEndpoints({ db, disable: (args) => disableEndpoint(desk, args) });
  return sendDeliveries({
    ...{ db, nodeId, sweepMs, onError },
    carry: makeCarrier(means),
    onAttempts: async (workspaceId, attempts) => {
      for (const attempt of attempts) noteAttempt(means, attempt);
      desk.changed(workspaceId, readSent(attempts));
      await noteHealth(workspaceId, attempts);
    },
  });
}

type Means = Parameters<typeof startDeliveries>[0];

function makeCarrier(means: Means): Carrier {
  const { desk, directory, carriers, outbound } = means;
  const toEndpoint = carryToEndpoint({
    endpointOf: knowEndpoints(desk.db, desk.secrets),
    outbound,
    version,
  });
  const carrierOf = ({ eventId, subscriberId }: Delivery): Carrier => {
    if (eventId !== null) return toEndpoint;
    const channel = directory.byId(subscriberId);
    return (channel && carriers.get(channel.kind)) ?? giveUp;
  };
  return (delivery) => carrierOf(delivery)(delivery);
}

const giveUp: Carrier = async () => ({ state: 'failed', result: 'the channel is gone' });

/** Of what goes to outside systems agents see how it fares. */
function readSent(attempts: readonly Attempt[]): Change[] {
  const ids = attempts.flatMap(({ delivery }) =>
    delivery.eventId === null ? [delivery.streamId] : [],
  );
  return [...new Set(ids)].map((id) => ({ kind: 'conversation', id }));
}

function noteAttempt({ metrics, log }: Means, { delivery, carried, latencyMs }: Attempt): void {
  metrics.noteDelivery(delivery, carried, latencyMs);
  const { workspaceId, subscriberId, streamId, type, attempts } = delivery;
  const details = { workspaceId, subscriberId, streamId, type, attempts, result: carried.result };
  log[carried.state === 'failed' ? 'warn' : 'debug'](details, 'a delivery was attempted');
}
