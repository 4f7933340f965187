// Refuses a plan that the policy in force does not have, and names the nearest.
import type { PolicyDocument } from '../contract/policy/document.ts';
import { Refused } from '../errors.ts';
import { nearestName } from '../routing/policy/nearest-name.ts';
import type { Db } from '../store/sql.ts';
import { getPolicy } from '../store/workspaces.ts';

/** Its plans by name, in their order; without rules none is used. */
export async function listPlanNames(db: Db, workspaceId: string): Promise<string[]> {
  const { plans = [], rules } = (await getPolicy(db, workspaceId)) as PolicyDocument;
  return rules === undefined ? [] : plans.map(({ name }) => name);
}

/** Refuses `plan.not-found`. */
export async function refuseUnknownPlan(db: Db, workspaceId: string, plan: string): Promise<void> {
  const names = await listPlanNames(db, workspaceId);
  if (names.includes(plan)) return;
  const near = nearestName(plan, names);
  const advice = near === null ? '' : ` Write “${near}” if you mean that.`;
  const listed = 'GET /api/v1/plans lists them.';
  throw new Refused('plan.not-found', `There is no plan “${plan}”.${advice} ${listed}`);
}
