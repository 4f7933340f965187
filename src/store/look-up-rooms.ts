// Orders a look at a room whose state at the outside system is not known.
import { underWay } from './delivery-claims.ts';

/**
 * CTEs: `looked` asks once about each of these (channel_id, conversation_id, due_at), unless a look
 * is due anyway. A look under way may have been answered before the present news, so it does not
 * count.
 */
export function lookUpRooms(rooms: string): string {
  return `to_look_up as materialized (${rooms}), looked as (
    insert into delivery (workspace_id, subscriber_id, stream_id, type, due_at, created_at)
    select $1, t.channel_id, t.conversation_id, 'recheck', max(t.due_at), clock_timestamp() from to_look_up t
    where not exists (select from delivery d where d.workspace_id = $1 and d.subscriber_id = t.channel_id
      and d.stream_id = t.conversation_id and d.type = 'recheck' and d.state = 'pending'
      and (d.delivery_id, d.attempts) not in (${underWay}))
    group by t.channel_id, t.conversation_id
    returning stream_id
  )`;
}
