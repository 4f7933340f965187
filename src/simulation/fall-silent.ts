// Somebody says nothing any more in a conversation that an agent holds: when the plan ends it or gives it back, and what follows.
import { exclude, UNANSWERED } from '../routing/exclusions.ts';
import type { SimulatedAgent } from './agents.ts';
import { type Centre, isInTail, type Served } from './centre.ts';
import { charge } from './charge.ts';
import type { Silenced } from './foresee-silence.ts';
import { finishService, match } from './give.ts';
import { dropService } from './serve.ts';
import { end, place } from './stand-in-line.ts';

/** Void where the service has ended before. */
export function followSilenced(
  centre: Centre,
  {
    agent,
    served,
    step,
  }: {
    agent: number;
    served: Served;
    step: Silenced['step'];
  },
): void {
  if (served.isOver) return;
  dropService(centre, agent, served);
  if (step === 'end') finishService(centre, agent, served);
  else giveBack(centre, agent, served);
}

/** Back at its old rank, for somebody else, as the desk does: this agent is kept from it for a while and asked last after that. */
function giveBack(centre: Centre, agent: number, { customer, weight, heldAt }: Served): void {
  const { agents, work, timetable, now } = centre;
  const { agentId } = (agents[agent] as SimulatedAgent).state;
  work.leave(agent, { what: 'returned', isCounted: customer.nth >= customer.source.uncounted });
  charge(centre, agent, -weight);
  centre.unanswered -= 1;
  const { entered } = customer;
  // To the customer the wait goes on; to the limits of its plan what the agent held it was none.
  if (entered !== null) customer.entered = { ...entered, since: entered.since + now - heldAt };
  customer.exclusions = exclude(customer.exclusions, {
    agentId,
    cause: UNANSWERED,
    now: new Date(now),
  });
  const { leavesAt } = customer;
  if (leavesAt !== null && leavesAt <= now) end(centre, customer, 'abandoned');
  else if (!isInTail(centre, now)) place(centre, customer, { freed: agent });
  // Whoever was given to somebody at once has no appointment yet.
  if (leavesAt !== null && leavesAt > now) timetable.plan(leavesAt, { what: 'leave', customer });
  if (customer.place !== null) centre.witness?.wait(customer, now);
  match(centre, { agent });
}
