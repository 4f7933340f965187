// How far back deliveries may be sent once more. Pure.
export const DELIVERY_SPANS = ['hour', 'day', 'week'] as const;
export type DeliverySpan = (typeof DELIVERY_SPANS)[number];

const seconds: Record<DeliverySpan, number> = { hour: 3600, day: 86_400, week: 604_800 };

export function sinceOf(span: DeliverySpan, now: number): string {
  return new Date(now - seconds[span] * 1000).toISOString();
}
