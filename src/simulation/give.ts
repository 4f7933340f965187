// Gives or offers what waits to agents who have room.
import { ownValue } from '../contract/own-value.ts';
import type { Centre, Customer, Served } from './centre.ts';
import { charge } from './charge.ts';
import { type Asked, type Given, matchQueue } from './match-queue.ts';
import { serve, settleServed } from './serve.ts';
import { talkToBot } from './talk-to-bot.ts';
import { waitBy } from './wait-by.ts';

export function match(centre: Centre, of: Asked<Customer>): void {
  for (const given of matchQueue(centre.queue, of, centre.now)) give(centre, given);
}

/** The agent has room again. */
export function release(centre: Centre, agent: number, weight: number): void {
  charge(centre, agent, -weight);
  match(centre, { agent });
}

/** What it had in hand is over. */
export function finishService(centre: Centre, agent: number, served: Served): void {
  const { weight, customer } = served;
  const { contact, source } = customer;
  served.isOver = true;
  if (served.settledAt === null) {
    centre.unanswered -= 1;
    settleServed(centre, agent, served);
  }
  if (contact !== null) {
    contact.last = { at: agent, endedAt: centre.now };
    source.contacts?.leave(contact);
  }
  release(centre, agent, weight);
}

function give(centre: Centre, { item, to, weight }: Given<Customer>): void {
  const { plan } = item;
  waitBy(centre, item, null);
  charge(centre, to, weight);
  const within = plan === null ? undefined : ownValue(centre.queue.policy.offers, plan);
  if (centre.queue.states[to]?.isBot === true) talkToBot(centre, item, { to, weight, plan });
  else if (plan === null || within === undefined) serve(centre, item, { to, weight, plan });
  else offer(centre, item, { to, weight, plan, withinMs: within * SECOND });
}

const SECOND = 1000;

function offer(
  centre: Centre,
  customer: Customer,
  { withinMs, ...of }: { to: number; weight: number; plan: string; withinMs: number },
): void {
  const { work, timetable, now, offers } = centre;
  const { nth, source } = customer;
  work.offer(of.to, { what: 'made', isCounted: nth >= source.uncounted });
  centre.offered += 1;
  const made = { ...of, at: now };
  customer.offer = made;
  const drawn = offers?.draw(of.to) ?? { answer: 'accepted', ms: 0 };
  // An answer at the deadline itself is late, as on the desk.
  const isLate = drawn.answer === 'missed' || drawn.ms >= withinMs;
  const answer = isLate ? 'missed' : drawn.answer;
  const at = now + (isLate ? withinMs : drawn.ms);
  timetable.plan(at, { what: 'answer', customer, offer: made, answer });
}
