// The endpoints' settings, read at most once in a while by each: a burst of deliveries shares one reading.
import type { Pool } from 'pg';
import { type EndpointWithSecrets, getEndpoint } from '../store/endpoints.ts';

// A change of URL or secret applies to attempts that start this much later.
const FRESH_MS = 20;

export type EndpointOf = (key: {
  workspaceId: string;
  endpointId: string;
}) => Promise<EndpointWithSecrets | null>;

export function knowEndpoints(db: Pool): EndpointOf {
  const known = new Map<string, { at: number; endpoint: Promise<EndpointWithSecrets | null> }>();
  return (key) => {
    const now = Date.now();
    const before = known.get(key.endpointId);
    if (before !== undefined && now - before.at < FRESH_MS) return before.endpoint;
    const endpoint = getEndpoint(db, key);
    known.set(key.endpointId, { at: now, endpoint });
    endpoint.then(
      (found) => found === null && known.delete(key.endpointId),
      () => known.delete(key.endpointId),
    );
    return endpoint;
  };
}
