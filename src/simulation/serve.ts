// Lets an agent serve a customer, from the beginning to the end.
import type { SilenceLimits } from '../contract/policy/plan.ts';
import type { Instant } from '../routing/types.ts';
import type { Attention } from './attention.ts';
import type { Centre, Customer, Served } from './centre.ts';
import { foreseeSilence } from './foresee-silence.ts';
import type { Tally } from './tally.ts';

/** The agent holds it already. `plan`: by which it was given; null: by none. */
export function serve(
  centre: Centre,
  customer: Customer,
  { to, weight, plan }: { to: number; weight: number; plan: string | null },
): void {
  const { work, timetable, habits, now } = centre;
  const { nth, source, serviceMs, firstAnswerMs, plannedTransfers, isAnswered } = customer;
  const { speed } = work.give(to, { isCounted: nth >= source.uncounted });
  customer.wasHeld = true;
  const transfer = plannedTransfers[customer.transfers] ?? null;
  const ms = (transfer?.afterMs ?? serviceMs) / speed;
  const isUnanswered = habits.isUnanswered(to);
  const answerMs =
    firstAnswerMs === null || isUnanswered || isAnswered ? null : firstAnswerMs / speed;
  // Whoever transfers it before has not answered.
  const isLate = answerMs !== null && transfer !== null && answerMs > ms;
  const markMs = answerMs === null || isLate ? null : Math.min(answerMs, ms);
  const served: Served = {
    ...{ ms, markMs, weight, plan, customer, transfer },
    ...{ settledAt: null, heldAt: now, isOver: false },
  };
  if (isUnanswered) centre.unanswered += 1;
  else settleServed(centre, to, served);
  const attention = centre.attention[to] ?? null;
  if (attention === null) {
    timetable.plan(now + ms, { what: 'end', agent: to, served });
    if (markMs !== null) noteAnswer(centre.tally, served, now + markMs);
  } else {
    attention.begin(now, served);
    planSharedEnd(centre, to, attention);
  }
  limitSilence(centre, served, { to, isUnanswered });
}

/** It has come to somebody who serves it, the first or after a transfer. */
export function settleServed(centre: Centre, to: number, served: Served): void {
  const { tally, agents } = centre;
  const { customer, heldAt, ms, plan } = served;
  const { name } = agents[to] as Centre['agents'][number];
  served.settledAt = heldAt;
  centre.witness?.serve(customer, heldAt, { ms, plan });
  if (customer.isServed) {
    noteNext(served);
    return;
  }
  const { source, nth } = customer;
  const waitMs = heldAt - customer.cameAt - customer.heldMs;
  customer.isServed = true;
  if (nth >= source.uncounted) source.counts.served += 1;
  source.outcomes.serve(nth, name, waitMs);
  tally.settle(customer, { outcome: 'served', waitMs, by: name });
}

function noteNext({ customer, heldAt }: Served): void {
  const { source, nth, waitsAgainSince } = customer;
  if (waitsAgainSince === null) return;
  customer.waitsAgainSince = null;
  if (nth >= source.uncounted) source.counts.waits.push((heldAt - waitsAgainSince) / SECOND);
}

const SECOND = 1000;

/** The agent has answered for the first time. Whoever writes no more after a while was answered by then. */
export function noteAnswer(tally: Tally, { customer, heldAt }: Served, at: Instant): void {
  customer.isAnswered = true;
  const { source, nth, cameAt, heldMs, quietAfterMs } = customer;
  const byThen = quietAfterMs === null ? at : Math.min(at, heldAt + quietAfterMs);
  const afterMs = byThen - cameAt - heldMs;
  source.outcomes.answer(nth, afterMs);
  tally.answer(customer, afterMs);
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
