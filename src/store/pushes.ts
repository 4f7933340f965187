// Pushes on their way: taken by one node, sent once, acknowledged or missed.
import type { PushKind } from '../contract/push-kinds.ts';
import { lookedUp, unindexed } from './guide-planner.ts';
import { ASLEEP_SECONDS } from './leases.ts';
import { type Db, query, queryOne, statement } from './sql.ts';
import type { RoutingTx } from './tx.ts';
import { listing } from './workspaces-with.ts';

export interface TakenPush {
  pushId: string;
  subscriptionId: string;
  kind: PushKind;
  conversationId: string;
  attempts: number;
  /** For how long the push service may keep it. */
  ttlSeconds: number;
  /** By which the device acknowledges it; only its hash is kept. */
  token: string;
  endpoint: string;
  publicKey: Buffer;
  auth: Buffer;
  language: string;
  contact: {
    name: string | null;
    email: string | null;
    phone: string | null;
    externalId: string;
  };
  /** The contact's last words; null: there are none, or the workspace keeps them here. */
  text: string | null;
}

export interface PushKey {
  workspaceId: string;
  pushId: string;
}

const LONGEST_TEXT = 200;

// One of a device at a time, so that a device whose service hangs holds up no other.
const take_ = statement<TakenPush>(
  'take-pushes',
  `with picked as materialized (
    select p.push_id, replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '') as token from push p
    where p.workspace_id = $1 and p.state = 'due' and p.due_at <= clock_timestamp() and p.expires_at > clock_timestamp()
      and not exists (select from push q where q.workspace_id = $1 and q.subscription_id = p.subscription_id
        and (q.state = 'sending' and q.taken_at > clock_timestamp() - interval '30 seconds'
          or q.state = 'due' and q.expires_at > clock_timestamp() and (q.due_at, q.push_id) < (p.due_at, p.push_id)))
    order by p.due_at limit $2 for update skip locked
  ), taken as (
    update push p set state = 'sending', taken_at = clock_timestamp(), attempts = p.attempts + 1,
      token_hash = sha256(convert_to(k.token, 'UTF8'))
    from picked k where p.workspace_id = $1 and p.push_id = k.push_id
    returning p.push_id, p.subscription_id, p.kind, p.conversation_id, p.attempts, p.expires_at, k.token
  )
  select t.push_id as "pushId", t.subscription_id as "subscriptionId", t.kind, t.conversation_id as "conversationId",
    t.attempts, greatest(1, ceil(extract(epoch from t.expires_at - clock_timestamp())))::integer as "ttlSeconds", t.token,
    s.endpoint, s.public_key as "publicKey", s.auth, s.language,
    jsonb_build_object('name', k.name, 'email', k.email, 'phone', k.phone, 'externalId', k.external_id) as contact,
    case when t.kind in ('offer', 'given', 'message') and exists (select from setting where workspace_id = $1
      and key = 'pushTexts' and value = 'true') then said.text end as text
  from taken t
  cross join ${lookedUp(`select s.endpoint, s.public_key, s.auth, s.language from push_subscription s
    where s.workspace_id = $1 and s.subscription_id = t.subscription_id`)} s
  cross join ${lookedUp(`select c.contact_id from conversation c
    where c.workspace_id = $1 and c.conversation_id = t.conversation_id`)} c
  cross join ${lookedUp(`select k.name, k.email, k.phone, k.external_id from contact k
    where k.workspace_id = $1 and k.contact_id = c.contact_id`)} k
  left join ${lookedUp(`select left(m.text, ${LONGEST_TEXT}) as text from message m
    where m.workspace_id = $1 and m.conversation_id = t.conversation_id and ${unindexed('m.kind')} = 'text'
      and m.author_kind = 'contact' order by m.seq desc limit 1`)} said on true`,
);

/** At most so many, for this node to send. Whoever dies with them has lost them: they are not taken again. */
export function takePushes(
  db: Db,
  { workspaceId, most }: { workspaceId: string; most: number },
): Promise<TakenPush[]> {
  return query(db, take_, [workspaceId, most]);
}

