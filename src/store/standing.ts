// Checks for many connections at once whether the right they came in with still holds.
import type { Role } from '../contract/agents.ts';
import type { AgentsSee } from '../contract/settings.ts';
import { batch } from './batch.ts';
import { IS_ALIVE } from './login-sessions.ts';
import { agentsSeeIn } from './settings.ts';
import { type Db, query, statement } from './sql.ts';

/** At most one of the two; neither: a broker beside us has given only the agent's name. */
export interface Proof {
  sessionId: string | null;
  tokenId: string | null;
}

export const NO_PROOF: Proof = { sessionId: null, tokenId: null };

export type Standing = Proof & { agentId: string | null };

export interface Stands {
  place: number;
  /** Of the session's user or the token. */
  proofRole: Role | null;
  /** For a limited token; null: no limit. */
  scopes: string[] | null;
  agentRole: Role | null;
  agentName: string | null;
  agentsSee: AgentsSee;
}

const asked = batch<Standing>(2, {
  agent_id: ['uuid', ({ agentId }) => agentId],
  session_id: ['uuid', ({ sessionId }) => sessionId],
  token_id: ['uuid', ({ tokenId }) => tokenId],
});
const readStanding_ = statement<Stands>(
  'read-standing',
  `select p.place::integer, coalesce(u.role, t.role) as "proofRole", t.scopes,
    a.role as "agentRole", a.name as "agentName", ${agentsSeeIn('$1')} as "agentsSee"
  from ${asked.rows} p
  join workspace w on w.workspace_id = $1 and w.removed_at is null and w.suspended_at is null
  left join agent a on a.workspace_id = $1 and a.agent_id = p.agent_id and a.deleted_at is null
  left join login_session l on l.workspace_id = $1 and l.session_id = p.session_id and l.stage = 'full' and ${IS_ALIVE}
  left join user_account u on u.workspace_id = $1 and u.user_id = l.user_id and u.agent_id = p.agent_id
  left join token t on t.workspace_id = $1 and t.token_id = p.token_id and t.revoked_at is null
    and (t.expires_at is null or t.expires_at > now())
  where (p.agent_id is null or a.agent_id is not null) and (p.session_id is null or u.user_id is not null)
    and (p.token_id is null or t.token_id is not null)`,
);

/** The valid ones, by their place from 1; the others are missing. */
export function readStanding(
  db: Db,
  workspaceId: string,
  standings: readonly Standing[],
): Promise<Stands[]> {
  return query(db, readStanding_, [workspaceId, ...asked.values(standings)]);
}
