// The client ids of visitors at a broker beside us, so that their connections can be ended there.
import { batch } from './batch.ts';
import { type Db, query, queryOne, statement } from './sql.ts';
import { listing } from './workspaces-with.ts';

/**
 * Each connection of a session has a client id of its own, and the broker does not say which have
 * ended.
 */
const MOST_CLIENTS = 100;

const noteClient_ = statement<{ known: boolean }>(
  'note-web-client',
  `with noted as (
    update web_session set client_ids = client_ids || $3::text
    where workspace_id = $1 and session_id = $2 and not $3 = any (client_ids)
      and cardinality(client_ids) < ${MOST_CLIENTS} and ended_at is null
    returning session_id
  )
  select true as known from noted
  union all
  select true from web_session where workspace_id = $1 and session_id = $2 and $3 = any (client_ids) and ended_at is null`,
);

/**
 * false: the session has ended, or has had so many connections that its browser should ask for a
 * new one.
 */
export async function noteWebClient(
  db: Db,
  args: { workspaceId: string; sessionId: string; clientId: string },
): Promise<boolean> {
  const row = await queryOne(db, noteClient_, [args.workspaceId, args.sessionId, args.clientId]);
  return row !== null;
}

const listEnded_ = statement<{ sessionId: string; clientIds: string[] }>(
  'list-ended-web-clients',
  `select session_id as "sessionId", client_ids as "clientIds" from web_session
  where workspace_id = $1 and ended_at is not null and client_ids <> '{}' limit 500`,
);

/** Of ended sessions, whose connections may still be there. */
export function listEndedClients(
  db: Db,
  workspaceId: string,
): Promise<{ sessionId: string; clientIds: string[] }[]> {
  return query(db, listEnded_, [workspaceId]);
}

const cut = batch<{ sessionId: string; clientId: string }>(2, {
  session_id: ['uuid', ({ sessionId }) => sessionId],
  client_id: ['text', ({ clientId }) => clientId],
});
const forgetEnded_ = statement<never>(
  'forget-ended-web-clients',
  `update web_session s set client_ids = array(
      select id from unnest(s.client_ids) as id where id <> all (g.client_ids))
  from (select session_id, array_agg(client_id) as client_ids from ${cut.rows} t group by session_id) g
  where s.workspace_id = $1 and s.session_id = g.session_id`,
);

/** Their connections have been cut. */
export async function forgetEndedClients(
  db: Db,
  workspaceId: string,
  clients: readonly { sessionId: string; clientId: string }[],
): Promise<void> {
  await query(db, forgetEnded_, [workspaceId, ...cut.values(clients)]);
}

const listToCut_ = statement<{ workspaceId: string }>(
  'list-workspaces-with-ended-clients',
  listing({
    table: 'web_session',
    where: `t.ended_at is not null and t.client_ids <> '{}'`,
  }),
);

export async function listWorkspacesWithEndedClients(db: Db): Promise<string[]> {
  return (await query(db, listToCut_, [])).map(({ workspaceId }) => workspaceId);
}
