// Writes what a routing pass decided: assignments, loads, decisions, events and deliveries in one statement.
import { deliveryTypes, kindsWith, mirrorDeliveries } from '../contract/channel-kinds.ts';
import { batch } from './batch.ts';
import type { Writing } from './effects.ts';
import { type LoadChange, moveLoads, TAKE_RELEASES } from './roster.ts';
import { type Call, run, statement } from './sql.ts';
import { append, appendAndTell, eventFacts, isUnbound } from './tell-endpoints.ts';
import type { RoutingTx } from './tx.ts';

export interface Claim {
  conversationId: string;
  assignmentId: string;
  agentId: string;
  weight: number;
  /** The decision record; null for an assignment that a person made. */
  because: object | null;
}

const input = batch<Claim>(2, {
  conversation_id: ['uuid', ({ conversationId }) => conversationId],
  assignment_id: ['uuid', ({ assignmentId }) => assignmentId],
  agent_id: ['uuid', ({ agentId }) => agentId],
  weight: ['integer', ({ weight }) => weight],
  because: ['jsonb', ({ because }) => because],
});

const EVENT = `'conversation.assigned'`;

// Of what the same pass has placed, that which somebody else was changing at that moment is left out.
const CLAIMABLE = `(not $15 or xmin = pg_current_xact_id()::xid)`;

/**
 * SQL: an assignment in workspace $1 is told to its channel alone: no endpoint is bound to it, and
 * no mirror has or ever had a room. `mirrors`: a parameter of the kinds that mirror.
 */
export const isToldAlone = (mirrors: string): string => `(${isUnbound(EVENT)}
      and not exists (select from channel where workspace_id = $1 and kind = any (${mirrors}::text[])))`;

const MIRRORED = `mirrored as materialized (
    select l.conversation_id, i.channel_id from locked l
    join channel k on k.workspace_id = $1 and k.channel_id = l.channel_id and k.kind <> all ($11::text[])
    cross join lateral (select i.channel_id from agent_identity i
      join channel m on m.workspace_id = $1 and m.channel_id = i.channel_id and m.deleted_at is null and m.kind = any ($14::text[])
      where i.workspace_id = $1 and i.agent_id = l.agent_id and i.set_aside_at is null order by i.channel_id limit 1) i
    where $7::text <> 'remote' and exists (
      select from channel where workspace_id = $1 and deleted_at is null and kind = any ($14::text[]))
  )`;

const IS_MIRRORED = 'exists (select from mirrored r where r.conversation_id = c.conversation_id)';

const TOLD_DESK = `told_desk as (
    insert into delivery (workspace_id, subscriber_id, stream_id, type, payload, due_at, created_at)
    select $1, d.channel_id, c.conversation_id, '${mirrorDeliveries.assigned}',
      jsonb_object(array['assignmentId', c.assignment_id::text]), c.assigned_at, c.assigned_at
    from claimed c cross join lateral (
      select r.channel_id from mirrored r where r.conversation_id = c.conversation_id
      union select r.channel_id from desk_room r where r.workspace_id = $1 and r.conversation_id = c.conversation_id
        and r.closed_at is null and $7 <> 'remote') d
  )`;

const CLAIMED = {
  source: 'claimed',
  type: EVENT,
  at: 'assigned_at',
  data: `$10::jsonb || jsonb_object(array['agentId', agent_id::text, 'assignmentId', assignment_id::text])`,
};

/** What differs where others than the channel may have to be told. */
interface Told {
  /** SQL of the rows: it claims nothing where it is false. */
  onlyIf: string;
  mirrored: string;
  isMirrored: string;
  others: string;
}

