// Gives waiting conversations to departments of a mirror, whose routing chooses their agents, and takes them back.
import { mirrorDeliveries } from '../contract/channel-kinds.ts';
import { batch } from './batch.ts';
import type { Writing } from './effects.ts';
import { type Handover, handovers } from './queue.ts';
import { type Db, query, queryOne, statement } from './sql.ts';
import { appendAndTell, eventFacts } from './tell-endpoints.ts';
import type { RoutingTx } from './tx.ts';

/** A group of equal needs that is not where the settings want it. */
export interface Handing {
  needsKey: string;
  /** null: our routing decides again. */
  to: Handover | null;
  handedTo: string | null;
  /** As it is afterwards. */
  newNeedsKey: string;
}

const input = batch<Handing>(2, {
  needs: ['text', ({ needsKey }) => needsKey],
  handed_to: ['text', ({ handedTo }) => handedTo],
  new_needs: ['text', ({ newNeedsKey }) => newNeedsKey],
  channel_id: ['uuid', ({ to }) => to?.channelId ?? null],
  department_id: ['text', ({ to }) => to?.departmentId ?? null],
  department: ['text', ({ to }) => to?.department ?? null],
  seconds: ['integer', ({ to }) => to?.seconds ?? null],
});

/** As many at a time: they are written under the routing lock. */
export const MOST_HANDED = 1000;

// Locked in the order of the ids, as a claim locks them. Both mirrors are told where a room is still open at another.
const hand_ = statement<{ conversationId: string }>(
  'hand-over',
  `with moment as materialized (select clock_timestamp() as at), chosen as materialized (
    select g.*, w.conversation_id from ${input.rows} g cross join lateral (
      select conversation_id from conversation
      where workspace_id = $1 and state = 'waiting' and needs = g.needs and (held_until is null or held_until <= clock_timestamp())
      order by rank_at, conversation_id limit ${MOST_HANDED}) w limit ${MOST_HANDED}
  ), locked as materialized (
    select t.*, c.ctid as row_place, c.state, c.needs as needs_now from (select * from chosen order by conversation_id) t
    cross join lateral (select ctid, state, needs from conversation
      where workspace_id = $1 and conversation_id = t.conversation_id for update) c
  ), moved as (
    update conversation c set handed_to = l.handed_to, needs = l.new_needs,
      handed_until = case when l.channel_id is not null then coalesce(m.at + make_interval(secs => l.seconds), 'infinity') end,
      event_seq = c.event_seq + (l.channel_id is not null)::integer
    from locked l cross join moment m
    where c.ctid = l.row_place and l.state = 'waiting' and l.needs_now = l.needs
    returning ${eventFacts('c')}, l.channel_id as mirror_id, l.department_id, l.department, m.at as moved_at
  ), news as (
    select * from moved where mirror_id is not null
  ), ${appendAndTell({
    source: 'news',
    type: `'conversation.handed-over'`,
    at: 'moved_at',
    data: `jsonb_build_object('toChannelId', mirror_id, 'departmentId', department_id, 'department', department)`,
  })}, told as (
    insert into delivery (workspace_id, subscriber_id, stream_id, type, payload, due_at, created_at)
    select $1, d.channel_id, h.conversation_id, '${mirrorDeliveries.handover}', '{}', h.moved_at, h.moved_at
    from moved h cross join lateral (
      select h.mirror_id as channel_id where h.mirror_id is not null
      union select r.channel_id from desk_room r
      where r.workspace_id = $1 and r.conversation_id = h.conversation_id and r.closed_at is null) d
  )
  select conversation_id as "conversationId" from moved`,
).needs('wake', 'send', 'conversation');

/** At most MOST_HANDED. Answers which. */
export async function handOver(
  tx: Writing<typeof hand_, RoutingTx>,
  workspaceId: string,
  groups: readonly Handing[],
): Promise<string[]> {
  const rows = await query(tx, hand_, [workspaceId, ...input.values(groups)]);
  return rows.map(({ conversationId }) => conversationId);
}

