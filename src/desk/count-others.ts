// How many wait in each plan that may be full, while several are placed one after the other.
import { ownValue } from '../contract/own-value.ts';
import type { Routing } from '../routing/plans/compile-policy.ts';
import type { Placed } from '../routing/plans/place-in-plan.ts';
import { countOthersInPlans } from '../store/plan-figures.ts';
import type { PlacingRow } from '../store/read-for-placing.ts';
import type { Db } from '../store/sql.ts';

export interface Others {
  /** Of those placed so far, and of all that are not placed now: exact as long as the plan is not full. */
  of(plan: string): number;
  add(placed: Pick<Placed, 'plan' | 'ends' | 'untried'>): void;
}

/** Whether this policy has placed it in the plan where it stands, and nobody could be given it there. */
export function isTried({ served, plan }: PlacingRow, isKnown: boolean): boolean {
  return isKnown && served && plan !== null;
}

/** It was judged there before: nobody is sent away later. */
export function isJudged({ route, plan }: PlacingRow): boolean {
  return plan !== null && ownValue(route?.entered?.full, plan) !== undefined;
}

/** Read only where somebody is to be judged: `rows` are placed now, `given` were just given to somebody. */
export async function countOthers(
  db: Db,
  args: {
    workspaceId: string;
    routing: Routing;
    rows: readonly PlacingRow[];
    given: readonly string[];
  },
): Promise<Others> {
  const { workspaceId, routing, rows, given } = args;
  const limited = rows.flatMap((row): [string, number][] => {
    const { plan } = row;
    const most = plan === null ? undefined : routing.plans.get(plan)?.limits?.waiting;
    const isToJudge = row.served && !isJudged(row);
    return plan !== null && most !== undefined && isToJudge ? [[plan, most]] : [];
  });
  const plans = [...new Set(limited.map(([plan]) => plan))];
  const most = Math.max(...limited.map(([, limit]) => limit));
  const without = [...rows.map(({ conversationId }) => conversationId), ...given];
  const counts =
    plans.length === 0
      ? new Map<string, number>()
      : await countOthersInPlans(db, { workspaceId, plans, most, without });
  return {
    of: (plan) => counts.get(plan) ?? 0,
    add: ({ plan, ends, untried }) => {
      if (ends === null && !untried) counts.set(plan, (counts.get(plan) ?? 0) + 1);
    },
  };
}
