// The one loop that sends deliveries, with a carrier for each kind of subscriber.
import type { Logger } from 'pino';
import { isForAutomations } from '../contract/automation-type.ts';
import type { ChannelKind } from '../contract/channel-kinds.ts';
import { isMail } from '../contract/mails.ts';
import type { Attempt } from '../delivery/attempt-once.ts';
import type { Carrier } from '../delivery/carrier.ts';
import { isAlarm } from '../delivery/carry-alarm.ts';
import { carryToAutomations } from '../delivery/carry-to-automations.ts';
import { carryToEndpoint } from '../delivery/carry-to-endpoint.ts';
import { knowEndpoints } from '../delivery/known-endpoints.ts';
import { type DeliveryLoop, sendDeliveries } from '../delivery/send-deliveries.ts';
import type { DeliveryTraces } from '../delivery/trace-attempt.ts';
import { watchBots } from '../delivery/watch-bots.ts';
import { watchEndpoints } from '../delivery/watch-endpoints.ts';
import type { Change } from '../desk/change.ts';
import type { ChannelDirectory } from '../desk/channel-directory.ts';
import type { Receiver } from '../desk/commit.ts';
import type { Desk } from '../desk/context.ts';
import { disableEndpoint } from '../desk/disable-endpoint.ts';
import { failBot, reviveBot } from '../desk/fail-bot.ts';
import { runInTurn } from '../desk/run-automations.ts';
import type { Outbound } from '../outbound/open-guarded-outbound.ts';
import { version } from '../program/version.ts';
import type { Delivery } from '../store/delivery-claims.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { inTraces } from '../trace.ts';

export function startDeliveries(means: {
  desk: Desk;
  changed: Receiver['changed'];
  log: Logger;
  directory: ChannelDirectory;
  /** By the kind of channel that they carry to. */
  carriers: ReadonlyMap<ChannelKind, Carrier>;
  metrics: Metrics;
  nodeId: number;
  sweepMs: number;
  /** Carries mails. */
  toMailbox: Carrier;
  /** Carries alarms to Slack and to webhooks. */
  toWatchers: Carrier;
  outbound: Outbound;
  traces?: DeliveryTraces | undefined;
  onError: (error: unknown, what: string) => void;
}): DeliveryLoop {
  const { desk, changed, nodeId, sweepMs, traces, onError } = means;
  const { db, clock } = desk;
  const noteHealth = watchEndpoints({ db, clock, disable: (args) => disableEndpoint(desk, args) });
  const noteBots = watchBots({
    clock,
    desk: { fail: (args) => failBot(desk, args), revive: (key) => reviveBot(desk, key) },
  });
  return sendDeliveries({
    ...{ db, clock, nodeId, sweepMs, traces, onError, isSuspended: desk.gate.isSuspended },
    carry: makeCarrier(means),
    onAttempts: async (workspaceId, attempts) => {
      for (const attempt of attempts) noteAttempt(means, attempt);
      changed(workspaceId, readSent(attempts));
      await noteBots(workspaceId, attempts);
      await noteHealth(workspaceId, attempts);
    },
  });
}

type Means = Parameters<typeof startDeliveries>[0];

function makeCarrier(means: Means): Carrier {
  const { desk, directory, carriers, outbound, toMailbox, toWatchers } = means;
  const toEndpoint = carryToEndpoint({
    endpointOf: knowEndpoints(desk),
    outbound,
    clock: desk.clock,
    version,
  });
  const toAutomations = carryToAutomations(runInTurn(desk));
  const carrierOf = ({ eventId, subscriberId, type }: Delivery): Carrier => {
    if (isForAutomations(type)) return toAutomations;
    if (isMail(type)) return toMailbox;
    if (isAlarm(type)) return toWatchers;
    if (eventId !== null) return toEndpoint;
    const channel = directory.byId(subscriberId);
    return (channel && carriers.get(channel.kind)) ?? giveUp;
  };
  return (delivery) => carrierOf(delivery)(delivery);
}

const giveUp: Carrier = async () => ({ state: 'failed', result: 'the channel is gone' });

/** Agents see the progress of what goes to outside systems. */
function readSent(attempts: readonly Attempt[]): Change[] {
  const ids = attempts.flatMap(({ delivery }) =>
    delivery.eventId === null && !isOwn(delivery) ? [delivery.streamId] : [],
  );
  return [...new Set(ids)].map((id) => ({ kind: 'conversation', id }));
}

/** What the workspace itself sends, such as mails, is of no conversation. */
function isOwn({ workspaceId, subscriberId }: Delivery): boolean {
  return workspaceId === subscriberId;
}

function noteAttempt(
  { metrics, log, traces }: Means,
  { delivery, carried, latencyMs }: Attempt,
): void {
  metrics.noteDelivery(delivery, carried, latencyMs);
  const { workspaceId, subscriberId, streamId, type, attempts } = delivery;
  const details = { workspaceId, subscriberId, streamId, type, attempts, result: carried.result };
  const level = carried.state === 'failed' ? 'warn' : 'debug';
  inTraces([traces?.of(delivery) ?? null], () => log[level](details, 'a delivery was attempted'));
}
