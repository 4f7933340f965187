// Whom a waiting conversation prefers because the contact knows them, and whether it waits for nobody but them. Pure.
import type { Plan } from '../contract/policy/plan.ts';
import { isReachable } from './eligible.ts';
import type { AgentState, Instant, Needs } from './types.ts';

/** What is kept of it between two looks. */
export interface StickyWait {
  plan: string;
  /** Until then nobody else may have it; null: it waits for nobody by name. */
  until: Instant | null;
  /** Agents who could not be reached at some look in this plan: it does not wait for them again. */
  over: readonly string[];
}

export interface Sticky {
  agentId: string | null;
  wait: StickyWait;
}

/**
 * Depends on its arguments alone: every node, and the simulator, judges it the same. `known`: whom
 * the contact knows, the first before the second. Of these, the first who can be reached is meant;
 * when nobody can, the first of all is preferred, but not waited for. The time counts as for steps.
 */
export function judgeSticky(
  { name, sticky }: Pick<Plan, 'name' | 'sticky'>,
  situation: {
    known: readonly AgentState[];
    needs: Needs;
    since: Instant;
    before: StickyWait | undefined;
    now: Instant;
  },
): Sticky {
  const { known, needs, since, before, now } = situation;
  const ended = before?.plan === name ? before.over : [];
  const isOver = (agent: AgentState) =>
    ended.includes(agent.agentId) || !isReachable(agent, needs, { now });
  const over = [...new Set([...ended, ...known.filter(isOver).map(({ agentId }) => agentId)])];
  const meant = known.find((agent) => !isOver(agent));
  const end = since + (sticky?.waitFor ?? 0) * 1000;
  return {
    agentId: (meant ?? known[0])?.agentId ?? null,
    wait: { plan: name, until: meant !== undefined && now < end ? end : null, over },
  };
}
