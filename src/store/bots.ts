// Bots: agents that are programs, what they and their contacts say, and what they leave behind.
import type { BotHandover, BotLine, PlanBot } from '../contract/bots.ts';
import { batch } from './batch.ts';
import type { Writing } from './effects.ts';
import { lookedUp } from './guide-planner.ts';
import { type Db, query, queryOne, statement } from './sql.ts';
import type { Tx } from './tx.ts';

/** The events of which a bot is told while it has a conversation, or when it is taken from it. */
export const botEvents = [
  'conversation.assigned',
  'message.created',
  'conversation.closed',
  'conversation.left-by-bot',
  'conversation.requeued',
  'conversation.transferred',
  'conversation.taken-over',
  'conversation.given-back',
  'conversation.parked',
] as const;

/** SQL: the agent of workspace $1 is a bot; false also for none. Asked once a statement, however many rows it has. */
export function isBot(agentId: string): string {
  return `coalesce(${agentId} in (select agent_id from agent where workspace_id = $1 and kind = 'bot'), false)`;
}

const isBot_ = statement<{ isBot: boolean }>(
  'is-agent-a-bot',
  `select kind = 'bot' as "isBot" from agent where workspace_id = $1 and agent_id = $2`,
);

/** false also where there is no such agent. */
export async function isBotAgent(
  db: Db,
  { workspaceId, agentId }: { workspaceId: string; agentId: string },
): Promise<boolean> {
  return (await queryOne(db, isBot_, [workspaceId, agentId]))?.isBot ?? false;
}

const MOST_LINES = 400;

const asked = batch<{ conversationId: string }>(2, {
  conversation_id: ['uuid', ({ conversationId }) => conversationId],
});

// What was said before somebody had it for the last time is theirs.
const readLines_ = statement<{ conversationId: string; lines: BotLine[] }>(
  'read-lines-for-bots',
  `select g.conversation_id as "conversationId", jsonb_agg(m.line order by m.seq) as lines from ${asked.rows} g
  join conversation c on c.workspace_id = $1 and c.conversation_id = g.conversation_id
  cross join ${lookedUp(`select m.seq, jsonb_build_object('by', m.author_kind, 'text', left(m.text, 2000),
      'at', extract(epoch from m.created_at)::float8 * 1000) as line from message m
    where m.workspace_id = $1 and m.conversation_id = g.conversation_id and m.kind = 'text' and not m.history
      and m.author_kind in ('contact', 'bot') and (c.previous_assigned_at is null or m.created_at >= c.previous_assigned_at)
    order by m.seq desc limit ${MOST_LINES}`)} m
  group by g.conversation_id`,
);

/** The last of what its contact and bots have said. Run it once the rows are locked: then nothing is missing. */
export async function readBotLines(
  tx: Db,
  workspaceId: string,
  conversationIds: readonly string[],
): Promise<Map<string, BotLine[]>> {
  const of = conversationIds.map((conversationId) => ({ conversationId }));
  const rows = await query(tx, readLines_, [workspaceId, ...asked.values(of)]);
  return new Map(rows.map(({ conversationId, lines }) => [conversationId, lines]));
}

const planBot_ = statement<{ bot: PlanBot | null }>(
  'read-bot-of-plan',
  `select (select p -> 'bot' from jsonb_array_elements(newest.body -> 'plans') p where p ->> 'name' = $2 limit 1) as bot
  from (select body from policy where workspace_id = $1 order by version desc limit 1) newest`,
);

/** What the policy in force says of the bot of a plan; undefined: nothing. */
export async function readBotOfPlan(
  db: Db,
  { workspaceId, plan }: { workspaceId: string; plan: string | null },
): Promise<PlanBot | undefined> {
  if (plan === null) return undefined;
  return (await queryOne(db, planBot_, [workspaceId, plan]))?.bot ?? undefined;
}

const leave_ = statement<never>(
  'leave-bot',
  `update conversation set left_by_bots = array_append(array_remove(left_by_bots, $3), $3), meta = meta || $4::jsonb
  where workspace_id = $1 and conversation_id = $2`,
).needs('conversation');

/** The bot is not given it again. Needs the row locked. */
export async function leaveBot(
  tx: Writing<typeof leave_, Tx>,
  args: { workspaceId: string; conversationId: string; botId: string } & Pick<
    BotHandover,
    'fields'
  >,
): Promise<void> {
  const { workspaceId, conversationId, botId, fields = {} } = args;
  await query(tx, leave_, [workspaceId, conversationId, botId, JSON.stringify(fields)]);
}

const heldByBot_ = statement<{ conversationId: string }>(
  'held-by-bot',
  `select conversation_id as "conversationId" from conversation
  where workspace_id = $1 and state = 'assigned' and agent_id = $2 order by rank_at limit 1000`,
);

export async function listHeldByBot(
  db: Db,
  { workspaceId, agentId }: { workspaceId: string; agentId: string },
): Promise<string[]> {
  const rows = await query(db, heldByBot_, [workspaceId, agentId]);
  return rows.map(({ conversationId }) => conversationId);
}

const webhook_ = statement<{ endpointId: string; enabled: boolean }>(
  'find-webhook-of-bot',
  `select endpoint_id as "endpointId", enabled from endpoint where workspace_id = $1 and agent_id = $2 and deleted_at is null`,
);

/** The endpoint at which the bot is told; null: none. */
export async function findWebhookOf(
  db: Db,
  { workspaceId, agentId }: { workspaceId: string; agentId: string },
): Promise<string | null> {
  return (await queryOne(db, webhook_, [workspaceId, agentId]))?.endpointId ?? null;
}

/** Whether it is told what happens: it has a webhook, and that is on. */
export async function isToldBot(
  db: Db,
  { workspaceId, agentId }: { workspaceId: string; agentId: string },
): Promise<boolean> {
  return (await queryOne(db, webhook_, [workspaceId, agentId]))?.enabled ?? false;
}
