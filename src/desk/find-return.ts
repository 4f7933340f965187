// What has come back from parking stands in the queue for its agent alone first, with or without a plan.
import type { Plan } from '../contract/policy/plan.ts';
import { judgeReturn } from '../routing/judge-return.ts';
import type { Sticky } from '../routing/judge-sticky.ts';
import type { AgentState, Instant, Needs } from '../routing/types.ts';
import type { Route, Unruled } from '../store/read-for-placing.ts';

/** null: it has not come back, or waits for its agent no more. */
export function findReturn(
  route: Route | Unruled | null,
  args: {
    plan: Pick<Plan, 'name' | 'sticky'>;
    agentOf(agentId: string): AgentState | undefined;
    needs: Needs;
    now: Instant;
  },
): (Sticky & { agentId: string }) | null {
  const { plan, agentOf, needs, now } = args;
  const { returning, wait } = route ?? {};
  if (returning === undefined) return null;
  const { agentId } = returning;
  const agent = agentOf(agentId) ?? null;
  const until = judgeReturn(returning, {
    ...{ agent, needs, now },
    waitSeconds: plan.sticky?.waitFor ?? 0,
  });
  if (until === null) return null;
  const over = wait?.plan === plan.name ? wait.over : [];
  return { agentId, wait: { plan: plan.name, until, over } };
}

/** The route without it once it waits for that agent no more. Until then the contact is not told who they are. */
export function keepReturn(route: Route, back: Sticky | null): Route {
  const { returning, ...others } = route;
  const until = back?.wait.until ?? null;
  if (returning === undefined || until === null) return others;
  const { assigned: _, ...kept } = others;
  return { ...kept, returning: { ...returning, until } };
}