const lapse_ = statement<{ conversationId: string }>(
  'let-handovers-lapse',
  `with lapsed as materialized (
    select conversation_id from conversation
    where workspace_id = $1 and state = 'waiting' and handed_until <= statement_timestamp()
    order by handed_until limit ${MOST_HANDED}
  ), locked as materialized (
    select ctid as place from conversation
    where workspace_id = $1 and conversation_id in (select conversation_id from lapsed)
      and state = 'waiting' and handed_until <= statement_timestamp()
    order by conversation_id for update
  )
  update conversation c set handed_until = null,
    needs = case when right(c.needs, length($2::text)) = $2 then left(c.needs, -length($2::text)) else c.needs end
  from locked l where c.ctid = l.place returning c.conversation_id as "conversationId"`,
).needs('wake', 'conversation');

/** Our routing may decide as well. `theirs`: how the keys of needs end until then. Answers which. */
export async function letLapse(
  tx: Writing<typeof lapse_, RoutingTx>,
  { workspaceId, theirs }: { workspaceId: string; theirs: string },
): Promise<string[]> {
  const rows = await query(tx, lapse_, [workspaceId, theirs]);
  return rows.map(({ conversationId }) => conversationId);
}

export interface WantedRoom {
  isWaiting: boolean;
  /** Where it waits over there by the present settings; null: not at this mirror. */
  departmentId: string | null;
  channelName: string;
  teamName: string | null;
  contactName: string | null;
  contactEmail: string | null;
  contactPhone: string | null;
}

const find_ = statement<WantedRoom>(
  'find-wanted-desk-room',
  `select c.state = 'waiting' as "isWaiting",
    case when o.hand_to ->> 'channelId' = $3::uuid::text then o.hand_to ->> 'departmentId' end as "departmentId",
    h.name as "channelName", t.name as "teamName", k.name as "contactName", k.email as "contactEmail", k.phone as "contactPhone"
  from conversation c
  join channel h on h.workspace_id = $1 and h.channel_id = c.channel_id
  join contact k on k.workspace_id = $1 and k.contact_id = c.contact_id
  left join team t on t.workspace_id = $1 and t.team_id = c.team_id
  left join ${handovers('$4')} o on o.team_id = c.team_id
  where c.workspace_id = $1 and c.conversation_id = $2`,
);

/** As the mirror `channelId` sees it; null: there is no such conversation. */
export function findWantedRoom(
  db: Db,
  args: { workspaceId: string; conversationId: string; channelId: string; mirrors: string[] },
): Promise<WantedRoom | null> {
  const { workspaceId, conversationId, channelId, mirrors } = args;
  return queryOne(db, find_, [workspaceId, conversationId, channelId, mirrors]);
}

const trouble_ = statement<{ outcome: string | null }>(
  'find-handover-trouble',
  `select outcome from delivery
  where workspace_id = $1 and subscriber_id = $2 and stream_id = $3 and type = '${mirrorDeliveries.handover}'
    and state = 'pending' and attempts > 0
  order by delivery_id desc limit 1`,
);

/** What stands against its room over there; null: nothing. */
export async function findHandoverTrouble(
  db: Db,
  args: { workspaceId: string; channelId: string; conversationId: string },
): Promise<string | null> {
  const row = await queryOne(db, trouble_, [args.workspaceId, args.channelId, args.conversationId]);
  return row?.outcome ?? null;
}

// In the order of delivery_due, so that a table full of past deliveries is not read for none.
const refused_ = statement<{ outcome: string | null }>(
  'find-refused-handover',
  `select outcome from delivery
  where workspace_id = $1 and subscriber_id = $2 and type = '${mirrorDeliveries.handover}'
    and state = 'pending' and attempts > 1
  order by greatest(due_at, behind_until), delivery_id limit 1`,
);

/** What stands against the next conversation that was tried more than once; null: nothing. */
export async function findRefusedHandover(
  db: Db,
  args: { workspaceId: string; channelId: string },
): Promise<string | null> {
  return (await queryOne(db, refused_, [args.workspaceId, args.channelId]))?.outcome ?? null;
}
