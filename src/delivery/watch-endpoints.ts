// Keeps the record of each endpoint, and has endpoints switched off that keep failing.
import type { Pool } from 'pg';
import type { Clock } from '../clock.ts';
import { isForAutomations } from '../contract/automation-type.ts';
import { eachAlone } from '../loops/each-alone.ts';
import { noteEndpointHealth } from '../store/endpoints.ts';
import type { Attempt } from './attempt-once.ts';

const FAILURES_TO_DISABLE = 10;
const DAYS_TO_DISABLE = 5;
const DAY_MS = 86_400_000;
// The record of a busy, healthy endpoint is checked at this interval, and not with every batch.
const LOOK_AGAIN_MS = 1000;

export type Disable = (args: {
  workspaceId: string;
  endpointId: string;
  reason: 'gone' | 'failing';
}) => Promise<void>;

/**
 * For onAttempts of the loop: attempts that ended about the same time, in the order of their ends.
 */
export function watchEndpoints({
  db,
  clock,
  disable,
}: {
  db: Pool;
  clock: Clock;
  disable: Disable;
}) {
  const wellUntil = new Map<string, number>();
  const isNews = ({ endpointId, failures }: Sum) =>
    failures > 0 || (wellUntil.get(endpointId) ?? 0) < clock.elapsed();
  return async (workspaceId: string, attempts: readonly Attempt[]): Promise<void> => {
    const ofEndpoints = attempts.filter(({ delivery }) => {
      return delivery.eventId !== null && !isForAutomations(delivery.type);
    });
    const news = sumUp(ofEndpoints).filter(isNews);
    if (news.length === 0) return;
    for (const { endpointId } of news) wellUntil.delete(endpointId);
    const changed = await noteEndpointHealth(db, workspaceId, news);
    for (const { endpointId, failures } of news) {
      if (failures === 0) wellUntil.set(endpointId, clock.elapsed() + LOOK_AGAIN_MS);
    }
    const hopeless = findHopeless(ofEndpoints, changed, clock.now());
    await eachAlone(hopeless, (one) => disable({ workspaceId, ...one }));
  };
}

type Changed = Awaited<ReturnType<typeof noteEndpointHealth>>;

function findHopeless(
  attempts: readonly Attempt[],
  changed: Changed,
  now: number,
): { endpointId: string; reason: 'gone' | 'failing' }[] {
  const gone = attempts.filter(({ carried }) => carried.gone);
  const ids = new Set(gone.map(({ delivery }) => delivery.subscriberId));
  const failing = changed.filter(({ endpointId, failures, failingSince }) => {
    const days = (now - (failingSince?.getTime() ?? now)) / DAY_MS;
    return !ids.has(endpointId) && failures >= FAILURES_TO_DISABLE && days >= DAYS_TO_DISABLE;
  });
  return [
    ...[...ids].map((endpointId) => ({ endpointId, reason: 'gone' as const })),
    ...failing.map(({ endpointId }) => ({ endpointId, reason: 'failing' as const })),
  ];
}

interface Sum {
  endpointId: string;
  failures: number;
  succeeded: boolean;
}

function sumUp(attempts: readonly Attempt[]): Sum[] {
  const sums = new Map<string, Sum>();
  for (const { delivery, carried } of attempts) {
    const { subscriberId: endpointId } = delivery;
    const sum = sums.get(endpointId) ?? { endpointId, failures: 0, succeeded: false };
    const succeeded = carried.state === 'done';
    sums.set(endpointId, {
      endpointId,
      failures: succeeded ? 0 : sum.failures + 1,
      succeeded: sum.succeeded || succeeded,
    });
  }
  return [...sums.values()];
}
