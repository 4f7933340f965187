// Whether the visitors of conversations over the web are still there.
import { type Db, query, statement } from './sql.ts';
import { listing } from './workspaces-with.ts';

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

const revive_ = statement<never>(
  'revive-web-conversation',
  `update web_conversation set ended = false, seen_at = clock_timestamp()
  where workspace_id = $1 and conversation_id = $2`,
);

/** Its end was taken back: the visitor's time starts again. */
export async function reviveWebConversation(
  db: Db,
  key: { workspaceId: string; conversationId: string },
): Promise<void> {
  await query(db, revive_, [key.workspaceId, key.conversationId]);
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
