// One attempt to bring one delivery to its subscriber, and the record of it.
import type { Clock } from '../clock.ts';
import type { Delivery } from '../store/delivery-claims.ts';
import type { Finish } from '../store/finish-deliveries.ts';
import type { Carried, Carrier } from './carrier.ts';
import type { DeliveryTraces } from './trace-attempt.ts';

export interface Attempt {
  delivery: Delivery;
  carried: Carried;
  latencyMs: number;
}

export interface Ended {
  finish: Finish;
  attempt: Attempt;
}

const AFTER_ERROR_MS = 5000;

/** null: there was none. */
export async function attemptOnce(
  means: {
    clock: Clock;
    carry: Carrier;
    onError: (error: unknown, what: string) => void;
    traces?: DeliveryTraces | undefined;
  },
  delivery: Delivery,
): Promise<Ended | null> {
  const { clock, onError, traces } = means;
  const carry: Carrier = (one) =>
    traces === undefined ? means.carry(one) : traces.attempt(one, () => means.carry(one));
  const startedAt = new Date(clock.now());
  const began = performance.now();
  const carried = await carry(delivery).catch((error: unknown): Carried => {
    onError(error, 'a carrier failed');
    const result = error instanceof Error ? error.message : String(error);
    return { state: 'retry', result, afterMs: AFTER_ERROR_MS, uncertain: true };
  });
  if (carried === null) return null;
  const latencyMs = performance.now() - began;
  const finish: Finish = {
    delivery,
    state: carried.state === 'retry' ? 'pending' : carried.state,
    afterMs: carried.afterMs ?? 0,
    parked: carried.parked ?? delivery.parked,
    refusals: carried.refusals ?? delivery.refusals,
    uncertain: carried.uncertain ?? false,
    result: carried.result.slice(0, 200),
    status: carried.status ?? null,
    answer: carried.answer ?? null,
    address: carried.sent?.address ?? null,
    requestHeaders: carried.sent?.headers ?? null,
    body: carried.sent?.body ?? null,
    startedAt,
    latencyMs,
  };
  return { finish, attempt: { delivery, carried, latencyMs } };
}