// Rows are locked in the order of their ids, as closing does, so that the two cannot deadlock; a
// conversation that was closed a moment ago is left out. Each is found by its whole key and then by
// its place (guide-planner.ts). An agent of a mirror has it once the mirror has made the room; what
// people did over there needs no telling. The check on agent refuses a load above the ceiling; the unique
// index on assignment refuses a second agent. Ended assignments are settled in the same statement,
// so that every agent is updated once. jsonb_build_object looks up the type of each argument for
// each row (8 µs for these four on two busy cores, where jsonb_object of texts takes 3).
const claimTelling = (
  told: Told,
) => `with moment as materialized (select clock_timestamp() as at), locked as materialized (
    select g.conversation_id, g.assignment_id, g.agent_id, g.weight, g.because, c.place, c.channel_id, c.state
    from (select * from ${input.rows} t where ${told.onlyIf} order by conversation_id) g
    cross join lateral (select ctid as place, channel_id, state from conversation
      where workspace_id = $1 and conversation_id = g.conversation_id and ${CLAIMABLE} for update) c
  ), ${told.mirrored}claimed as (
    update conversation c set state = 'assigned', agent_id = l.agent_id, assigned_at = m.at,
      confirmed_at = case when h.kind = any ($11::text[])
          or h.kind = any ($12::text[]) and h.config ->> 'acceptance' = 'manual'
          or ${told.isMirrored} then null else m.at end,
      held_until = null, hold_reason = null, event_seq = c.event_seq + 1
    from locked l join channel h on h.workspace_id = $1 and h.channel_id = l.channel_id cross join moment m
    where c.ctid = l.place and l.state = 'waiting'
    returning ${eventFacts('c')}, c.confirmed_at, l.assignment_id, l.weight, l.because, h.kind as channel_kind
  ), assigned as (
    insert into assignment (workspace_id, conversation_id, assignment_id, agent_id, weight, state, assigned_by,
      forced, assigned_at, confirmed_at)
    select $1, conversation_id, assignment_id, agent_id, weight,
      case when confirmed_at is null then 'pending' else 'confirmed' end, $7, $8, assigned_at, confirmed_at
    from claimed
  ), decided as (
    insert into decision (workspace_id, conversation_id, assignment_id, policy_version, decided_at, agent_id, because)
    select $1, conversation_id, assignment_id, $9, assigned_at, agent_id, because from claimed where because is not null
  ), told as (
    insert into delivery (workspace_id, subscriber_id, stream_id, type, payload, due_at, created_at)
    select $1, channel_id, conversation_id, $13::jsonb ->> channel_kind, jsonb_object(array['assignmentId', assignment_id::text]), assigned_at, assigned_at
    from claimed where $13::jsonb ? channel_kind
  ), ${told.others}, ${TAKE_RELEASES}, sums as materialized (
    select agent_id, sum(given)::integer as given, sum(taken)::integer as taken, max(at) as at,
      max(assigned_at) as assigned_at, count(assigned_at)::integer as claimed
    from (select agent_id, weight as given, 0 as taken, assigned_at as at, assigned_at from claimed
      union all select agent_id, 0, weight, released_at, null from released) moved
    group by agent_id
  )
  ${moveLoads('$8')}`;

const claim_ = statement<LoadChange>(
  'claim',
  claimTelling({
    onlyIf: 'true',
    mirrored: `${MIRRORED}, `,
    isMirrored: IS_MIRRORED,
    others: `${appendAndTell(CLAIMED)}, ${TOLD_DESK}`,
  }),
).needs('send', 'conversation', 'agent');

// The parts that tell others are a tenth of what writing one assignment takes, whether or not they
// find anybody.
const claimToldAlone_ = statement<LoadChange>(
  'claim-told-alone',
  claimTelling({
    onlyIf: isToldAlone('$14'),
    mirrored: '',
    isMirrored: 'false',
    others: append(CLAIMED),
  }),
).needs('send', 'conversation', 'agent');

/** Who confirms an assignment, and who is told of it. */
const ASKED = [
  kindsWith('confirmedBy', 'remote'),
  kindsWith('confirmedBy', 'agent'),
  JSON.stringify(deliveryTypes('assigned')),
  kindsWith('mirrors', true),
];

export interface Claiming {
  workspaceId: string;
  claims: readonly Claim[];
  assignedBy: string;
  forced: boolean;
  policyVersion: number;
  /** Whether only the channels are told, as far as is known (isToldAlone). When others are, nothing is claimed. */
  toldAlone?: boolean;
  /** Only what this very transaction has written. */
  justWritten?: boolean;
}

/**
 * Also settles. Answers the agents it changed; `claimed` adds up to fewer than asked when some had
 * ended meanwhile, or when others are told after all.
 */
export function claiming(args: Claiming): Call<LoadChange, 'send' | 'conversation' | 'agent'> {
  const values = [
    args.workspaceId,
    ...input.values(args.claims),
    args.assignedBy,
    args.forced,
    args.policyVersion,
    JSON.stringify({ by: args.assignedBy, forced: args.forced }),
    ...ASKED,
    args.justWritten ?? false,
  ];
  return { statement: args.toldAlone ? claimToldAlone_ : claim_, values };
}

export function claimConversations(
  tx: Writing<typeof claim_, RoutingTx>,
  args: Claiming,
): Promise<LoadChange[]> {
  return run(tx, claiming(args));
}
