// Mails on their way: deliveries whose subscriber is the workspace itself, each a stream of its own.
import type { Writing } from './effects.ts';
import { type Db, query, statement } from './sql.ts';
import type { Tx } from './tx.ts';

export interface NewOwnDelivery {
  workspaceId: string;
  /** Its stream. */
  deliveryKey: string;
  type: string;
  payload: Record<string, unknown>;
}

const addOwn_ = statement<never>(
  'add-own-delivery',
  `insert into delivery (workspace_id, subscriber_id, stream_id, type, payload, due_at, created_at)
  values ($1, $1, $2, $3, $4, clock_timestamp(), clock_timestamp())`,
).needs('send');

/** In the transaction of what it tells: both are there, or neither. */
export async function addOwnDelivery(
  db: Writing<typeof addOwn_, Tx | Db>,
  { workspaceId, deliveryKey, type, payload }: NewOwnDelivery,
): Promise<void> {
  await query(db, addOwn_, [workspaceId, deliveryKey, type, JSON.stringify(payload)]);
}

export interface MailRow {
  deliveryId: number;
  type: string;
  to: string;
  state: 'pending' | 'held' | 'done' | 'failed';
  attempts: number;
  outcome: string | null;
  dueAt: Date;
  createdAt: Date;
}

// Once it is over, the body alone says to whom it went.
const listMails_ = statement<MailRow>(
  'list-mails',
  `select d.delivery_id as "deliveryId", d.type, coalesce(d.payload ->> 'to', d.body, '') as "to", d.state, d.attempts,
    d.outcome, d.due_at as "dueAt", d.created_at as "createdAt"
  from delivery d where d.workspace_id = $1 and d.subscriber_id = d.workspace_id and d.delivery_id < $2
    and d.type like 'mail:%' and d.type <> 'mail:reset-asked'
  order by d.delivery_id desc limit $3`,
);

/** Newest first. */
export function listMails(
  db: Db,
  args: { workspaceId: string; before: number; limit: number },
): Promise<MailRow[]> {
  return query(db, listMails_, [args.workspaceId, args.before, args.limit]);
}
