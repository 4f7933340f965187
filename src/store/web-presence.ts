// Whether the visitors of conversations over the web are still there.
import { type Db, query, queryOne, statement } from './sql.ts';
import { listing } from './workspaces-with.ts';

/** SQL: the visitor is not there and need not be, for as long as an unused session stands. */
const WHEN_THEY_COME = `clock_timestamp() + interval '30 days'`;

const noteSeen_ = statement<never>(
  'note-visitors-seen',
  `update web_conversation w set seen_at = clock_timestamp() from unnest($2::uuid[]) as seen(id)
  where w.workspace_id = $1 and w.conversation_id = seen.id`,
);

export async function noteVisitorsSeen(
  db: Db,
  args: { workspaceId: string; conversationIds: readonly string[] },
): Promise<void> {
  await query(db, noteSeen_, [args.workspaceId, args.conversationIds]);
}

const listSilent_ = statement<{ conversationId: string }>(
  'list-silent-web-conversations',
  `with over as (
    update web_conversation w set ended = true from conversation c
    where w.workspace_id = $1 and not w.ended and c.workspace_id = $1 and c.conversation_id = w.conversation_id
      and c.state = 'closed'
  )
  select w.conversation_id as "conversationId" from web_conversation w
  join conversation c on c.workspace_id = $1 and c.conversation_id = w.conversation_id and c.state not in ('closed', 'parked')
  where w.workspace_id = $1 and not w.ended and not c.meta @> '{"left": true}' and w.seen_at <= clock_timestamp() - make_interval(secs => $2)
  limit 500`,
);

/**
 * Open ones whose visitor has been silent for that long; visitors who left a message need not stay, nor those whose
 * agent has parked it.
 */
export async function listSilentWebConversations(
  db: Db,
  args: { workspaceId: string; silentSeconds: number },
): Promise<string[]> {
  const rows = await query(db, listSilent_, [args.workspaceId, args.silentSeconds]);
  return rows.map(({ conversationId }) => conversationId);
}

// Another one of the visitor, which has ended too, may have the topic still; their session may have come to it since.
const revive_ = statement<never>(
  'revive-web-conversation',
  `with mine as (
    select w.session_topic, c.channel_id, c.external_id from web_conversation w
    join conversation c on c.workspace_id = $1 and c.conversation_id = w.conversation_id
    where w.workspace_id = $1 and w.conversation_id = $2
  ), freed as (
    update web_conversation w set ended = true from mine m, conversation c
    where w.workspace_id = $1 and w.session_topic = m.session_topic and w.conversation_id <> $2 and not w.ended
      and c.workspace_id = $1 and c.conversation_id = w.conversation_id and c.state = 'closed'
    returning w.conversation_id
  ), joined as (
    update web_session s set conversation_id = $2 from mine m
    where s.workspace_id = $1 and s.channel_id = m.channel_id and s.customer_id = m.external_id and s.ended_at is null
  )
  update web_conversation set ended = false, seen_at = case when $3::boolean then ${WHEN_THEY_COME} else clock_timestamp() end
  where workspace_id = $1 and conversation_id = $2 and conversation_id not in (select conversation_id from freed)`,
);

/** Its end was taken back: the visitor's time starts again, late when they come, and what they have open shows it. */
export async function reviveWebConversation(
  db: Db,
  key: { workspaceId: string; conversationId: string; late: boolean },
): Promise<void> {
  await query(db, revive_, [key.workspaceId, key.conversationId, key.late]);
}

const await_ = statement<never>(
  'await-visitor',
  `update web_conversation set seen_at = ${WHEN_THEY_COME} where workspace_id = $1 and conversation_id = $2`,
);

/** An agent wrote first: the visitor's time begins when they come. */
export async function awaitVisitor(
  db: Db,
  { workspaceId, conversationId }: { workspaceId: string; conversationId: string },
): Promise<void> {
  await query(db, await_, [workspaceId, conversationId]);
}

const reachable_ = statement<{ found: boolean }>(
  'is-visitor-reachable',
  `select exists (select from web_session s where s.workspace_id = $1 and s.channel_id = $2 and s.customer_id = $3
    and s.ended_at is null) as found`,
);

/** A session of theirs stands, by which they find what is written to them when they come back. */
export async function isVisitorReachable(
  db: Db,
  { workspaceId, channelId, customerId }: Visiting,
): Promise<boolean> {
  return (await queryOne(db, reachable_, [workspaceId, channelId, customerId]))?.found ?? false;
}

export interface Visiting {
  workspaceId: string;
  channelId: string;
  customerId: string;
}

const listTalking_ = statement<{ workspaceId: string }>(
  'list-workspaces-with-web-conversations',
  listing({
    table: 'web_conversation',
    where: 'not t.ended',
  }),
);

/** Workspaces with a conversation over the web that may not have ended. */
export async function listWorkspacesWithWebConversations(db: Db): Promise<string[]> {
  return (await query(db, listTalking_, [])).map(({ workspaceId }) => workspaceId);
}
