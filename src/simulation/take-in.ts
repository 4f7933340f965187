// Takes in who comes: draws what they bring along, lets them wait or turns them away, and announces the next one.
import { mostArrivals } from '../contract/scenario.ts';
import type { Centre, Customer } from './centre.ts';
import { NO_TRANSFERS } from './draw-transfers.ts';
import type { Source } from './sources.ts';
import { end, lookAround, place } from './stand-in-line.ts';

export function announceNext({ timetable, now }: Centre, source: Source): void {
  const at = now + source.gap();
  if (at < Number.POSITIVE_INFINITY) timetable.plan(at, { what: 'arrival', source });
}

export function arrive(centre: Centre, source: Source): void {
  const { work, now } = centre;
  if (centre.come === centre.arrivals) return;
  centre.come += 1;
  centre.lastCameAt = now;
  announceNext(centre, source);
  if (centre.come === centre.firstCounted) work.countFrom(now);
  if (centre.come === centre.arrivals) work.countUntil(now);
  const customer = makeCustomer(centre, source);
  const patienceMs = source.patience?.() ?? null;
  if (patienceMs !== null) customer.leavesAt = now + patienceMs;
  comeToLine(centre, customer);
}

/** For the first time, or when people get it from a bot. Who finds the line full is lost. */
export function comeToLine(centre: Centre, customer: Customer): void {
  const { scenario, queue, timetable, now } = centre;
  const { waiting } = queue;
  place(centre, customer);
  if (customer.place === null && customer.offer === null) return;
  const { queueLimit = null } = scenario;
  if (customer.place !== null && queueLimit !== null && waiting >= queueLimit) {
    end(centre, customer, 'lost');
    return;
  }
  if (customer.place !== null) centre.witness?.wait(customer, now);
  const { leavesAt } = customer;
  if (leavesAt !== null) timetable.plan(leavesAt, { what: 'leave', customer });
}

function makeCustomer(centre: Centre, source: Source): Customer {
  const { come, firstCounted, customers } = centre;
  const nth = source.outcomes.arrive();
  if (come < firstCounted) source.uncounted = nth + 1;
  const contact = source.contacts?.next() ?? null;
  return {
    ...customers.arrive(source.kind, lookAround(centre, null), contact?.last ?? null),
    contact,
    ...{ source, nth, nthOfAll: centre.tally.arrive(centre.now), firstPlan: null },
    ...{ id: String(come).padStart(ID_LENGTH, '0') },
    ...{ place: null, plan: null, dueAt: null, offer: null, hasEntered: false },
    ...{ leavesAt: null, heldMs: 0, quietAfterMs: source.quietAfter?.() ?? null },
    serviceMs: source.service(),
    firstAnswerMs: source.firstAnswer?.() ?? null,
    plannedTransfers: source.transfers?.() ?? NO_TRANSFERS,
    ...{ transfers: 0, waitsAgainSince: null, isServed: false, isAnswered: false },
  };
}

/** As many digits as the most arrivals have, so that ids are in the order of arrival. */
const ID_LENGTH = String(mostArrivals).length;
