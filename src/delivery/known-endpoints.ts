// The endpoints' settings, read at most once in a while by each: a burst of deliveries shares one reading.
import type { Pool } from 'pg';
import { ENDPOINT_FRESH_MS, type EndpointWithSecrets, getEndpoint } from '../store/endpoints.ts';
import { openEndpoint } from '../store/sealed-rows.ts';
import type { SecretBox } from '../store/secret-box.ts';

export type EndpointOf = (key: {
  workspaceId: string;
  endpointId: string;
}) => Promise<EndpointWithSecrets | null>;

export function knowEndpoints(db: Pool, secrets: SecretBox): EndpointOf {
  const known = new Map<string, { at: number; endpoint: Promise<EndpointWithSecrets | null> }>();
  return (key) => {
    const now = Date.now();
    const before = known.get(key.endpointId);
    if (before !== undefined && now - before.at < ENDPOINT_FRESH_MS) return before.endpoint;
    const endpoint = getEndpoint(db, key).then((row) => row && openEndpoint(secrets, row));
    known.set(key.endpointId, { at: now, endpoint });
    endpoint.then(
      (found) => found === null && known.delete(key.endpointId),
      () => known.delete(key.endpointId),
    );
    return endpoint;
  };
}
