// How a call to Qiscus is written into the log of a delivery, and when it is tried again.
import { backOffMs } from '../../contract/back-off.ts';
import type { Carried } from '../../delivery/carrier.ts';
import type { Delivery } from '../../store/delivery-claims.ts';
import type { Failure, Outcome } from './types.ts';

const MAX_ANSWER = 10_000;

export function describeOutcome(
  outcome: Outcome<unknown>,
): Pick<Carried, 'status' | 'answer'> & { result: string } {
  if (!outcome.ok) {
    const { kind, status, text } = outcome.failure;
    return { result: `${kind}: ${text}`, status, answer: text.slice(0, MAX_ANSWER) };
  }
  const { rawBody } = (outcome.value ?? {}) as { rawBody?: string };
  return { result: 'accepted', status: 200, answer: rawBody?.slice(0, MAX_ANSWER) ?? null };
}

/** 1, 2, 4 … 60 s with jitter, or what the other side asked for (qiscus.md §3.1). */
export function backOff({ attempts }: Delivery, { retryAfterMs }: Failure): number {
  return retryAfterMs ?? withJitter(backOffMs(attempts));
}

export function withJitter(ms: number): number {
  return ms * (0.85 + 0.3 * Math.random());
}
