// Whom a customer asks for because they had it last time, and until when it waits for nobody else.
import type { Exclusion } from '../contract/exclusion.ts';
import { askedBefore } from '../routing/exclusions.ts';
import type { BotFirst } from '../routing/judge-bot.ts';
import { judgeSticky, type StickyWait } from '../routing/judge-sticky.ts';
import type { Routing } from '../routing/plans/compile-policy.ts';
import type { Placed } from '../routing/plans/place-in-plan.ts';
import { readSpan } from '../routing/plans/read-span.ts';
import type { AgentState, Instant, Needs } from '../routing/types.ts';
import type { LastAgent } from './contacts.ts';

/** What is kept of a customer between two looks. */
export interface Known {
  /** Agents who did not take it when it was offered to them. */
  exclusions: Exclusion[];
  /** Who served it last time, and when that ended; null: it is not known, or here for the first time. */
  last: LastAgent | null;
  /** Absent: its plan has not asked yet for the agent of last time. */
  wait?: StickyWait;
  /** Absent: no plan has asked for its bot yet. */
  bot?: BotFirst;
  /** By a bot or a person. */
  wasHeld: boolean;
}

/** Whom the customer prefers, and for whom alone it waits, kept on it; null: the plan does not ask, or they never met. */
export function findSticky(
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
): { agentId: string | null; awaits: { at: number; until: Instant } | null } | null {
  const { last, exclusions } = customer;
  const plan = placed === null ? undefined : routing?.plans.get(placed.plan);
  if (last === null || placed === null || plan?.sticky === undefined) return null;
  const { now, agents } = around;
  const known =
    now - last.endedAt <= readSpan(plan.sticky.within) ? [agents[last.at] as AgentState] : [];
  // It waits for nobody who was asked and did not take it.
  const excludedAgentIds = [...needs.excludedAgentIds, ...askedBefore(exclusions)];
  const { agentId, wait } = judgeSticky(plan, {
    ...{ known, needs: { ...needs, excludedAgentIds }, since: placed.since },
    ...{ before: customer.wait, now },
  });
  customer.wait = wait;
  return { agentId, awaits: wait.until === null ? null : { at: last.at, until: wait.until } };
}
