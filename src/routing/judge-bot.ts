// Whether a waiting conversation is given to the bot of its plan first, and until when nobody else is asked. Pure.
import { findObstacle } from './eligible.ts';
import type { AgentState, Instant, Needs } from './types.ts';

/** What is kept of it between two looks. */
export interface BotFirst {
  plan: string;
  agentId: string;
  /** Nobody else is asked before. */
  until: Instant;
}

/** A bot that has room at the first look is given it by the same pass, or by the next one. */
const TRY_MS = 1000;

/**
 * null: people are asked. Only what nobody has had since it came to the plan, and only a bot that can take it now:
 * nobody waits for a bot.
 */
export function judgeBot(
  plan: { name: string; agentId: string | undefined },
  situation: {
    agent: AgentState | undefined;
    needs: Needs;
    before: BotFirst | undefined;
    /** Somebody has had it, or the bot has left it. */
    isOver: boolean;
    now: Instant;
  },
): BotFirst | null {
  const { agent, needs, before, isOver, now } = situation;
  if (plan.agentId === undefined || agent?.isBot !== true || isOver) return null;
  const { agentId } = agent;
  const isSame = before?.plan === plan.name && before.agentId === agentId;
  const until = isSame ? before.until : now + TRY_MS;
  if (until <= now || findObstacle(agent, { ...needs, botAgentId: agentId }, { now }) !== null) {
    return null;
  }
  return { plan: plan.name, agentId, until };
}
