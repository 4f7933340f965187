// Writes what a routing pass decided: assignments, loads, decisions, events and deliveries in one statement.
import { deliveryTypes, kindsWith, mirrorDeliveries } from '../contract/channel-kinds.ts';
import { ACCEPT_SECONDS } from '../contract/webchat.ts';
import { moveUnderLimits } from './agent-limits.ts';
import { batch } from './batch.ts';
import type { Writing } from './effects.ts';
import {
  BOOSTS,
  CHANGED,
  isSeen,
  PLACED_TAGS,
  type Placing,
  placingColumns,
  SET_PLACED,
  SET_TAGS,
} from './place-conversations.ts';
import { type LoadChange, moveLoads, TAKE_RELEASES } from './roster.ts';
import { awaitSilence } from './silence-columns.ts';
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

/** Of what the same pass places in its plan. */
export type PlacedClaim = Claim & Placing;

const claimColumns = {
  conversation_id: ['uuid', ({ conversationId }: Claim) => conversationId],
  assignment_id: ['uuid', ({ assignmentId }: Claim) => assignmentId],
  agent_id: ['uuid', ({ agentId }: Claim) => agentId],
  weight: ['integer', ({ weight }: Claim) => weight],
  because: ['jsonb', ({ because }: Claim) => because],
} as const;

const FIRST_OF_BATCH = 12;
const input = batch<Claim>(FIRST_OF_BATCH, claimColumns);
const placedInput = batch<PlacedClaim>(FIRST_OF_BATCH, { ...placingColumns, ...claimColumns });

const EVENT = `'conversation.assigned'`;
const OFFER = `'conversation.offered'`;

/**
 * SQL: an assignment in workspace $1 is told to its channel alone: no endpoint is bound to it, no
 * mirror has or ever had a room, and no channel has updates. `mirrors`: a parameter of the kinds that
 * mirror.
 */
export const isToldAlone = (mirrors: string): string => `(${isUnbound(EVENT, OFFER)}
      and not exists (select from channel where workspace_id = $1 and (has_updates or kind = any (${mirrors}::text[]))))`;

const MIRRORED = `mirrored as materialized (
    select l.conversation_id, i.channel_id from locked l
    join channel k on k.workspace_id = $1 and k.channel_id = l.channel_id and k.kind <> all ($6::text[])
    cross join lateral (select i.channel_id from agent_identity i
      join channel m on m.workspace_id = $1 and m.channel_id = i.channel_id and m.deleted_at is null and m.switched_off_at is null and m.kind = any ($9::text[])
      where i.workspace_id = $1 and i.agent_id = l.agent_id and i.set_aside_at is null order by i.channel_id limit 1) i
    where $2::text <> 'remote' and exists (
      select from channel where workspace_id = $1 and deleted_at is null and switched_off_at is null and kind = any ($9::text[]))
  )`;

const IS_MIRRORED = 'exists (select from mirrored r where r.conversation_id = c.conversation_id)';

const TOLD_DESK = `told_desk as (
    insert into delivery (workspace_id, subscriber_id, stream_id, type, payload, due_at, created_at)
    select $1, d.channel_id, c.conversation_id, '${mirrorDeliveries.assigned}',
      jsonb_object(array['assignmentId', c.assignment_id::text]), c.assigned_at, c.assigned_at
    from claimed c cross join lateral (
      select r.channel_id from mirrored r where r.conversation_id = c.conversation_id
      union select r.channel_id from desk_room r where r.workspace_id = $1 and r.conversation_id = c.conversation_id
        and r.closed_at is null and $2 <> 'remote') d
  )`;

const EFFECTS = ['send', 'conversation', 'agent'] as const;

const CLAIMED = {
  source: 'claimed',
  type: EVENT,
  at: 'assigned_at',
  data: `$5::jsonb || jsonb_object(array['agentId', agent_id::text, 'assignmentId', assignment_id::text])`,
};

