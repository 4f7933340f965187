// Places of agents that are held for rooms which a mirror makes by itself. Each is a part of the agent's external load.
import { batch } from './batch.ts';
import type { Writing } from './effects.ts';
import { type Db, query, queryOne, statement } from './sql.ts';
import type { RoutingTx } from './tx.ts';

interface OfChannel {
  workspaceId: string;
  channelId: string;
}

const share_ = statement<{ agentId: string }>(
  'share-reservation',
  `update reservation set answers_left = answers_left - $4
  where workspace_id = $1 and reservation_id = (
    select reservation_id from reservation
    where workspace_id = $1 and channel_id = $2 and question = $3 and room_id is null and answers_left >= $4
      and made_at >= clock_timestamp() - make_interval(secs => $5 / 1000.0)
    order by made_at desc, reservation_id limit 1)
  returning agent_id as "agentId"`,
);

/** Who was named for the same question a moment ago and may be named so many times more; null: nobody. */
export async function shareReservation(
  tx: RoutingTx,
  args: OfChannel & { question: string; requests: number; withinMs: number },
): Promise<string | null> {
  const { workspaceId, channelId, question, requests, withinMs } = args;
  const row = await queryOne(tx, share_, [workspaceId, channelId, question, requests, withinMs]);
  return row?.agentId ?? null;
}

interface Place {
  reservationId: string;
  agentId: string;
  answersLeft: number;
}

const input = batch<Place>(5, {
  reservation_id: ['uuid', ({ reservationId }) => reservationId],
  agent_id: ['uuid', ({ agentId }) => agentId],
  answers_left: ['integer', ({ answersLeft }) => answersLeft],
});

const add_ = statement<never>(
  'add-reservations',
  `with moment as materialized (select clock_timestamp() as at), made as (
    insert into reservation (workspace_id, reservation_id, channel_id, question, agent_id, answers_left, made_at, held_until)
    select $1, t.reservation_id, $2, $3, t.agent_id, t.answers_left, m.at, m.at + make_interval(secs => $4 / 1000.0)
    from ${input.rows} t cross join moment m
    returning agent_id
  ), sums as (select agent_id, count(*)::integer as places from made group by agent_id)
  update agent a set external_load = a.external_load + s.places, idle_since = greatest(a.idle_since, m.at),
    paced_from = m.at, roster_version = nextval('roster_version')
  from sums s cross join moment m where a.workspace_id = $1 and a.agent_id = s.agent_id`,
).needs('agent');

/** They count as given to the agents, so that whoever was idle longest is so no more. */
export async function addReservations(
  tx: Writing<typeof add_, RoutingTx>,
  args: OfChannel & { question: string; places: readonly Place[]; heldMs: number },
): Promise<void> {
  const { workspaceId, channelId, question, places, heldMs } = args;
  const values = [workspaceId, channelId, question, heldMs, ...input.values(places)];
  await query(tx, add_, values);
}

const haveLapsed_ = statement<{ found: boolean }>(
  'have-reservations-lapsed',
  `select exists (select from reservation
    where workspace_id = $1 and room_id is null and held_until <= clock_timestamp()) as found`,
);

export async function haveReservationsLapsed(db: Db, workspaceId: string): Promise<boolean> {
  return (await queryOne(db, haveLapsed_, [workspaceId]))?.found ?? false;
}

const endLapsed_ = statement<{ agentId: string }>(
  'end-lapsed-reservations',
  `with ended as (
    delete from reservation where workspace_id = $1 and room_id is null and held_until <= clock_timestamp()
    returning agent_id, made_at
  ), sums as (select agent_id, count(*)::integer as places, max(made_at) as made_at from ended group by agent_id)
  update agent a set external_load = greatest(a.external_load - s.places, 0),
    paced_from = case when a.paced_from = s.made_at then null else a.paced_from end, roster_version = nextval('roster_version')
  from sums s where a.workspace_id = $1 and a.agent_id = s.agent_id
  returning a.agent_id as "agentId"`,
).needs('wake', 'agent');

/** Those for which no room was seen in time. Answers whose places are free again. */
export async function endLapsedReservations(
  tx: Writing<typeof endLapsed_, RoutingTx>,
  workspaceId: string,
): Promise<string[]> {
  return (await query(tx, endLapsed_, [workspaceId])).map(({ agentId }) => agentId);
}

const isAnyOpen_ = statement<{ found: boolean }>(
  'is-any-reservation-open',
  `select exists (select from reservation
    where workspace_id = $1 and channel_id = $2 and room_id is null) as found`,
);

/** Whether a place is held for a room that was not seen yet. */
export async function isAnyReservationOpen(
  db: Db,
  { workspaceId, channelId }: OfChannel,
): Promise<boolean> {
  return (await queryOne(db, isAnyOpen_, [workspaceId, channelId]))?.found ?? false;
}

// The place stays on the agent's load: it is the room's now.
const take_ = statement<never>(
  'take-reservation',
  `update reservation set room_id = $4, taken_at = clock_timestamp()
  where workspace_id = $1 and reservation_id = (
      select r.reservation_id from reservation r
      join agent_identity i on i.workspace_id = $1 and i.channel_id = $2 and i.external_id = $3
        and i.agent_id = r.agent_id
      where r.workspace_id = $1 and r.channel_id = $2 and r.room_id is null and r.held_until > clock_timestamp()
      order by r.made_at, r.reservation_id limit 1)
    and not exists (select from reservation where workspace_id = $1 and channel_id = $2 and room_id = $4)`,
);

/** The agent of that id over there has this room now: the oldest place held there was for it. */
export async function takeReservation(
  tx: RoutingTx,
  args: OfChannel & { externalId: string; roomId: string },
): Promise<void> {
  await query(tx, take_, [args.workspaceId, args.channelId, args.externalId, args.roomId]);
}

const settle_ = statement<{ agentId: string; places: number }>(
  'settle-reservations',
  `with ended as (
    delete from reservation where workspace_id = $1 and channel_id = $2 and (
      room_id is null and held_until <= clock_timestamp() or room_id = any ($3::text[]) or taken_at < $4)
    returning reservation_id
  )
  select agent_id as "agentId", count(*)::integer as places from reservation r
  where workspace_id = $1 and channel_id = $2
    and not exists (select from ended e where e.reservation_id = r.reservation_id)
  group by agent_id`,
);

/**
 * After a look at all rooms that was begun `lookedAt` and found `roomIds` with an agent: ends what it has counted, or
 * what has ended since, and answers how many places each agent's load has beside those rooms. The caller writes the
 * loads.
 */
export async function settleReservations(
  tx: RoutingTx,
  args: OfChannel & { roomIds: readonly string[]; lookedAt: Date },
): Promise<Map<string, number>> {
  const { workspaceId, channelId, roomIds, lookedAt } = args;
  const rows = await query(tx, settle_, [workspaceId, channelId, roomIds, lookedAt]);
  return new Map(rows.map(({ agentId, places }) => [agentId, places]));
}
