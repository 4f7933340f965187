// The bot that is given a customer before people are, by the router's own judgement; kept on the customer, so that a plan asks for it once.
import { type BotFirst, judgeBot } from '../routing/judge-bot.ts';
import type { Routing } from '../routing/plans/compile-policy.ts';
import type { Placed } from '../routing/plans/place-in-plan.ts';
import type { AgentState, Instant, Needs } from '../routing/types.ts';
import type { Known } from './find-sticky.ts';
import { placeOf } from './narrow.ts';

const OVER = 0;

/** null: people are asked. */
export function findBot(
  routing: Routing | null,
  customer: Known,
  {
    placed,
    needs,
    around,
  }: {
    placed: Placed | null;
    needs: Needs;
    around: { now: Instant; agents: readonly AgentState[] };
  },
): BotFirst | null {
  if (placed === null || placed.ends !== null) return null;
  const { plan: name } = placed;
  const agentId = routing?.plans.get(name)?.bot?.agent;
  if (agentId === undefined) return null;
  const { now, agents } = around;
  const agent = agents[placeOf(agents, agentId)];
  const bot = judgeBot(
    { name, agentId },
    {
      agent: agent?.agentId === agentId ? agent : undefined,
      ...{ needs, before: customer.bot, isOver: customer.wasHeld, now },
    },
  );
  customer.bot = bot ?? { plan: name, agentId, until: OVER };
  return bot;
}
