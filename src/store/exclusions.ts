// The ends of exclusions: who may be asked again for a conversation that waits.

import { kindsWith } from '../contract/channel-kinds.ts';
import type { Exclusion } from '../contract/exclusion.ts';
import { batch } from './batch.ts';
import type { Writing } from './effects.ts';
import type { WaitingGroup } from './queue.ts';
import { sendToRules } from './send-to-rules.ts';
import { type Db, query, statement } from './sql.ts';
import type { Tx } from './tx.ts';
import { listing } from './workspaces-with.ts';

export interface Excluding
  extends Omit<WaitingGroup, 'needsKey' | 'skillLevels' | 'plan' | 'channelKind'> {
  conversationId: string;
  exclusions: Exclusion[];
  /** By the clock that the ends are compared with. */
  now: Date;
}

const listEnding_ = statement<{ workspaceId: string }>(
  'list-workspaces-with-ended-exclusions',
  listing({
    table: 'conversation',
    where: `t.state = 'waiting' and t.exclusion_ends_at is not null`,
    due: `select from conversation c where c.workspace_id = w.workspace_id and c.state = 'waiting'
    and c.exclusion_ends_at <= statement_timestamp()`,
  }),
);

export async function listWorkspacesWithEndedExclusions(db: Db): Promise<string[]> {
  return (await query(db, listEnding_, [])).map(({ workspaceId }) => workspaceId);
}

// In the order of the ids, as a claim locks them. A row that is being changed is left to the next
// time.
const lockEnding_ = statement<Excluding>(
  'lock-ending-exclusions',
  `select c.conversation_id as "conversationId", c.channel_id as "channelId", h.kind = any ($3::text[]) as remote,
    c.external_channel_id as "externalChannelId", c.team_id as "teamId", c.skill_ids as "skillIds", c.weight,
    c.excluded_agent_ids as "excludedAgentIds", c.handed_to as "handedTo", c.handed_until is not null as "isTheirs", c.exclusions, clock_timestamp() as now
  from conversation c join channel h on h.workspace_id = $1 and h.channel_id = c.channel_id
  where c.workspace_id = $1 and c.conversation_id in (select conversation_id from conversation
    where workspace_id = $1 and state = 'waiting' and exclusion_ends_at is not null
      and (exclusion_ends_at <= clock_timestamp() or excluded_agent_ids && $2::uuid[])
    order by exclusion_ends_at limit 1000)
  order by c.conversation_id for update of c skip locked`,
);

/** Conversations with an exclusion that has ended, or that excludes one of these agents. */
export function lockEndingExclusions(
  tx: Tx,
  args: { workspaceId: string; agentIds: readonly string[] },
): Promise<Excluding[]> {
  return query(tx, lockEnding_, [args.workspaceId, args.agentIds, kindsWith('desk', 'remote')]);
}

const changed = batch<NewExclusions>(2, {
  conversation_id: ['uuid', ({ conversationId }) => conversationId],
  exclusions: ['jsonb', ({ exclusions }) => exclusions],
  excluded_agent_ids: ['uuid[]', ({ excludedAgentIds }) => excludedAgentIds],
  ends_at: ['timestamptz', ({ endsAt }) => endsAt],
  needs: ['text', ({ needsKey }) => needsKey],
});
const put_ = statement<never>(
  'put-exclusions',
  `update conversation c set exclusions = t.exclusions, excluded_agent_ids = t.excluded_agent_ids,
    exclusion_ends_at = t.ends_at, ${sendToRules('c', 't.needs')}
  from ${changed.rows} t
  where c.workspace_id = $1 and c.conversation_id = t.conversation_id and c.state = 'waiting'`,
).needs('wake');

export interface NewExclusions {
  conversationId: string;
  exclusions: readonly Exclusion[];
  excludedAgentIds: readonly string[];
  endsAt: Date | null;
  needsKey: string;
}

/** Needs the rows locked. */
export async function putExclusions(
  tx: Writing<typeof put_, Tx>,
  workspaceId: string,
  changes: readonly NewExclusions[],
): Promise<void> {
  await query(tx, put_, [workspaceId, ...changed.values(changes)]);
}
