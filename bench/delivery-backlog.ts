// Makes thousands of deliveries by copying a real one, which is quicker than writing each through the desk.
import type { Pool, PoolClient } from 'pg';

/** Keeps the first delivery of the endpoint as the model of all others. It must not have been sent yet: its facts go then. */
export async function keepModel(db: Pool, endpointId: string): Promise<void> {
  await db.query('create table if not exists model as select * from delivery limit 0');
  await db.query(
    'insert into model select * from delivery where subscriber_id = $1 order by delivery_id limit 1',
    [endpointId],
  );
}

/** Of each conversation `events`, due now. Of a kept model. */
export async function fillDue(
  db: Pool,
  args: { endpointId: string; conversations: number; events: number },
): Promise<void> {
  const { endpointId, conversations, events } = args;
  await db.query(
    `with stream as (
      select gen_random_uuid() as id from generate_series(1, $2::integer)
    )
    insert into delivery (workspace_id, subscriber_id, stream_id, event_id, type, payload, due_at, created_at)
    select workspace_id, subscriber_id, s.id, gen_random_uuid(), type,
      jsonb_set(payload, '{conversation,id}', to_jsonb(s.id)), clock_timestamp(), clock_timestamp()
    from model, generate_series(1, $3::integer) n, stream s where subscriber_id = $1 order by n, s.id`,
    [endpointId, conversations, events],
  );
}

/** What a busy installation has behind it, and what stands behind retries. */
export async function fillHistory(
  db: Pool,
  args: { endpointId: string; done: number; blocked: number; perConversation: number },
): Promise<void> {
  const client = await db.connect();
  await client.query('set statement_timeout = 0');
  await writeHistory(client, args);
  await client.query('reset statement_timeout');
  client.release();
}

async function writeHistory(
  db: PoolClient,
  args: { endpointId: string; done: number; blocked: number; perConversation: number },
): Promise<void> {
  const { endpointId, done, blocked, perConversation } = args;
  await db.query(
    `insert into delivery (workspace_id, subscriber_id, stream_id, event_id, type, payload, body, state, attempts,
      due_at, created_at, done_at, outcome)
    select workspace_id, subscriber_id, gen_random_uuid(), gen_random_uuid(), type, payload, body, 'done', 1,
      now() - interval '1 day', now() - interval '1 day', now() - interval '1 day', 'delivered'
    from (select * from delivery where subscriber_id = $1 order by delivery_id limit 1) sent, generate_series(1, $2::integer)`,
    [endpointId, done],
  );
  // The first of each waits for its retry, and those behind it for the same moment.
  await db.query(
    `with stream as (
      select gen_random_uuid() as id from generate_series(1, $2::integer / $3::integer)
    )
    insert into delivery (workspace_id, subscriber_id, stream_id, event_id, type, payload, due_at, created_at, attempts)
    select workspace_id, subscriber_id, s.id, gen_random_uuid(), type, payload, clock_timestamp() + interval '1 hour',
      clock_timestamp(), case n when 1 then 3 else 0 end
    from model, generate_series(1, $3::integer) n, stream s where subscriber_id = $1 order by n, s.id`,
    [endpointId, blocked, perConversation],
  );
  await db.query('vacuum analyze delivery');
}
