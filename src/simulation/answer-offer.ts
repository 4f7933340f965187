// What follows when an agent accepts, declines or misses what was offered to them, or the customer leaves before.
import { exclude, refusals } from '../routing/exclusions.ts';
import type { SimulatedAgent } from './agents.ts';
import type { Centre, Customer, Offer } from './centre.ts';
import { charge } from './charge.ts';
import { match, release } from './give.ts';
import type { Answer, Offers } from './offers.ts';
import { changeAvailability } from './queue.ts';
import { serve } from './serve.ts';
import { end, place } from './stand-in-line.ts';

export function answerOffer(
  centre: Centre,
  { customer, offer, answer }: { customer: Customer; offer: Offer; answer: Answer },
): void {
  if (customer.offer !== offer) return;
  const offers = centre.offers as Offers;
  if (answer !== 'missed') offers.answered(offer.to, offer.at);
  close(centre, customer);
  if (answer === 'accepted') serve(centre, customer, offer);
  else refuse(centre, customer, { offer, answer });
}

/** The customer has no more patience. */
export function withdraw(centre: Centre, customer: Customer, { to, weight }: Offer): void {
  const { nth, source } = customer;
  centre.work.offer(to, { what: 'withdrawn', isCounted: nth >= source.uncounted });
  close(centre, customer);
  end(centre, customer, 'abandoned');
  release(centre, to, weight);
}

function close(centre: Centre, customer: Customer): void {
  customer.offer = null;
  centre.offered -= 1;
}

/**
 * Back at its old rank, for somebody else: this agent is kept from it for a while and asked last after
 * that. What the offer took is no waiting of its plan.
 */
function refuse(
  centre: Centre,
  customer: Customer,
  { offer, answer }: { offer: Offer; answer: 'declined' | 'missed' },
): void {
  const { work, now, agents } = centre;
  const { nth, source, entered } = customer;
  const { to, weight, at } = offer;
  const { agentId } = (agents[to] as SimulatedAgent).state;
  work.offer(to, { what: answer, isCounted: nth >= source.uncounted });
  charge(centre, to, -weight);
  if (answer === 'missed') noteMissed(centre, offer);
  const cause = refusals[answer];
  customer.exclusions = exclude(customer.exclusions, { agentId, cause, now: new Date(now) });
  if (entered !== null) customer.entered = { ...entered, since: entered.since + now - at };
  place(centre, customer, { freed: to });
  if (customer.place !== null) centre.witness?.wait(customer, now);
  match(centre, { agent: to });
}

/** Who misses several in a row becomes away, until they are back. */
function noteMissed(centre: Centre, { to, at, plan }: Offer): void {
  const { queue, timetable, now, agents } = centre;
  const offers = centre.offers as Offers;
  const most = queue.policy.routing?.plans.get(plan)?.offer?.misses;
  const inARow = offers.missed(to, at);
  const { availability } = (agents[to] as SimulatedAgent).state;
  if (most === undefined || inARow < most || availability !== 'online') return;
  const backAt = now + offers.goes(to, now);
  changeAvailability(queue, [to], 'away');
  timetable.plan(backAt, { what: 'back', agent: to, awaySince: now });
}

export function comeBack(
  centre: Centre,
  { agent, awaySince }: { agent: number; awaySince: number },
): void {
  const offers = centre.offers as Offers;
  if (offers.awaySince(agent) !== awaySince) return;
  offers.comes(agent, centre.now);
  changeAvailability(centre.queue, [agent], 'online');
  match(centre, { agent });
}
