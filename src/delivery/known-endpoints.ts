// Remembers the settings of endpoints for a moment, so that a burst of deliveries shares one read.
import type { Pool } from 'pg';
import type { Clock } from '../clock.ts';
import { ENDPOINT_FRESH_MS, type EndpointWithSecrets, getEndpoint } from '../store/endpoints.ts';
import { unsealEndpoint } from '../store/sealed-rows.ts';
import type { SecretBox } from '../store/secret-box.ts';

export type EndpointOf = (key: {
  workspaceId: string;
  endpointId: string;
}) => Promise<EndpointWithSecrets | null>;

export function knowEndpoints({
  db,
  secrets,
  clock,
}: {
  db: Pool;
  secrets: SecretBox;
  clock: Pick<Clock, 'elapsed'>;
}): EndpointOf {
  const known = new Map<string, { at: number; endpoint: Promise<EndpointWithSecrets | null> }>();
  return (key) => {
    const now = clock.elapsed();
    const before = known.get(key.endpointId);
    if (before !== undefined && now - before.at < ENDPOINT_FRESH_MS) return before.endpoint;
    const endpoint = getEndpoint(db, key).then((row) => row && unsealEndpoint(secrets, row));
    known.set(key.endpointId, { at: now, endpoint });
    endpoint.then(
      (found) => found === null && known.delete(key.endpointId),
      () => known.delete(key.endpointId),
    );
    return endpoint;
  };
}
