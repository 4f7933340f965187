// The hours of an endpoint as the API shows them: every one of the span, also those in which nothing happened.
import type { DeliveryHours } from '../contract/endpoints.ts';
import { type DeliveryHour, MOST_LOOKED_AT } from '../store/delivery-hours.ts';

const HOUR_MS = 3_600_000;

/** The first moment of the span: the current hour is its last. */
export function beginOfHours(hours: number, now: number): number {
  return Math.floor(now / HOUR_MS) * HOUR_MS - (hours - 1) * HOUR_MS;
}

export function presentDeliveryHours(
  rows: readonly DeliveryHour[],
  { hours, now, most = MOST_LOOKED_AT }: { hours: number; now: number; most?: number },
): DeliveryHours {
  const from = beginOfHours(hours, now);
  const [first] = rows;
  // What happened before the earliest row that was looked at is not known, so its hour may be cut.
  const isCut = first !== undefined && first.lookedAt >= most && first.earliestAt.getTime() >= from;
  const known = isCut ? first.at.getTime() + HOUR_MS : from;
  const counted = new Map(rows.map((row) => [row.at.getTime(), row]));
  const items = Array.from({ length: hours }, (_, index) => from + index * HOUR_MS)
    .filter((at) => at >= known)
    .map((at) => {
      const { delivered = 0, failed = 0, waiting = 0 } = counted.get(at) ?? {};
      return { at: new Date(at).toISOString(), delivered, failed, waiting };
    });
  return { items, isCut };
}