const noteSent_ = statement<never>(
  'note-push-sent',
  `update push p set state = 'sent', asleep_until = a.asleep_until,
    answer_until = case when s.sleeps and p.acknowledged_at is null and a.availability = 'online' and a.asleep_until > clock_timestamp()
      then clock_timestamp() + make_interval(secs => (select value::text::float8 from setting
        where workspace_id = $1 and key = 'asleepAnswerSeconds' and jsonb_typeof(value) = 'number')) end
  from push_subscription s, user_account u, agent a
  where p.workspace_id = $1 and p.push_id = $2 and p.state = 'sending'
    and s.workspace_id = $1 and s.subscription_id = p.subscription_id
    and u.workspace_id = $1 and u.user_id = s.user_id and a.workspace_id = $1 and a.agent_id = u.agent_id`,
);

/** The push service has it. From now on a phone that sleeps has its time to acknowledge it. */
export async function noteSent(db: Db, { workspaceId, pushId }: PushKey): Promise<void> {
  await query(db, noteSent_, [workspaceId, pushId]);
}

const noteRefused_ = statement<never>(
  'note-push-refused',
  `update push set state = case when $3::float8 is null then 'failed' else 'due' end, token_hash = null,
    due_at = clock_timestamp() + make_interval(secs => coalesce($3, 0) / 1000.0)
  where workspace_id = $1 and push_id = $2 and state = 'sending'`,
);

/** `retryInMs`: null: it is given up. */
export async function noteRefused(
  db: Db,
  { workspaceId, pushId, retryInMs }: PushKey & { retryInMs: number | null },
): Promise<void> {
  await query(db, noteRefused_, [workspaceId, pushId, retryInMs]);
}

const acknowledge_ = statement<{ userId: string; wakes: boolean }>(
  'acknowledge-push',
  `with found as (
    select p.push_id, s.user_id, s.sleeps, p.acknowledged_at is null and p.missed_at is null
      and (p.answer_until is null or p.answer_until > clock_timestamp()) as is_first
    from push p cross join ${lookedUp(`select s.user_id, s.sleeps, s.session_id from push_subscription s
      where s.workspace_id = $1 and s.subscription_id = p.subscription_id`)} s
    where p.workspace_id = $1 and p.token_hash = sha256(convert_to($3, 'UTF8')) and s.session_id = $2
    for update of p
  ), noted as (
    update push p set acknowledged_at = clock_timestamp(), answer_until = null
    from found f where p.workspace_id = $1 and p.push_id = f.push_id and f.is_first
  )
  select user_id as "userId", sleeps and is_first as wakes from found`,
);

/**
 * null: this session was sent no such push. `wakes`: it is a phone, and this is the first time,
 * within its time.
 */
export function acknowledge(
  tx: RoutingTx,
  args: { workspaceId: string; sessionId: string; token: string },
): Promise<{ userId: string; wakes: boolean } | null> {
  return queryOne(tx, acknowledge_, [args.workspaceId, args.sessionId, args.token]);
}

const renewAsleep_ = statement<never>(
  'renew-asleep',
  `update agent a set asleep_until = n.until, lease_until = greatest(a.lease_until, n.until),
    roster_version = nextval('roster_version')
  from user_account u, (select clock_timestamp() + make_interval(secs => ${ASLEEP_SECONDS}) as until) n
  where a.workspace_id = $1 and u.workspace_id = $1 and u.user_id = $2 and a.agent_id = u.agent_id and a.deleted_at is null
    and a.availability = 'online' and a.lease_until > clock_timestamp() and a.lease_until < 'infinity'
    and a.asleep_until > clock_timestamp() and n.until > a.asleep_until`,
);

/** The phone that sleeps was heard of. Brings nobody back. */
export async function renewAsleep(
  tx: RoutingTx,
  { workspaceId, userId }: { workspaceId: string; userId: string },
): Promise<void> {
  await query(tx, renewAsleep_, [workspaceId, userId]);
}