// The number before is the assignment's.
const OFFERS = `offers as materialized (
    select ${eventFacts('c', 'c.event_seq + 1')}, c.assignment_id, c.offered_until from claimed c where c.offered_until is not null
  )`;

const OFFERED = {
  source: 'offers',
  suffix: '_offers',
  type: OFFER,
  at: 'assigned_at',
  data: `jsonb_build_object('agentId', agent_id, 'assignmentId', assignment_id, 'until', to_char(offered_until at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))`,
};

/**
 * Within how many seconds the agent accepts; null: it is given at once, as to every bot. $10 has the seconds by plan,
 * and is null where nobody is asked.
 */
const ASKED_FOR = `case when $10::jsonb is not null and h.kind = any ($7::text[])
      and not exists (select from agent b where b.workspace_id = $1 and b.agent_id = l.agent_id and b.kind = 'bot') then coalesce(($10::jsonb ->> l.plan)::integer,
      case when h.config ->> 'acceptance' = 'manual' then ${ACCEPT_SECONDS} end) end`;

/** What differs where others than the channel may have to be told. */
interface Told {
  /** SQL of the rows: it claims nothing where it is false. */
  onlyIf: string;
  mirrored: string;
  isMirrored: string;
  /** CTEs that write the event; `after`: the suffix of the one that is told before it. */
  others(after?: string): string;
}

/** What differs for those that are placed in their plan at the same time. */
interface Placed {
  /** SQL of the batch. */
  rows: string;
  /** A CTE, with its comma. */
  first: string;
  /** SQL of what is locked besides. */
  tags: string;
  /** Of those that somebody else changes or has changed, none is waited for. */
  isStill: string;
  orSkip: string;
  /** Assignments, with their comma. */
  set: string;
  from: string;
  counted: string;
  told: string;
  /** CTEs that write an event before the assignment's, with their comma, and its suffix. */
  changed: string;
  before?: string;
}

/** What differs where somebody has limits. */
interface Limits {
  /** CTEs that write what is held under them, with their comma. */
  moved: string;
}

const unlimited: Limits = { moved: '' };
const limited: Limits = { moved: `, ${moveUnderLimits({ claimed: true, forced: '$3' })}` };

const alone: Placed = {
  rows: input.rows,
  ...{ first: '', tags: ', c.plan', isStill: 'true', orSkip: '', set: '', from: '' },
  ...{ counted: '', told: '', changed: '' },
};

const BEFORE = { state: `'waiting'`, agent_id: 'null::uuid', assigned_at: 'null::timestamptz' };

/** Nobody sees a change but the assignment. */
const placedUnseen: Placed = {
  ...alone,
  rows: placedInput.rows,
  ...{ first: `${BOOSTS}, `, tags: '', set: `${SET_PLACED}, `, from: 'cross join boosts b' },
  isStill: `state = 'waiting' and xmin::text = g.row_version`,
  orSkip: 'skip locked',
};

const placedToo: Placed = {
  ...placedUnseen,
  ...{ tags: `, ${PLACED_TAGS}`, set: `${SET_PLACED}, ${SET_TAGS}, ` },
  ...{ counted: ' + l.told::integer', told: ', l.told' },
  changed: `changed as (
    select ${eventFacts('c', 'c.event_seq - 1', BEFORE)}, c.assigned_at as changed_at from claimed c where c.told
  ), ${appendAndTell({ ...CHANGED, suffix: '_changed' })}, `,
  before: '_changed',
};

