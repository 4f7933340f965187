// What is to be pushed: found again and again by a look, and written once for each cause and device.
import { lookedUp, unindexed } from './guide-planner.ts';
import { IS_ALIVE } from './login-sessions.ts';
import { agentsSeeIn } from './settings.ts';
import { isOwnOrTeams } from './sight.ts';
import { type Db, query, statement } from './sql.ts';
import { listing } from './workspaces-with.ts';

/** Whatever is older is no news any more, also after an outage. */
const FRESH = `interval '5 minutes'`;
/** So long a push service keeps what is no offer. */
const KEPT = `interval '1 hour'`;

const listSubscribed_ = statement<{ workspaceId: string }>(
  'list-workspaces-with-push-subscriptions',
  listing({ table: 'push_subscription' }),
);

export async function listSubscribedWorkspaces(db: Db): Promise<string[]> {
  return (await query(db, listSubscribed_, [])).map(({ workspaceId }) => workspaceId);
}

// A cause is pushed if it came after the person looked at a tab the last time; an offer that stands,
// also if it was seen: it is soon over. An unread stretch is one cause, however much is written.
const find_ = statement<{ pushId: string }>(
  'find-pushes',
  `with device as materialized (
    select s.subscription_id, u.agent_id, u.user_id, u.push_mentions, greatest(s.created_at, looked.until, clock_timestamp() - ${FRESH}) as since
    from push_subscription s
    cross join ${lookedUp(`select l.session_id from login_session l where l.workspace_id = $1 and l.session_id = s.session_id
      and l.stage = 'full' and ${IS_ALIVE}`)} alive
    cross join ${lookedUp(`select u.user_id, u.agent_id, u.push_mentions from user_account u where u.workspace_id = $1 and u.user_id = s.user_id`)} u
    cross join lateral (select max(v.visible_until) as until from login_session v where v.workspace_id = $1 and v.user_id = s.user_id) looked
    where s.workspace_id = $1 and (looked.until is null or looked.until <= clock_timestamp())
  ), held as materialized (
    select d.subscription_id, d.agent_id, d.since, c.conversation_id, a.assignment_id, a.assigned_at, a.assigned_by,
      a.offered_until is not null as was_offered, c.offered_until, coalesce(r.up_to_seq, 0) as read_seq
    from device d
    cross join ${lookedUp(`select c.conversation_id, c.offered_until from conversation c
      where c.workspace_id = $1 and c.agent_id = d.agent_id and c.state = 'assigned'`)} c
    cross join ${lookedUp(`select a.assignment_id, a.assigned_at, a.assigned_by, a.offered_until from assignment a
      where a.workspace_id = $1 and a.conversation_id = c.conversation_id and a.ended_at is null`)} a
    left join ${lookedUp(`select r.up_to_seq from read_mark r
      where r.workspace_id = $1 and r.user_id = d.user_id and r.conversation_id = c.conversation_id`)} r on true
  ), news as (
    select subscription_id, conversation_id, 'offer' as kind, 'offer:' || assignment_id as cause, offered_until as expires_at
    from held where offered_until > clock_timestamp()
    union all
    select subscription_id, conversation_id, 'given', 'given:' || assignment_id, clock_timestamp() + ${KEPT}
    from held where not was_offered and assigned_at > since and assigned_by <> 'agent:' || agent_id
    union all
    select h.subscription_id, h.conversation_id, 'message', 'message:' || h.assignment_id || ':' || h.read_seq, clock_timestamp() + ${KEPT}
    from held h where h.offered_until is null and exists (select from message m
      where m.workspace_id = $1 and m.conversation_id = h.conversation_id and m.seq > h.read_seq
        and m.author_kind = 'contact' and not m.history and m.created_at > greatest(h.since, h.assigned_at))
    union all
    select h.subscription_id, h.conversation_id, 'whisper', 'whisper:' || w.message_id, clock_timestamp() + ${KEPT}
    from held h cross join ${lookedUp(`select m.message_id, m.author_id from message m
      where m.workspace_id = $1 and m.conversation_id = h.conversation_id and m.seq > h.read_seq
        and ${unindexed('m.kind')} = 'note' and m.mark = 'whisper' and m.created_at > h.since limit 20`)} w
    where w.author_id is distinct from h.agent_id
    union all
    select d.subscription_id, s.conversation_id, 'consult',
      'consult:' || s.conversation_id || ':' || extract(epoch from s.asked_at), clock_timestamp() + ${KEPT}
    from device d cross join ${lookedUp(`select s.conversation_id, s.asked_at from consultation s
      where s.workspace_id = $1 and s.agent_id = d.agent_id and s.ended_at is null`)} s
    where s.asked_at > d.since
    union all
    select d.subscription_id, n.conversation_id, 'mention', 'mention:' || n.conversation_id || ':' || n.seq, clock_timestamp() + ${KEPT}
    from device d
    cross join ${lookedUp(`select n.conversation_id, n.seq, n.at from mention n
      where n.workspace_id = $1 and n.agent_id = d.agent_id and n.read_at is null and n.at > d.since limit 100`)} n
    cross join ${lookedUp(`select c.conversation_id, c.agent_id, c.team_id, c.state, c.skill_ids from conversation c
      where c.workspace_id = $1 and c.conversation_id = n.conversation_id`)} c
    cross join ${lookedUp('select a.role from agent a where a.workspace_id = $1 and a.agent_id = d.agent_id')} a
    where d.push_mentions and (a.role <> 'agent' or ${agentsSeeIn('$1')} = 'everything' or ${isOwnOrTeams('d.agent_id')})
  )
  insert into push (workspace_id, push_id, subscription_id, cause, kind, conversation_id, due_at, expires_at, created_at)
  select $1, gen_random_uuid(), subscription_id, cause, kind, conversation_id, clock_timestamp(), expires_at, clock_timestamp()
  from news on conflict (workspace_id, subscription_id, cause) do nothing
  returning push_id as "pushId"`,
);

/** Answers how many came to be due. At several nodes at once, each is written once all the same. */
export async function findPushes(db: Db, workspaceId: string): Promise<number> {
  return (await query(db, find_, [workspaceId])).length;
}
