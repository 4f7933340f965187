// What follows when an agent's time with a customer is over: others go on with it, or it is served.
import type { Centre, Customer, Served } from './centre.ts';
import { finishService } from './give.ts';
import { returnToLine } from './return-to-line.ts';
import { settleServed } from './serve.ts';

export function endService(centre: Centre, agent: number, served: Served): void {
  if (served.transfer === null) finishService(centre, agent, served);
  else transfer(centre, agent, served);
}

/** As the desk does: into a plan it begins there; whoever sends to a team or plan is not given it back for a while. */
function transfer(centre: Centre, agent: number, served: Served): void {
  const { customer } = served;
  const { source, nth } = customer;
  const { to } = source.kind.transfers ?? {};
  const isCounted = nth >= source.uncounted;
  served.isOver = true;
  if (served.settledAt === null) {
    centre.unanswered -= 1;
    settleServed(centre, agent, served);
  }
  centre.work.leave(agent, { what: 'transferred', isCounted });
  customer.transfers += 1;
  if (isCounted) count(customer);
  const { patienceMs = null } = served.transfer ?? {};
  customer.waitsAgainSince = centre.now;
  customer.leavesAt = patienceMs === null ? null : centre.now + patienceMs;
  customer.kind = source.transferred;
  // The time that the agent held it is added on its way back.
  if (to?.plan !== undefined) customer.entered = { plan: to.plan, since: served.heldAt };
  else if (to !== undefined) customer.needsByHand = true;
  const keepsOut = to === undefined || to.team !== undefined || to.plan !== undefined;
  returnToLine(centre, agent, { served, cause: keepsOut ? 'sent-on' : null });
}

function count({ source: { counts }, transfers }: Customer): void {
  counts.made += 1;
  if (transfers === 1) counts.transferred += 1;
}
