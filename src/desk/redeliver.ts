// Sends deliveries of an endpoint again.
import { type BindableType, eventOf } from '../contract/event-types.ts';
import { Refused } from '../errors.ts';
import { addAuditEntry } from '../store/audit.ts';
import { getDelivery, hastenDelivery, replayDelivery, replaySince } from '../store/delivery-log.ts';
import { getEndpoint, lockEndpoint } from '../store/endpoints.ts';
import { pullForward } from '../store/pull-forward.ts';
import type { Tx } from '../store/tx.ts';
import { commit } from './commit.ts';
import type { Desk } from './context.ts';

/**
 * The same id and body, outside the order. One that waits for its retry is tried at once instead.
 * Answers the id under which to follow it. Refuses `delivery.not-found`, `delivery.under-way`,
 * `role.insufficient` and `endpoint.not-found`.
 */
export async function redeliver(
  desk: Desk,
  key: {
    workspaceId: string;
    deliveryId: number;
    actor: string;
    /** Not those of programs, which only an admin may resend. */
    onlyExternalMessages: boolean;
  },
): Promise<number> {
  const { workspaceId, deliveryId, actor } = key;
  return commit(desk, workspaceId, async (tx, after) => {
    const delivery = await getDelivery(tx, key);
    if (delivery === null) throw new Refused('delivery.not-found');
    if (
      key.onlyExternalMessages &&
      eventOf(delivery.type as BindableType) !== 'external-message.sent'
    ) {
      throw new Refused('role.insufficient');
    }
    const { endpointId: objectId, streamId } = delivery;
    await lockEndpoint(tx, { workspaceId, endpointId: objectId });
    const writing = after({ send: true });
    if (await hastenDelivery(writing, key)) {
      await pullForward(writing, { workspaceId, endpointId: objectId, streamIds: [streamId] });
      return deliveryId;
    }
    if (delivery.state !== 'done' && delivery.state !== 'failed') {
      throw new Refused('delivery.under-way');
    }
    const replay = await replayDelivery(writing, key);
    if (replay === null) throw new Refused('endpoint.not-found');
    await note(tx, { workspaceId, actor, objectId, change: { deliveryId: String(deliveryId) } });
    return replay;
  });
}

/** Answers how many. Refuses `endpoint.not-found`. */
export async function redeliverSince(
  desk: Desk,
  args: { workspaceId: string; endpointId: string; since: Date; all: boolean; actor: string },
): Promise<number> {
  const { workspaceId, endpointId: objectId, since, all, actor } = args;
  return commit(desk, workspaceId, async (tx, after) => {
    if ((await getEndpoint(tx, args)) === null) throw new Refused('endpoint.not-found');
    const replayed = await replaySince(after({ send: true }), args);
    const change = { since: since.toISOString(), states: all ? 'all' : 'failed', replayed };
    await note(tx, { workspaceId, actor, objectId, change });
    return replayed;
  });
}

async function note(
  tx: Tx,
  entry: { workspaceId: string; actor: string; objectId: string; change: Record<string, unknown> },
): Promise<void> {
  await addAuditEntry(tx, { ...entry, action: 'endpoint.redelivered' });
}