// Only where nothing was heard of a phone of the agent since it was sent, and while it is that which keeps the lease:
// the time that other clients keep stays.
const endUnanswered_ = statement<{ agentId: string }>(
  'end-unanswered-pushes',
  `with due as (
    select p.push_id, p.subscription_id, p.answer_until, p.asleep_until from push p
    where p.workspace_id = $1 and p.answer_until <= clock_timestamp() order by p.answer_until limit 500 for update
  ), noted as (
    update push p set missed_at = d.answer_until, answer_until = null
    from due d where p.workspace_id = $1 and p.push_id = d.push_id
  ), missed as (
    select u.agent_id, d.asleep_until, min(d.answer_until) as at from due d
    cross join ${lookedUp(`select s.user_id from push_subscription s
      where s.workspace_id = $1 and s.subscription_id = d.subscription_id`)} s
    cross join ${lookedUp('select u.agent_id from user_account u where u.workspace_id = $1 and u.user_id = s.user_id')} u
    group by u.agent_id, d.asleep_until
  )
  update agent a set asleep_until = null, lease_until = least(a.lease_until, greatest(m.at, a.awake_until)),
    push_missed = coalesce(m.at >= a.awake_until, true), roster_version = nextval('roster_version')
  from missed m where a.workspace_id = $1 and a.agent_id = m.agent_id and a.asleep_until = m.asleep_until
    and a.asleep_until > m.at and a.availability = 'online' and a.lease_until < 'infinity'
  returning a.agent_id as "agentId"`,
);

/** Answers whose phones count no more, from the moment on at which the push would have been answered. */
export async function endUnanswered(tx: RoutingTx, workspaceId: string): Promise<string[]> {
  return (await query(tx, endUnanswered_, [workspaceId])).map(({ agentId }) => agentId);
}

const unansweredInMs_ = statement<{ leftMs: number | null }>(
  'push-unanswered-in-ms',
  `select extract(epoch from min(answer_until) - clock_timestamp())::float8 * 1000 as "leftMs" from push
  where workspace_id = $1 and answer_until is not null`,
);

/** When the time of the next push to be acknowledged is over; null: none waits for that. */
export async function unansweredInMs(db: Db, workspaceId: string): Promise<number | null> {
  return (await queryOne(db, unansweredInMs_, [workspaceId]))?.leftMs ?? null;
}

const listUnanswered_ = statement<{ workspaceId: string }>(
  'list-workspaces-with-unanswered-pushes',
  listing({
    table: 'push',
    where: 't.answer_until is not null',
    due: `select from push p where p.workspace_id = w.workspace_id
      and p.answer_until <= statement_timestamp() + make_interval(secs => $1 / 1000.0)`,
  }),
);

/** Workspaces with a push whose time to be acknowledged is over within that time. */
export async function listWorkspacesWithUnanswered(db: Db, withinMs: number): Promise<string[]> {
  return (await query(db, listUnanswered_, [withinMs])).map(({ workspaceId }) => workspaceId);
}

const forget_ = statement<{ pushId: string }>(
  'forget-pushes',
  `delete from push where workspace_id = $1 and push_id in (select push_id from push
    where workspace_id = $1 and created_at < now() - interval '1 day' limit 1000)
  returning push_id as "pushId"`,
);

/** A day later no look finds their causes. Answers how many it deleted. */
export async function forgetPushes(db: Db, workspaceId: string): Promise<number> {
  return (await query(db, forget_, [workspaceId])).length;
}

const listOld_ = statement<{ workspaceId: string }>(
  'list-workspaces-with-old-pushes',
  listing({
    table: 'push',
    due: `select from push p where p.workspace_id = w.workspace_id and p.created_at < now() - interval '1 day'`,
  }),
);

export async function listWorkspacesWithOldPushes(db: Db): Promise<string[]> {
  return (await query(db, listOld_, [])).map(({ workspaceId }) => workspaceId);
}
