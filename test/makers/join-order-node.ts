// A node of the world of orders: its claim, what it has taken, and the form in which an attempt ends.
import type { PoolClient } from 'pg';
import { createDeliveryClaim, type Delivery } from '../../src/store/delivery-claims.ts';
import type { Finish } from '../../src/store/finish-deliveries.ts';
import { takeDueDeliveries } from '../../src/store/take-deliveries.ts';
import type { Expected } from './order-oracle.ts';

export type End =
  | { how: 'done' | 'failed' }
  /** In so many minutes; `parked`: refused for the fourth time. */
  | { how: 'retry'; minutes: number; parked: boolean };

interface UnderWay {
  delivery: Delivery;
  expected: Expected;
}

const MINUTE_MS = 60_000;
let nodesJoined = 0;

export type OrderNode = Awaited<ReturnType<typeof joinOrderNode>>;

/** Counts as alive while the connection lasts, or holds its lock. */
export async function joinOrderNode(db: PoolClient, workspaceId: string) {
  nodesJoined += 1;
  const nodeId = nodesJoined;
  await db.query('select pg_advisory_lock($1)', [nodeId]);
  const claimId = await createDeliveryClaim(db, { workspaceId, nodeId });
  const key = { workspaceId, claimId };
  const underWay: UnderWay[] = [];
  const take = async (): Promise<Delivery[]> => {
    const all: Delivery[] = [];
    for (;;) {
      const given = [...underWay.map(({ delivery }) => delivery), ...all];
      const rest = { underWay: given, gaveUp: true, places: new Map(), most: 100 };
      const taken = await takeDueDeliveries(db, { ...key, ...rest });
      if (taken === null) throw new Error('The claim is gone.');
      all.push(...taken.deliveries);
      if (taken.deliveries.length === 0 && !taken.more) return all;
    }
  };
  return { nodeId, key, underWay, take };
}

export function finishOf(delivery: Delivery, end: End): Finish {
  const retry = end.how === 'retry' ? end : null;
  return {
    delivery,
    state: end.how === 'retry' ? 'pending' : end.how,
    afterMs: (retry?.minutes ?? 0) * MINUTE_MS,
    parked: delivery.parked || (retry?.parked ?? false),
    refusals: 0,
    uncertain: false,
    result: end.how,
    status: 200,
    answer: '',
    address: null,
    requestHeaders: null,
    body: '{}',
    startedAt: new Date(),
    latencyMs: 1,
  };
}
