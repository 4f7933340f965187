// Counts how many wait by each plan.
import type { Centre, Customer } from './centre.ts';

/** null: it waits no more. */
export function waitBy({ inPlan }: Centre, customer: Customer, plan: string | null): void {
  if (customer.plan === plan) return;
  if (customer.plan !== null) inPlan.set(customer.plan, (inPlan.get(customer.plan) ?? 1) - 1);
  if (plan !== null) inPlan.set(plan, (inPlan.get(plan) ?? 0) + 1);
  customer.plan = plan;
}