// Rows are locked in the order of their ids, as closing does, so that the two cannot deadlock; a
// conversation that was closed a moment ago is left out. Each is found by its whole key and then by
// its place (guide-planner.ts). An agent of a mirror has it once the mirror has made the room; what
// people did over there needs no telling. The check on agent refuses a load above the ceiling; the unique
// index on assignment refuses a second agent. Ended assignments are settled in the same statement,
// so that every agent is updated once. jsonb_build_object looks up the type of each argument for
// each row (8 µs for these four on two busy cores, where jsonb_object of texts takes 3).
const claimTelling = (
  told: Told,
  placed: Placed,
  limits: Limits,
) => `with ${placed.first}moment as materialized (select clock_timestamp() as at), locked as materialized (
    select g.*, c.place_of, c.channel_id, c.state${placed.tags}
    from (select * from ${placed.rows} t where ${told.onlyIf} order by conversation_id) g
    cross join lateral (select ctid as place_of, channel_id, state, tags, priority, plan from conversation
      where workspace_id = $1 and conversation_id = g.conversation_id and ${placed.isStill} for update ${placed.orSkip}) c
  ), ${told.mirrored}claimed as (
    update conversation c set ${placed.set}state = 'assigned', agent_id = l.agent_id, assigned_at = m.at,
      confirmed_at = case when h.kind = any ($6::text[]) or ${told.isMirrored} or o.seconds is not null then null else m.at end,
      offered_until = case when ${told.isMirrored} then null else m.at + make_interval(secs => o.seconds) end,
      held_until = null, hold_reason = null, ${awaitSilence({ plan: 'l.plan', plans: '$11', at: 'm.at', agent: 'l.agent_id' })},
      event_seq = c.event_seq + case when o.seconds is null or ${told.isMirrored} then 1 else 2 end${placed.counted}
    from locked l join channel h on h.workspace_id = $1 and h.channel_id = l.channel_id cross join moment m ${placed.from}
    cross join lateral (select ${ASKED_FOR} as seconds) o
    where c.ctid = l.place_of and l.state = 'waiting'
    returning ${eventFacts('c', 'c.event_seq - case when c.offered_until is null then 0 else 1 end')}, c.confirmed_at, c.offered_until, l.assignment_id, l.weight, l.because, h.kind as channel_kind${placed.told}
  ), assigned as (
    insert into assignment (workspace_id, conversation_id, assignment_id, agent_id, weight, state, assigned_by,
      forced, assigned_at, confirmed_at, offered_until)
    select $1, conversation_id, assignment_id, agent_id, weight,
      case when confirmed_at is null then 'pending' else 'confirmed' end, $2, $3, assigned_at, confirmed_at, offered_until
    from claimed
  ), decided as (
    insert into decision (workspace_id, conversation_id, assignment_id, policy_version, decided_at, agent_id, because)
    select $1, conversation_id, assignment_id, $4, assigned_at, agent_id, because from claimed where because is not null
  ), told as (
    insert into delivery (workspace_id, subscriber_id, stream_id, type, payload, due_at, created_at)
    select $1, channel_id, conversation_id, $8::jsonb ->> channel_kind, jsonb_object(array['assignmentId', assignment_id::text]), assigned_at, assigned_at
    from claimed where $8::jsonb ? channel_kind
  ), ${placed.changed}${OFFERS}, ${told.others(placed.before)}, ${TAKE_RELEASES}, sums as materialized (
    select agent_id, sum(given)::integer as given, sum(taken)::integer as taken, max(at) as at,
      max(assigned_at) as assigned_at, max(unpaced_from) as unpaced_from, count(assigned_at)::integer as claimed
    from (select agent_id, weight as given, 0 as taken, assigned_at as at, assigned_at, null::timestamptz as unpaced_from from claimed
      union all select agent_id, 0, weight, released_at, null, unpaced_from from released) moved
    group by agent_id
  )${limits.moved}
  ${moveLoads({ forced: '$3', limited: limits.moved !== '', paces: `$2::text = 'router'` })}`;

const others: Told = {
  onlyIf: 'true',
  mirrored: `${MIRRORED}, `,
  isMirrored: IS_MIRRORED,
  others: (after) =>
    `${appendAndTell({ ...CLAIMED, after })}, ${appendAndTell({ ...OFFERED, after: '' })}, ${TOLD_DESK}`,
};

// The parts that tell others are a tenth of what writing one assignment takes, whether or not they
// find anybody.
const nobody: Told = {
  onlyIf: isToldAlone('$9'),
  mirrored: '',
  isMirrored: 'false',
  others: () => `${append(CLAIMED)}, ${append(OFFERED)}`,
};

