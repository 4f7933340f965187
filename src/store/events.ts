// What happened, in order.
import { type Db, query, statement } from './sql.ts';
import type { Tx } from './tx.ts';

export interface EventRow {
  eventId: string;
  seq: number;
  type: string;
  at: Date;
  data: Record<string, unknown>;
}

const listEvents_ = statement<EventRow>(
  'list-events',
  `select event_id as "eventId", seq, type, at, data from event
  where workspace_id = $1 and stream_id = $2 and seq > $3 order by seq limit $4`,
);

/** Of one conversation or agent, oldest first. */
export function listEvents(
  db: Db,
  args: { workspaceId: string; streamId: string; afterSeq: number; limit: number },
): Promise<EventRow[]> {
  return query(db, listEvents_, [args.workspaceId, args.streamId, args.afterSeq, args.limit]);
}

const appendEvent_ = statement<never>(
  'append-event',
  `insert into event (workspace_id, stream_id, seq, type, at, data) values ($1, $2, $3, $4, clock_timestamp(), $5)`,
);

export async function appendEvent(
  tx: Tx,
  event: {
    workspaceId: string;
    streamId: string;
    seq: number;
    type: string;
    data: Record<string, unknown>;
  },
): Promise<void> {
  const data = JSON.stringify(event.data);
  await query(tx, appendEvent_, [event.workspaceId, event.streamId, event.seq, event.type, data]);
}
