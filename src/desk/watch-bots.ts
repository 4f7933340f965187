// Looks at what bots have: says which of it people get, and when the others are looked at next.
import { readBotLimits } from '../contract/bot-limits.ts';
import type { BotFailure, BotLine } from '../contract/bots.ts';
import { followBot } from '../routing/follow-bot.ts';
import { readBotLines } from '../store/bots.ts';
import { lockConversation } from '../store/conversations.ts';
import type { SilenceWrite, SilentRow } from '../store/silence.ts';
import type { Tx } from '../store/tx.ts';
import type { After } from './commit.ts';
import { takeFailed } from './hand-over-from-bot.ts';
import type { KnownPolicy } from './known-policies.ts';

export interface LookedAtBot {
  row: SilentRow;
  write: SilenceWrite;
  /** null: the bot keeps it. */
  failure: BotFailure | null;
}

/** Needs the rows locked. */
export async function lookAtBots(
  tx: Tx,
  {
    workspaceId,
    inForce,
    rows,
  }: { workspaceId: string; inForce: KnownPolicy; rows: readonly SilentRow[] },
): Promise<LookedAtBot[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ conversationId }) => conversationId);
  const lines = await readBotLines(tx, workspaceId, ids);
  return rows.map((row) => look(row, { inForce, lines: lines.get(row.conversationId) ?? [] }));
}

function look(
  row: SilentRow,
  { inForce, lines }: { inForce: KnownPolicy; lines: readonly BotLine[] },
): LookedAtBot {
  const { conversationId, plan, now, confirmedAt, isOnline } = row;
  const limits = readBotLimits(inForce.policy.routing?.plans.get(plan ?? '')?.bot);
  const heldAt = confirmedAt ?? now;
  const { failure, nextAt } = isOnline
    ? followBot({ limits, lines, heldAt }, now)
    : { failure: 'bot-off' as const, nextAt: null };
  const write = {
    ...{ conversationId, silence: null, awaits: 'bot' as const, unansweredAt: null },
    nextAt: nextAt === null ? null : new Date(Math.ceil(nextAt)),
  };
  return { row, write, failure };
}

/** People get it, in the transaction of the look. */
export async function takeFromBots(
  tx: Tx,
  after: After<Tx>,
  { workspaceId, looked }: { workspaceId: string; looked: readonly LookedAtBot[] },
): Promise<void> {
  for (const { row, failure } of looked) {
    if (failure === null) continue;
    const key = { workspaceId, conversationId: row.conversationId };
    const conversation = await lockConversation(tx, key);
    if (conversation?.agentId == null) continue;
    await takeFailed(tx, after, { ...key, conversation, reason: failure });
  }
}
