// Many deliveries that wait for one endpoint, copied from the first of a conversation in no time.
import type { Db } from '../../src/store/sql.ts';

/**
 * To each delivery of the endpoint that is held, adds so many of later events of its conversation. Needs a binding
 * to one of Usher's own types, whose bodies are numbered.
 */
export async function fillBacklog(
  db: Db,
  { endpointId, events }: { endpointId: string; events: number },
): Promise<void> {
  await db.query(
    `insert into delivery (workspace_id, subscriber_id, stream_id, event_id, type, payload, state, due_at, created_at)
    select workspace_id, subscriber_id, stream_id, gen_random_uuid(), type, jsonb_set(payload, '{seq}', to_jsonb(n)),
      state, due_at, created_at
    from delivery, generate_series(2, $2::integer) n
    where subscriber_id = $1 and state = 'held' order by n, delivery_id`,
    [endpointId, events],
  );
}
