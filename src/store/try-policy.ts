// The conversations on which a policy is tried: those that wait, and the last ones. Nothing is locked or written.

import type { ConversationState } from '../contract/conversation-states.ts';
import { unindexed } from './guide-planner.ts';
import {
  type CostlyFact,
  type PlacingRow,
  placingValues,
  selectForPlacing,
} from './read-for-placing.ts';
import { type Db, query, statement } from './sql.ts';

const listWaiting_ = statement<{ conversationId: string; of: number }>(
  'list-waiting-to-try',
  `with queue as (
    select conversation_id, row_number() over (order by needs, rank_at, conversation_id) as nth, count(*) over () as total
    from conversation where workspace_id = $1 and state = 'waiting'
  )
  select conversation_id as "conversationId", total::integer as of from queue
  where total <= $2 or nth * $2 / total <> (nth - 1) * $2 / total
  order by nth`,
);

/**
 * Those that wait, in the order of their needs and rank; of more than `limit` as many, spread evenly
 * over that order. `of`: how many wait.
 */
export async function listWaitingToTry(
  db: Db,
  { workspaceId, limit }: { workspaceId: string; limit: number },
): Promise<{ of: number; conversationIds: string[] }> {
  const rows = await query(db, listWaiting_, [workspaceId, limit]);
  return { of: rows[0]?.of ?? 0, conversationIds: rows.map((row) => row.conversationId) };
}

const listLast_ = statement<{ conversationId: string }>(
  'list-last-to-try',
  `select conversation_id as "conversationId" from (
    (select conversation_id, queued_at from conversation where workspace_id = $1 and state = 'closed'
      order by closed_at desc, conversation_id desc limit $2)
    union all
    (select conversation_id, queued_at from conversation where workspace_id = $1 and state in ('assigned', 'parked')
      order by queued_at desc limit $2)
  ) recent order by queued_at desc, conversation_id desc limit $2`,
);

/** The last to arrive of those that are held and of the last that have ended. */
export async function listLastToTry(
  db: Db,
  { workspaceId, limit }: { workspaceId: string; limit: number },
): Promise<string[]> {
  const rows = await query(db, listLast_, [workspaceId, limit]);
  return rows.map((row) => row.conversationId);
}

export interface TriedRow extends PlacingRow {
  state: ConversationState;
  skillLevels: number[];
  contactExternalId: string;
}

const also = `c.state, c.skill_levels as "skillLevels", k.external_id as "contactExternalId",`;
const readWaiting_ = statement<TriedRow>(
  'read-waiting-to-try',
  selectForPlacing({ which: `${unindexed('state')} = 'waiting'`, also }),
);
const readLast_ = statement<TriedRow>(
  'read-last-to-try',
  selectForPlacing({
    which: `${unindexed('state')} <> 'waiting'`,
    until: 'p.closed_at <= c.queued_at',
    also,
  }),
);

const readAsked_ = statement<TriedRow>(
  'read-asked-again',
  selectForPlacing({
    which: `${unindexed('state')} <> 'waiting'`,
    until: `p.closed_at <= to_timestamp((c.route #>> '{seen,at}')::float8 / 1000)`,
    also,
  }),
);

const reads = { waiting: readWaiting_, last: readLast_, asked: readAsked_ };

/** In no order. Of the last ones, the contact's earlier conversations are those that had ended when it came; of `asked` ones, when the rules were asked. */
export function readToTry(
  db: Db,
  which: keyof typeof reads,
  args: {
    workspaceId: string;
    conversationIds: readonly string[];
    facts: readonly CostlyFact[];
  },
): Promise<TriedRow[]> {
  return query(db, reads[which], placingValues(args));
}
