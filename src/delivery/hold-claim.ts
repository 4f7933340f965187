// A node's claim on deliveries of one workspace: created when there is something to take, renewed while it is needed.
import type { Pool } from 'pg';
import { type Clock, every } from '../clock.ts';
import {
  createDeliveryClaim,
  type Delivery,
  giveUpDeliveries,
  handBackDeliveries,
  renewDeliveryClaim,
} from '../store/delivery-claims.ts';
import { type Places, type Take, takeDueDeliveries } from '../store/take-deliveries.ts';

export interface HeldClaim {
  /** Takes what is due. `underWay`: everything that was taken and has not ended. */
  take(args: { underWay: readonly Delivery[]; places: Places; most: number }): Promise<Take>;
  /** Reports deliveries no longer under way, without an attempt; the next take says so. */
  gaveUp(): void;
  /** The outcomes of these could not be written. */
  lose(deliveries: readonly Delivery[]): Promise<void>;
  /** Ends it: what is still under way goes to the next node. */
  stop(underWay: readonly Delivery[]): Promise<void>;
}

// Several times within the claim's life.
const RENEW_EVERY_MS = 5000;

const NOTHING: Take = { deliveries: [], more: false };

export function holdClaim(options: {
  db: Pool;
  clock: Clock;
  workspaceId: string;
  nodeId: number;
  isNeeded: () => boolean;
  /** Another node took it over, and with it everything under way. */
  onLost: () => void;
  onError: (error: unknown, what: string) => void;
}): HeldClaim {
  const { db, clock, workspaceId, nodeId, isNeeded, onLost, onError } = options;
  let claimId: number | null = null;
  let isLess = false;
  const keyOf = (id: number) => ({ workspaceId, claimId: id });
  const lost = (id: number): void => {
    if (claimId !== id) return;
    claimId = null;
    onLost();
  };
  const renew = async (id: number): Promise<void> => {
    if (!(await renewDeliveryClaim(db, keyOf(id)))) lost(id);
  };
  const stopRenewing = every(clock, RENEW_EVERY_MS, () => {
    if (claimId === null || !isNeeded()) return;
    renew(claimId).catch((error: unknown) => onError(error, 'renewing a claim failed'));
  });
  return {
    take: async (args) => {
      claimId ??= await createDeliveryClaim(db, { workspaceId, nodeId });
      const id = claimId;
      const gaveUp = isLess;
      const underWay = args.underWay.filter((delivery) => delivery.claimId === id);
      const taken = await takeDueDeliveries(db, { ...args, ...keyOf(id), underWay, gaveUp });
      if (taken === null) lost(id);
      else if (gaveUp) isLess = false;
      // Taken over since, as a renewal may have found.
      return claimId === id && taken !== null ? taken : NOTHING;
    },
    gaveUp: () => {
      isLess = true;
    },
    lose: async (deliveries) => {
      for (const [id, all] of Map.groupBy(deliveries, (one) => one.claimId)) {
        await giveUpDeliveries(db, keyOf(id), all);
      }
    },
    stop: async (underWay) => {
      stopRenewing();
      if (claimId === null) return;
      const id = claimId;
      const ours = underWay.filter((delivery) => delivery.claimId === id);
      await handBackDeliveries(db, keyOf(id), ours);
    },
  };
}