const claim_ = {
  others: statement<LoadChange>('claim', claimTelling(others, alone, unlimited)).needs(...EFFECTS),
  nobody: statement<LoadChange>('claim-told-alone', claimTelling(nobody, alone, unlimited)).needs(
    ...EFFECTS,
  ),
  othersLimited: statement<LoadChange>('claim-limited', claimTelling(others, alone, limited)).needs(
    ...EFFECTS,
  ),
  nobodyLimited: statement<LoadChange>(
    'claim-told-alone-limited',
    claimTelling(nobody, alone, limited),
  ).needs(...EFFECTS),
};

const claimPlaced_ = {
  others: statement<LoadChange>('claim-placed', claimTelling(others, placedToo, unlimited)).needs(
    ...EFFECTS,
  ),
  nobody: statement<LoadChange>(
    'claim-placed-told-alone',
    claimTelling(nobody, placedToo, unlimited),
  ).needs(...EFFECTS),
  othersLimited: statement<LoadChange>(
    'claim-placed-limited',
    claimTelling(others, placedToo, limited),
  ).needs(...EFFECTS),
  nobodyLimited: statement<LoadChange>(
    'claim-placed-told-alone-limited',
    claimTelling(nobody, placedToo, limited),
  ).needs(...EFFECTS),
};

/** Where nobody has limits. */
const claimPlacedUnseen_ = {
  others: statement<LoadChange>(
    'claim-placed-unseen',
    claimTelling(others, placedUnseen, unlimited),
  ).needs(...EFFECTS),
  nobody: statement<LoadChange>(
    'claim-placed-unseen-told-alone',
    claimTelling(nobody, placedUnseen, unlimited),
  ).needs(...EFFECTS),
};

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
  /** By plan: the seconds within which an agent accepts; null: the agent is not asked. */
  offers: Readonly<Record<string, number>> | null;
  /** The plans that limit silence; null: any may. */
  silent: readonly string[] | null;
  /** Whether only the channels are told, as far as is known (isToldAlone). When others are, nothing is claimed. */
  toldAlone?: boolean;
  /** Somebody has limits. */
  limited: boolean;
}

type Claims = Call<LoadChange, 'send' | 'conversation' | 'agent'>;

/**
 * Also settles. Answers the agents it changed; `claimed` adds up to fewer than asked when some had
 * ended meanwhile, or when others are told after all.
 */
export function claiming(args: Claiming): Claims {
  const values = [...common(args), ...input.values(args.claims)];
  return { statement: choose(claim_, args), values };
}

/** As claiming, and writes where each is placed; those that somebody is changing are left as they are. */
export function claimingPlaced(args: Claiming & { claims: readonly PlacedClaim[] }): Claims {
  const values = [...common(args), ...placedInput.values(args.claims)];
  if (args.limited || args.claims.some(isSeen)) {
    return { statement: choose(claimPlaced_, args), values };
  }
  const unseen = args.toldAlone ? claimPlacedUnseen_.nobody : claimPlacedUnseen_.others;
  return { statement: unseen, values };
}

function choose(
  from: typeof claim_,
  { toldAlone = false, limited }: Pick<Claiming, 'toldAlone' | 'limited'>,
) {
  if (limited) return toldAlone ? from.nobodyLimited : from.othersLimited;
  return toldAlone ? from.nobody : from.others;
}

function common(args: Claiming): unknown[] {
  const { workspaceId, assignedBy, forced, policyVersion, offers, silent } = args;
  const told = JSON.stringify({ by: assignedBy, forced });
  const within = offers === null ? null : JSON.stringify(offers);
  return [workspaceId, assignedBy, forced, policyVersion, told, ...ASKED, within, silent];
}

export function claimConversations(
  tx: Writing<typeof claim_.others, RoutingTx>,
  args: Claiming,
): Promise<LoadChange[]> {
  return run(tx, claiming(args));
}
