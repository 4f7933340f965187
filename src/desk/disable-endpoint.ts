// Switches off an endpoint that answered 410 or has failed for days, and tells the admins.

import {
  type EndpointKey,
  holdDeliveries,
  lockEndpoint,
  nextEndpointSeq,
  putEndpoint,
} from '../store/endpoints.ts';
import { appendEvent } from '../store/events.ts';
import { commit } from './commit.ts';
import type { Desk } from './context.ts';
import { switchBotOff } from './fail-bot.ts';

/** Its events are held from now on. Nothing happens when it is switched off already. */
export async function disableEndpoint(
  desk: Desk,
  args: EndpointKey & { reason: 'gone' | 'failing' },
): Promise<void> {
  const { workspaceId, endpointId, reason } = args;
  const disabled = await commit(desk, workspaceId, async (tx, after) => {
    const endpoint = await lockEndpoint(tx, args);
    if (endpoint === null || !endpoint.enabled) return null;
    const writing = after({ send: true, endpoint: endpointId });
    await putEndpoint(writing, { ...endpoint, enabled: false, disabledReason: reason });
    await holdDeliveries(tx, args);
    const { url, failures } = endpoint;
    const seq = await nextEndpointSeq(tx, args);
    const event = { workspaceId, streamId: endpointId, seq, type: 'endpoint.disabled' as const };
    await appendEvent(writing, { ...event, data: { url, reason, failures } });
    return endpoint;
  });
  if (disabled === null) return;
  if (disabled.agentId !== null) {
    await switchBotOff(desk, { workspaceId, agentId: disabled.agentId });
  }
  const { url, failures, failingSince } = disabled;
  const why =
    reason === 'gone'
      ? 'an endpoint answered 410 and was switched off'
      : 'an endpoint failed for five days and was switched off';
  desk.log.warn(
    { workspaceId, endpointId, url, failures, failingSince },
    `${why}; its events are held for 30 days: mend it and switch it on again`,
  );
}
