// Which span has changed a conversation last, and which one wrote a delivery: for traces, an hour long.
import type { Trace } from '../trace.ts';
import { batch } from './batch.ts';
import { type Db, query, queryOne, statement } from './sql.ts';
import { listing } from './workspaces-with.ts';

/** What happens later begins a trace of its own. */
const KEPT = `interval '1 hour'`;

/**
 * A delivery is of the first span that was kept after it was written, within this time: a commit takes no longer, and
 * what somebody else wrote, who is not recorded, is not taken for it.
 */
const COMMITS_WITHIN = `interval '5 seconds'`;

export interface TraceContext extends Trace {
  conversationId: string;
}

const input = batch<TraceContext>(2, {
  conversation_id: ['uuid', ({ conversationId }) => conversationId],
  trace_id: ['text', ({ traceId }) => traceId],
  span_id: ['text', ({ spanId }) => spanId],
});

const keep_ = statement<never>(
  'keep-trace-contexts',
  `insert into trace_context (workspace_id, conversation_id, at, trace_id, span_id)
  select $1, conversation_id, clock_timestamp(), trace_id, span_id from ${input.rows} t on conflict do nothing`,
);

/** What these spans have just committed. */
export async function keepTraceContexts(
  db: Db,
  workspaceId: string,
  contexts: readonly TraceContext[],
): Promise<void> {
  await query(db, keep_, [workspaceId, ...input.values(contexts)]);
}

const latest_ = statement<TraceContext>(
  'latest-trace-contexts',
  `select c.conversation_id as "conversationId", c.trace_id as "traceId", c.span_id as "spanId"
  from unnest($2::uuid[]) as i(conversation_id) cross join lateral (
    select * from trace_context t where t.workspace_id = $1 and t.conversation_id = i.conversation_id
      and t.at > clock_timestamp() - ${KEPT}
    order by t.at desc limit 1) c`,
);

/** The last span that changed each; without those that none did within the hour. */
export function findLatestTraces(
  db: Db,
  workspaceId: string,
  conversationIds: readonly string[],
): Promise<TraceContext[]> {
  return query(db, latest_, [workspaceId, conversationIds]);
}

const ofDeliveries_ = statement<Trace & { deliveryId: number }>(
  'trace-contexts-of-deliveries',
  `select d.delivery_id as "deliveryId", c.trace_id as "traceId", c.span_id as "spanId"
  from unnest($2::bigint[]) as i(delivery_id)
  join delivery d on d.workspace_id = $1 and d.delivery_id = i.delivery_id
  cross join lateral (
    select * from trace_context t where t.workspace_id = $1 and t.conversation_id = d.stream_id
      and t.at >= d.created_at and t.at < d.created_at + ${COMMITS_WITHIN}
      and t.at > clock_timestamp() - ${KEPT}
    order by t.at limit 1) c`,
);

/** The span that wrote each; without those of which it is not known. */
export function findTracesOfDeliveries(
  db: Db,
  workspaceId: string,
  deliveryIds: readonly number[],
): Promise<(Trace & { deliveryId: number })[]> {
  return query(db, ofDeliveries_, [workspaceId, deliveryIds]);
}

const forget_ = statement<{ forgotten: number }>(
  'forget-trace-contexts',
  `with gone as (
    delete from trace_context where workspace_id = $1 and (conversation_id, at) in (
      select conversation_id, at from trace_context where workspace_id = $1 and at <= now() - ${KEPT}
      order by at limit 10000)
    returning 1
  ) select count(*)::integer as forgotten from gone`,
);

/** Answers how many: ten thousand at most. */
export async function forgetTraceContexts(db: Db, workspaceId: string): Promise<number> {
  return (await queryOne(db, forget_, [workspaceId]))?.forgotten ?? 0;
}

const listOld_ = statement<{ workspaceId: string }>(
  'list-workspaces-with-old-trace-contexts',
  listing({
    table: 'trace_context',
    due: `select from trace_context o where o.workspace_id = w.workspace_id and o.at <= now() - ${KEPT}`,
  }),
);

export async function listWorkspacesWithOldTraceContexts(db: Db): Promise<string[]> {
  return (await query(db, listOld_, [])).map(({ workspaceId }) => workspaceId);
}
