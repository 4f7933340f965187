// Where a customer stands from one moment to the next: in which line, until when it is looked at again, and when it is gone.
import type { Instant } from '../routing/types.ts';
import { type Centre, type Customer, isInTail } from './centre.ts';
import type { Around } from './gather-facts.ts';
import { match } from './give.ts';
import type { Standing } from './plan-customers.ts';
import { joinQueue, leaveQueue, listAwaiting, type Place } from './queue.ts';
import { waitBy } from './wait-by.ts';

export function lookAround({ now, queue, inPlan }: Centre, self: Customer | null): Around {
  return {
    ...{ now, agents: queue.states },
    waitingIn: (plan) => (inPlan.get(plan) ?? 0) - Number(self?.plan === plan),
  };
}

/**
 * Puts it where it stands now, tries to give it to somebody, and plans when to look again. `freed`: an
 * agent who has just got room, so that whoever waits is given to them and to others by rank.
 */
export function place(
  centre: Centre,
  customer: Customer,
  { tried = false, freed }: { tried?: boolean; freed?: number } = {},
): void {
  const { customers, queue } = centre;
  const stands = customers.stand(customer, lookAround(centre, customer), tried);
  if (!customer.hasEntered) enter(centre, customer, stands.plan);
  if (stands.ended) {
    end(centre, customer, 'lost');
    return;
  }
  waitBy(centre, customer, stands.plan);
  const { place: before } = customer;
  if (before === null || hasMoved(before, stands)) {
    joinQueue(queue, customer, stands);
    match(centre, { item: customer, ...(freed !== undefined && { agent: freed }) });
  }
  if (customer.place === null) return;
  if (stands.untried && !tried) {
    place(centre, customer, { tried: true });
    return;
  }
  customer.dueAt = stands.dueAt;
  if (stands.dueAt !== null) lookAgain(centre, customer, stands.dueAt);
}

function hasMoved({ group, ...before }: Place<Customer>, stands: Standing): boolean {
  return (
    group.key !== stands.key ||
    before.rankAt !== stands.rankAt ||
    before.stickyAgentId !== stands.stickyAgentId
  );
}

function enter({ tally }: Centre, customer: Customer, plan: string | null): void {
  customer.firstPlan = plan;
  customer.hasEntered = true;
  tally.enter(customer);
}

function lookAgain(centre: Centre, customer: Customer, at: Instant): void {
  if (isInTail(centre, at)) return;
  centre.timetable.plan(at, { what: 'due', customer });
}

export function end(
  centre: Centre,
  customer: Customer,
  outcome: 'abandoned' | 'lost' | 'bot',
): void {
  leaveQueue(centre.queue, customer);
  waitBy(centre, customer, null);
  centre.witness?.leave(customer, centre.now);
  const { contact, source, nth } = customer;
  if (contact !== null) source.contacts?.leave(contact);
  if (customer.isServed) {
    if (nth >= source.uncounted) source.counts.left += 1;
    return;
  }
  const waitMs = outcome === 'bot' ? 0 : centre.now - customer.cameAt - customer.heldMs;
  source.outcomes.settle(nth, outcome, waitMs);
  centre.tally.settle(customer, { outcome, waitMs });
}

/** They wait for this agent alone, who may not be worth waiting for any more. */
export function placeAwaiting(centre: Centre, agent: number): void {
  for (const customer of listAwaiting(centre.queue, agent)) place(centre, customer);
}
