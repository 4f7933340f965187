// The metrics of /metrics, in Prometheus' form.
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Carried } from '../delivery/carrier.ts';
import type { PassReport } from '../desk/router.ts';
import type { Delivery } from '../store/delivery-claims.ts';
import { isOutage } from '../store/is-outage.ts';
import type { OperatorFigures } from '../store/queue-figures.ts';

export interface Metrics {
  notePass(report: PassReport): void;
  /** A client was refused over MQTT: a connection, a subscription, a publish. */
  noteRefusal(what: string): void;
  /** How much room there is for files, where that can be said. */
  noteDisk(state: { freeBytes: number | null; isLow: boolean }): void;
  noteDelivery(delivery: Delivery, carried: Carried, latencyMs: number): void;
  /** Asks the database for the queues and answers everything as text. */
  render(): Promise<{ contentType: string; text: string }>;
}

const gauges = {
  waiting: ['usher_waiting', 'Conversations that wait.'],
  longestWaitSeconds: ['usher_oldest_wait_seconds', 'How long the first in the queue has waited.'],
  assigned: ['usher_load', 'Conversations that agents hold.'],
  freeCapacity: ['usher_free_capacity', 'Room of the agents who are online.'],
  agentsOnline: ['usher_agents_online', 'Agents who are online.'],
  agentsOverCapacity: ['usher_agents_over_capacity', 'Agents past their ceiling: always 0.'],
  pendingDeliveries: ['usher_deliveries_pending', 'Deliveries on their way.'],
  heldDeliveries: ['usher_deliveries_held', 'Deliveries that wait for a switched-off endpoint.'],
  deliveriesOverdueSeconds: [
    'usher_deliveries_overdue_seconds',
    'How long the most overdue delivery has been due.',
  ],
  failingEndpoints: ['usher_endpoints_failing', 'Endpoints that are only probed until a success.'],
  failingChannels: ['usher_channels_failing', 'Channels that cannot be reached.'],
} as const satisfies Partial<Record<keyof OperatorFigures, readonly [string, string]>>;

export function makeMetrics(readQueues: () => Promise<OperatorFigures[]>): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const assignments = new Counter({
    name: 'usher_assignments_total',
    help: 'Conversations that the router gave to an agent.',
    registers,
  });
  const foundBySweep = new Counter({
    name: 'usher_found_by_sweep_total',
    help: 'Assignments that no news had announced: should stay 0.',
    registers,
  });
  const passSeconds = new Histogram({
    name: 'usher_pass_seconds',
    help: 'Duration of routing passes.',
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers,
  });
  const passSize = new Histogram({
    name: 'usher_pass_assignments',
    help: 'Assignments of one routing pass.',
    buckets: [0, 1, 2, 4, 8, 16, 64, 256, 1024, 4096],
    registers,
  });
  const refusals = new Counter({
    name: 'usher_mqtt_refusals_total',
    help: 'What clients tried over MQTT and may not do.',
    labelNames: ['what'],
    registers,
  });
  const deliveries = new Histogram({
    name: 'usher_delivery_seconds',
    help: 'Duration of attempts to deliver, by type and how they ended.',
    labelNames: ['type', 'state'],
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  });
  const showQueues = watchQueueGauges(registers);
  return {
    notePass: ({ assigned, durationMs, cause }) => {
      assignments.inc(assigned);
      passSize.observe(assigned);
      passSeconds.observe(durationMs / 1000);
      if (cause === 'sweep') foundBySweep.inc(assigned);
    },
    noteDisk: watchDiskGauges(registers),
    noteRefusal: (what) => refusals.inc({ what }),
    noteDelivery: ({ type }, { state }, latencyMs) => {
      deliveries.observe({ type, state }, latencyMs / 1000);
    },
    render: async () => {
      showQueues(await readQueues().catch(emptyInOutage));
      return { contentType: registry.contentType, text: await registry.metrics() };
    },
  };
}

/** null: the database does not answer. */
function watchQueueGauges(registers: Registry[]): (queues: OperatorFigures[] | null) => void {
  const databaseUp = new Gauge({
    name: 'usher_database_up',
    help: '1 while the database answers this node; at 0 the figures of queues are missing.',
    registers,
  });
  const queueGauges = Object.entries(gauges).map(([key, [name, help]]) => ({
    key: key as keyof typeof gauges,
    gauge: new Gauge({ name, help, labelNames: ['workspace'], registers }),
  }));
  return (queues) => {
    databaseUp.set(queues === null ? 0 : 1);
    // What is not read now, or is of a workspace that was removed, is absent and not old.
    for (const { gauge } of queueGauges) gauge.reset();
    for (const { workspaceId: workspace, ...figures } of queues ?? []) {
      for (const { key, gauge } of queueGauges) gauge.set({ workspace }, figures[key]);
    }
  };
}

/** An outage is when an operator looks at the process's own figures. */
function emptyInOutage(error: unknown): null {
  if (isOutage(error)) return null;
  throw error;
}

function watchDiskGauges(registers: Registry[]): Metrics['noteDisk'] {
  const uploadsStopped = new Gauge({
    name: 'usher_uploads_stopped',
    help: '1 while files are refused because the room is below USHER_DISK_RESERVE_MB.',
    registers,
  });
  // Absent when it is unknown: 0 would raise an alarm.
  let diskFree: Gauge | undefined;
  return ({ freeBytes, isLow }) => {
    uploadsStopped.set(isLow ? 1 : 0);
    if (freeBytes === null) return;
    const help = 'Room for the database.';
    diskFree ??= new Gauge({ name: 'usher_disk_free_bytes', help, registers });
    diskFree.set(freeBytes);
  };
}
