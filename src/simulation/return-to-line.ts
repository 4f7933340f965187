// An agent has it no more and others are to have it: back in line at its old rank, with what the agent held it taken off the waiting in its plan.
import { exclude } from '../routing/exclusions.ts';
import type { Entered } from '../routing/plans/place-in-plan.ts';
import type { SimulatedAgent } from './agents.ts';
import { type Centre, isInTail, type Served } from './centre.ts';
import { charge } from './charge.ts';
import { match } from './give.ts';
import { end, place } from './stand-in-line.ts';

/** `cause`: why this agent is kept from it for a while; null: it is not. */
export function returnToLine(
  centre: Centre,
  agent: number,
  { served, cause }: { served: Served; cause: string | null },
): void {
  const { agents, timetable, now } = centre;
  const { customer, weight, heldAt } = served;
  const { agentId } = (agents[agent] as SimulatedAgent).state;
  charge(centre, agent, -weight);
  customer.entered = later(customer.entered, now - heldAt);
  if (cause !== null)
    customer.exclusions = exclude(customer.exclusions, { agentId, cause, now: new Date(now) });
  const { leavesAt } = customer;
  if (leavesAt !== null && leavesAt < now) end(centre, customer, 'abandoned');
  else if (!isInTail(centre, now)) place(centre, customer, { freed: agent });
  // Whoever was given to somebody at once has no appointment yet; without patience it is tried first, as at the door.
  if (leavesAt !== null && leavesAt >= now) timetable.plan(leavesAt, { what: 'leave', customer });
  if (customer.place !== null) centre.witness?.wait(customer, now);
  match(centre, { agent });
}

const later = (entered: Entered | null, ms: number): Entered | null =>
  entered === null ? null : { ...entered, since: entered.since + ms };
