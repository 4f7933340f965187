// An endpoint that wants nothing more, or has not answered for days, is switched off, and the admins are told.

import {
  type EndpointKey,
  holdDeliveries,
  lockEndpoint,
  nextEndpointSeq,
  putEndpoint,
} from '../store/endpoints.ts';
import { appendEvent } from '../store/events.ts';
import { withTx } from '../store/tx.ts';
import type { Desk } from './context.ts';

/** Its events are held from now on. Nothing happens when it is switched off already. */
export async function disableEndpoint(
  desk: Desk,
  args: EndpointKey & { reason: 'gone' | 'failing' },
): Promise<void> {
  const { workspaceId, endpointId, reason } = args;
  const disabled = await withTx(desk.db, async (tx) => {
    const endpoint = await lockEndpoint(tx, args);
    if (endpoint === null || !endpoint.enabled) return null;
    await putEndpoint(tx, { ...endpoint, enabled: false, disabledReason: reason });
    await holdDeliveries(tx, args);
    const { url, failures } = endpoint;
    const seq = await nextEndpointSeq(tx, args);
    const event = { workspaceId, streamId: endpointId, seq, type: 'endpoint.disabled' as const };
    await appendEvent(tx, { ...event, data: { url, reason, failures } });
    return endpoint;
  });
  if (disabled === null) return;
  const { url, failures, failingSince } = disabled;
  const why =
    reason === 'gone'
      ? 'an endpoint answered 410 and was switched off'
      : 'an endpoint failed for five days and was switched off';
  desk.log.error(
    { workspaceId, endpointId, url, failures, failingSince },
    `${why}; its events are held for 30 days: mend it and switch it on again`,
  );
  desk.send(workspaceId);
  desk.changed(workspaceId, [{ kind: 'endpoint', id: endpointId }]);
}
