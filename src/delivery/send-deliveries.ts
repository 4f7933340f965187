// The one loop by which news leaves: takes what is due, carries it, records how it went.
import type { Pool } from 'pg';
import {
  type Delivery,
  finishDelivery,
  handBackDeliveries,
  nextDueDelivery,
  takeDueDeliveries,
  takeOverDeliveries,
} from '../store/deliveries.ts';
import { listWorkspaceIds } from '../store/workspaces.ts';
import type { Carried, Carrier } from './carrier.ts';

export interface DeliveryLoop {
  wake(workspaceId: string): void;
  /** Takes nothing new, waits for what is under way at most this long, hands back the rest. */
  stop(graceMs: number): Promise<void>;
}

export interface DeliveryOptions {
  db: Pool;
  nodeId: number;
  carry: Carrier;
  sweepMs: number;
  onResult: (delivery: Delivery, carried: Carried, latencyMs: number) => void;
  onError: (error: unknown, what: string) => void;
}

/** How many a workspace may have under way on one node. */
const MAX_IN_FLIGHT = 64;
const AFTER_ERROR_MS = 5000;

interface Lane {
  dirty: boolean;
  pumping: boolean;
  inFlight: Set<Promise<void>>;
  timer: NodeJS.Timeout | undefined;
}

export function sendDeliveries(options: DeliveryOptions): DeliveryLoop {
  const lanes = new Map<string, Lane>();
  let stopped = false;

  const wake = (workspaceId: string): void => {
    const lane = lanes.get(workspaceId) ?? makeLane();
    lanes.set(workspaceId, lane);
    lane.dirty = true;
    if (!lane.pumping && !stopped) void pump(workspaceId, lane);
  };
  const pump = async (workspaceId: string, lane: Lane): Promise<void> => {
    lane.pumping = true;
    try {
      while (lane.dirty && !stopped && lane.inFlight.size < MAX_IN_FLIGHT) {
        lane.dirty = false;
        for (const delivery of await takeDueDeliveries(options.db, { workspaceId, ...options })) {
          launch(lane, delivery);
        }
      }
      if (!stopped) await setAlarm(workspaceId, lane);
    } catch (error) {
      options.onError(error, 'taking deliveries failed');
      // The sweep tries again.
      lane.dirty = false;
    }
    lane.pumping = false;
    // News that came after the last look.
    if (lane.dirty && lane.inFlight.size < MAX_IN_FLIGHT) wake(workspaceId);
  };
  const launch = (lane: Lane, delivery: Delivery): void => {
    const flight = attempt(options, delivery)
      .catch((error: unknown) => options.onError(error, 'recording a delivery failed'))
      .finally(() => {
        lane.inFlight.delete(flight);
        wake(delivery.workspaceId);
      });
    lane.inFlight.add(flight);
  };
  const setAlarm = async (workspaceId: string, lane: Lane): Promise<void> => {
    const next = await nextDueDelivery(options.db, workspaceId);
    clearTimeout(lane.timer);
    if (next === null) return;
    const ms = Math.min(Math.max(next.getTime() - Date.now(), 0) + 1, options.sweepMs);
    lane.timer = setTimeout(() => wake(workspaceId), ms);
  };
  const sweep = everyWorkspace(options, async (workspaceId) => {
    await takeOverDeliveries(options.db, { workspaceId, nodeId: options.nodeId });
    wake(workspaceId);
  });

  return {
    wake,
    stop: async (graceMs) => {
      stopped = true;
      await sweep.stop();
      for (const { timer } of lanes.values()) clearTimeout(timer);
      const flights = [...lanes.values()].flatMap(({ inFlight }) => [...inFlight]);
      await Promise.race([Promise.all(flights), sleep(graceMs)]);
      for (const workspaceId of lanes.keys()) {
        await handBackDeliveries(options.db, { workspaceId, nodeId: options.nodeId });
      }
    },
  };
}

function makeLane(): Lane {
  return { dirty: false, pumping: false, inFlight: new Set(), timer: undefined };
}

/** Calls `act` for every workspace, now and every `sweepMs`. */
function everyWorkspace(
  options: Pick<DeliveryOptions, 'db' | 'sweepMs' | 'onError'>,
  act: (workspaceId: string) => Promise<void>,
): { stop(): Promise<void> } {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let running: Promise<void>;
  const run = async (): Promise<void> => {
    try {
      for (const workspaceId of await listWorkspaceIds(options.db)) await act(workspaceId);
    } catch (error) {
      options.onError(error, 'the delivery sweep failed');
    }
    if (!stopped) timer = setTimeout(() => (running = run()), options.sweepMs);
  };
  running = run();
  return {
    stop: () => {
      stopped = true;
      clearTimeout(timer);
      return running;
    },
  };
}

async function attempt(options: DeliveryOptions, delivery: Delivery): Promise<void> {
  const startedAt = new Date();
  const began = performance.now();
  const carried = await options.carry(delivery).catch((error: unknown): Carried => {
    options.onError(error, 'a carrier failed');
    const result = error instanceof Error ? error.message : String(error);
    return { state: 'retry', result, afterMs: AFTER_ERROR_MS, uncertain: true };
  });
  const latencyMs = performance.now() - began;
  await finishDelivery(options.db, {
    delivery,
    nodeId: options.nodeId,
    state: carried.state === 'retry' ? 'pending' : carried.state,
    afterMs: carried.afterMs ?? 0,
    uncertain: carried.uncertain ?? false,
    result: carried.result.slice(0, 200),
    status: carried.status ?? null,
    answer: carried.answer ?? null,
    startedAt,
    latencyMs,
  });
  options.onResult(delivery, carried, latencyMs);
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
