// Lets an agent serve a customer, from the beginning to the end.
import type { SilenceLimits } from '../contract/policy/plan.ts';
import type { Attention } from './attention.ts';
import type { Centre, Customer, Served } from './centre.ts';
import { foreseeSilence } from './foresee-silence.ts';

/** The agent holds it already. `plan`: by which it was given; null: by none. */
export function serve(
  centre: Centre,
  customer: Customer,
  { to, weight, plan }: { to: number; weight: number; plan: string | null },
): void {
  const { work, timetable, habits, now } = centre;
  const { nth, source, serviceMs } = customer;
  const { speed } = work.give(to, { isCounted: nth >= source.uncounted });
  customer.wasHeld = true;
  const ms = serviceMs / speed;
  const served: Served = {
    ...{ ms, weight, plan, customer },
    ...{ settledAt: null, heldAt: now, isOver: false },
  };
  const isUnanswered = habits.isUnanswered(to);
  if (isUnanswered) centre.unanswered += 1;
  else settleServed(centre, to, served);
  const attention = centre.attention[to] ?? null;
  if (attention === null) timetable.plan(now + ms, { what: 'end', agent: to, served });
  else {
    attention.begin(now, served);
    planSharedEnd(centre, to, attention);
  }
  limitSilence(centre, served, { to, isUnanswered });
}

/** It has come to somebody who serves it. */
export function settleServed(centre: Centre, to: number, served: Served): void {
  const { tally, agents } = centre;
  const { customer, heldAt, ms, plan } = served;
  const { name } = agents[to] as Centre['agents'][number];
  const waitMs = heldAt - customer.cameAt - customer.heldMs;
  served.settledAt = heldAt;
  customer.source.outcomes.serve(customer.nth, name, waitMs);
  tally.settle(customer, { outcome: 'served', waitMs, by: name });
  centre.witness?.serve(customer, heldAt, { ms, plan });
}

/** Where the plan says what follows when one of both says nothing any more. */
function limitSilence(
  centre: Centre,
  served: Served,
  { to, isUnanswered }: { to: number; isUnanswered: boolean },
): void {
  const { quietAfterMs, cameAt } = served.customer;
  if (!isUnanswered && quietAfterMs === null) return;
  const answeredAt = isUnanswered ? null : served.heldAt + (quietAfterMs ?? 0);
  const moments = { openedAt: cameAt, heldAt: served.heldAt, answeredAt };
  const silenced = foreseeSilence(silenceOf(centre, served.plan), moments);
  if (silenced === null) return;
  const { at, step } = silenced;
  centre.timetable.plan(at, { what: 'silenced', agent: to, served, step });
}

function silenceOf({ queue }: Centre, plan: string | null): SilenceLimits | undefined {
  return plan === null ? undefined : queue.policy.routing?.plans.get(plan)?.silence;
}

function planSharedEnd({ timetable }: Centre, agent: number, attention: Attention<Served>): void {
  const at = attention.next();
  if (at === null) return;
  timetable.plan(at, { what: 'shared-end', agent, changes: attention.changes() });
}

/** null: nothing has ended, because something changed since it was planned. */
export function endShared(
  centre: Centre,
  { agent, changes }: { agent: number; changes: number },
): Served | null {
  const attention = centre.attention[agent] ?? null;
  if (attention === null || attention.changes() !== changes) return null;
  const served = attention.finish(centre.now);
  planSharedEnd(centre, agent, attention);
  return served;
}

/** It ends before its time; the others that the agent holds go on. */
export function dropService(centre: Centre, agent: number, served: Served): void {
  const attention = centre.attention[agent] ?? null;
  served.isOver = true;
  if (attention === null) return;
  attention.drop(centre.now, served);
  planSharedEnd(centre, agent, attention);
}
