// Runs a scenario, event by event, through the functions that the router decides with. Pure: nothing is read, written or waited for.
import type { PolicyDocument } from '../contract/policy/document.ts';
import {
  type KindResult,
  mostArrivals,
  type Scenario,
  type SimulationResult,
} from '../contract/scenario.ts';
import { jainIndex } from '../routing/balance/jain-index.ts';
import { compilePolicy } from '../routing/plans/compile-policy.ts';
import type { Instant } from '../routing/types.ts';
import { makeAgents, type SimulatedAgent } from './agents.ts';
import { countArrivals } from './arrivals.ts';
import { type Attention, makeAttention } from './attention.ts';
import { type AgentWork, followWork } from './follow-work.ts';
import { listNotModelled } from './list-not-modelled.ts';
import { runPeer } from './peers/run-peer.ts';
import { type Around, type Customers, type Planned, planCustomers } from './plan-customers.ts';
import {
  type Asked,
  changeShift,
  chargeAgent,
  type Given,
  type InLine,
  joinQueue,
  leaveQueue,
  makeQueue,
  matchQueue,
  type Queue,
} from './queue.ts';
import { makeShifts, type Shifts } from './shifts.ts';
import { makeSources, type Source } from './sources.ts';
import { type Counted, makeTally, type Tally } from './tally.ts';
import { makeTimetable, type Timetable } from './timetable.ts';

/** Where the simulated time begins: a Monday at midnight. */
export const BEGINS_AT: Instant = Date.UTC(2024, 0, 1);

/**
 * Whoever still waits so long after the last arrival is moved on no more: hours open and close for
 * ever. Steps and limits end within a week each.
 */
const TAIL_MS = 28 * 86_400_000;

/** The share of the arrivals that have come. */
export type Progress = number;

/** Between two steps. */
const EVENTS_A_STEP = 5000;

export type Figures = Omit<SimulationResult, 'wallSeconds'>;

/** One step at a time, so that a caller can show progress, or stop. */
export function* runScenario(
  scenario: Scenario,
  document: PolicyDocument,
): Generator<Progress, Figures> {
  const { model: name = 'usher' } = scenario;
  if (name !== 'usher') return yield* runPeer(scenario, document, { name, beginsAt: BEGINS_AT });
  const centre = openCentre(scenario, document);
  for (let events = 1; happenNext(centre); events += 1) {
    if (events % EVENTS_A_STEP === 0) yield centre.come / centre.arrivals;
  }
  return sumUp(centre);
}

/** All at once. */
export function finish(run: Generator<Progress, Figures>): Figures {
  for (;;) {
    const step = run.next();
    if (step.done) return step.value;
  }
}

interface Customer extends Planned, InLine<Customer>, Counted {
  source: Source;
  /** Of its outcome. */
  nth: number;
  plan: string | null;
  serviceMs: number;
  /** When it is looked at again; an earlier appointment is void. */
  dueAt: Instant | null;
}

type Happening =
  | { what: 'arrival'; source: Source }
  | { what: 'end'; agent: number; weight: number }
  /** Void where something has changed since. */
  | { what: 'shared-end'; agent: number; changes: number }
  | { what: 'shift'; roster: Roster; isOn: boolean }
  | { what: 'leave' | 'due'; customer: Customer };

/** Agents whose shifts are the same, by their places. */
interface Roster {
  places: readonly number[];
  shifts: Shifts;
}

interface Centre {
  scenario: Scenario;
  document: PolicyDocument;
  now: Instant;
  /** How many will come. */
  arrivals: number;
  /** How many have come, and when the last of them. */
  come: number;
  lastCameAt: Instant;
  /** The number of the first arrival that counts. */
  firstCounted: number;
  agents: readonly SimulatedAgent[];
  /** By the agent’s place; null: what it holds does not slow it down. */
  attention: readonly (Attention | null)[];
  sources: readonly Source[];
  customers: Customers;
  queue: Queue<Customer>;
  work: AgentWork;
  tally: Tally;
  timetable: Timetable<Happening>;
  /** How many wait, by plan. */
  inPlan: Map<string, number>;
}

function openCentre(scenario: Scenario, document: PolicyDocument): Centre {
  const policy = compilePolicy(document);
  const agents = makeAgents(scenario.agents, BEGINS_AT);
  const arrivals = countArrivals(scenario);
  const firstCounted = Math.floor(arrivals * (scenario.warmUp ?? 0)) + 1;
  const centre: Centre = {
    ...{ scenario, document, agents, arrivals, now: BEGINS_AT, come: 0, lastCameAt: BEGINS_AT },
    firstCounted,
    attention: agents.map(({ slowdown }) =>
      slowdown === 0 ? null : makeAttention(slowdown, BEGINS_AT),
    ),
    sources: makeSources(scenario, BEGINS_AT),
    customers: planCustomers(policy),
    queue: makeQueue(agents, policy),
    work: followWork(agents, BEGINS_AT),
    tally: makeTally(scenario, { begins: BEGINS_AT, from: firstCounted - 1 }),
    timetable: makeTimetable(),
    inPlan: new Map(),
  };
  for (const source of centre.sources) announceNext(centre, source);
  for (const roster of listRosters(scenario, agents)) planShift(centre, roster);
  return centre;
}

function listRosters({ agents: entries }: Scenario, agents: readonly SimulatedAgent[]): Roster[] {
  return entries.flatMap((entry) => {
    const shifts = makeShifts(entry, BEGINS_AT);
    const places = agents.flatMap(({ name }, place) => (name === entry.name ? [place] : []));
    return shifts === null ? [] : [{ places, shifts }];
  });
}

/** No more of them once nobody comes and nobody waits for one. */
function planShift(centre: Centre, roster: Roster): void {
  const { timetable, queue, come, arrivals, now, lastCameAt } = centre;
  const isOver = come === arrivals && (queue.waiting === 0 || now > lastCameAt + TAIL_MS);
  if (isOver) return;
  const { at, isOn } = roster.shifts.next();
  timetable.plan(at, { what: 'shift', roster, isOn }, true);
}

function beginShift(centre: Centre, roster: Roster, isOn: boolean): void {
  for (const at of roster.places) centre.work.note(at, centre.now);
  changeShift(centre.queue, roster.places, isOn);
  if (isOn) match(centre, 'everybody');
  planShift(centre, roster);
}

/** false: nothing more happens. */
function happenNext(centre: Centre): boolean {
  const event = centre.timetable.next();
  if (event === null) return false;
  centre.tally.pass(event.at, centre.queue.waiting);
  centre.now = event.at;
  happen(centre, event.what);
  return true;
}

function happen(centre: Centre, event: Happening): void {
  if (event.what === 'arrival') {
    arrive(centre, event.source);
  } else if (event.what === 'end') {
    release(centre, event.agent, event.weight);
  } else if (event.what === 'shared-end') {
    endShared(centre, event);
  } else if (event.what === 'shift') {
    beginShift(centre, event.roster, event.isOn);
  } else if (event.customer.place !== null) {
    if (event.what === 'leave') end(centre, event.customer, 'abandoned');
    else if (event.customer.dueAt === centre.now) place(centre, event.customer);
  }
}

function announceNext({ timetable, now }: Centre, source: Source): void {
  const at = now + source.gap();
  if (at < Number.POSITIVE_INFINITY) timetable.plan(at, { what: 'arrival', source });
}

function arrive(centre: Centre, source: Source): void {
  const { scenario, work, queue, timetable, now } = centre;
  if (centre.come === centre.arrivals) return;
  centre.come += 1;
  centre.lastCameAt = now;
  announceNext(centre, source);
  if (centre.come === centre.firstCounted) work.countFrom(now);
  if (centre.come === centre.arrivals) work.countUntil(now);
  const customer = makeCustomer(centre, source);
  const patienceMs = source.patience?.() ?? null;
  const { waiting } = queue;
  place(centre, customer);
  if (customer.place === null) return;
  const { queueLimit = null } = scenario;
  if (queueLimit !== null && waiting >= queueLimit) end(centre, customer, 'lost');
  else if (patienceMs !== null) timetable.plan(now + patienceMs, { what: 'leave', customer });
}

function makeCustomer(centre: Centre, source: Source): Customer {
  const { come, firstCounted, customers } = centre;
  const nth = source.outcomes.arrive();
  if (come < firstCounted) source.uncounted = nth + 1;
  return {
    ...customers.arrive(source.kind, lookAround(centre, null)),
    ...{ source, nth, nthOfAll: centre.tally.arrive(centre.now), firstPlan: null },
    ...{ id: String(come).padStart(ID_LENGTH, '0') },
    ...{ place: null, plan: null, dueAt: null, serviceMs: source.service() },
  };
}

/** As many digits as the most arrivals have, so that ids are in the order of arrival. */
const ID_LENGTH = String(mostArrivals).length;

function lookAround({ now, queue, inPlan }: Centre, self: Customer | null): Around {
  return {
    ...{ now, agents: queue.states },
    waitingIn: (plan) => (inPlan.get(plan) ?? 0) - Number(self?.plan === plan),
  };
}

/** Puts it where it stands now, tries to give it to somebody, and plans when to look again. */
function place(centre: Centre, customer: Customer, tried = false): void {
  const { customers, queue } = centre;
  const stands = customers.stand(customer, lookAround(centre, customer), tried);
  if (customer.place === null && !tried) enter(centre, customer, stands.plan);
  if (stands.ended) {
    end(centre, customer, 'lost');
    return;
  }
  waitBy(centre, customer, stands.plan);
  const { place: before } = customer;
  if (before?.group.key !== stands.key || before.rankAt !== stands.rankAt) {
    joinQueue(queue, customer, stands);
    match(centre, { item: customer });
  }
  if (customer.place === null) return;
  if (stands.untried && !tried) {
    place(centre, customer, true);
    return;
  }
  customer.dueAt = stands.dueAt;
  if (stands.dueAt !== null) lookAgain(centre, customer, stands.dueAt);
}

function enter({ tally }: Centre, customer: Customer, plan: string | null): void {
  customer.firstPlan = plan;
  tally.enter(customer);
}

function lookAgain(
  { arrivals, timetable, come, lastCameAt }: Centre,
  customer: Customer,
  at: Instant,
): void {
  if (come === arrivals && at > lastCameAt + TAIL_MS) return;
  timetable.plan(at, { what: 'due', customer });
}

/** null: it waits no more. */
function waitBy({ inPlan }: Centre, customer: Customer, plan: string | null): void {
  if (customer.plan === plan) return;
  if (customer.plan !== null) inPlan.set(customer.plan, (inPlan.get(customer.plan) ?? 1) - 1);
  if (plan !== null) inPlan.set(plan, (inPlan.get(plan) ?? 0) + 1);
  customer.plan = plan;
}

function match(centre: Centre, of: Asked<Customer>): void {
  for (const given of matchQueue(centre.queue, of, centre.now)) serve(centre, given);
}

function serve(centre: Centre, { item, to, weight }: Given<Customer>): void {
  const { work, tally, timetable, now } = centre;
  const { nth, source, cameAt, serviceMs } = item;
  waitBy(centre, item, null);
  charge(centre, to, weight);
  const { name, speed } = work.give(to, { isCounted: nth >= source.uncounted });
  source.outcomes.serve(nth, name, now - cameAt);
  tally.settle(item, { outcome: 'served', waitMs: now - cameAt, by: name });
  const attention = centre.attention[to] ?? null;
  const ms = serviceMs / speed;
  if (attention === null) {
    timetable.plan(now + ms, { what: 'end', agent: to, weight });
    return;
  }
  attention.begin(now, { ms, weight });
  planSharedEnd(centre, to, attention);
}

function planSharedEnd({ timetable }: Centre, agent: number, attention: Attention): void {
  const at = attention.next();
  if (at === null) return;
  timetable.plan(at, { what: 'shared-end', agent, changes: attention.changes() });
}

function endShared(centre: Centre, { agent, changes }: { agent: number; changes: number }): void {
  const attention = centre.attention[agent] ?? null;
  if (attention === null || attention.changes() !== changes) return;
  const weight = attention.finish(centre.now);
  planSharedEnd(centre, agent, attention);
  release(centre, agent, weight);
}

/** The agent has room again. */
function release(centre: Centre, agent: number, weight: number): void {
  charge(centre, agent, -weight);
  match(centre, { agent });
}

function charge({ work, queue, now }: Centre, at: number, weight: number): void {
  work.note(at, now);
  chargeAgent(queue, { at, weight, now });
}

function end(centre: Centre, customer: Customer, outcome: 'abandoned' | 'lost'): void {
  leaveQueue(centre.queue, customer);
  waitBy(centre, customer, null);
  const waitMs = centre.now - customer.cameAt;
  customer.source.outcomes.settle(customer.nth, outcome, waitMs);
  centre.tally.settle(customer, { outcome, waitMs });
}

function sumUp(centre: Centre): Figures {
  const { scenario, document, now, sources, agents, work, tally, queue } = centre;
  const { within = [] } = scenario;
  const kinds = sources.map(({ kind, outcomes, uncounted }): [string, KindResult] => {
    return [kind.name, outcomes.sum(uncounted, within)];
  });
  const only = kinds.length === 1 ? (kinds[0]?.[1] ?? null) : null;
  return {
    kinds: Object.fromEntries(kinds),
    ...tally.sum({ only, waiting: queue.waiting }),
    ...work.sum(now),
    jain: jainIndex(agents.map(({ given }) => given)) ?? 1,
    notModelled: listNotModelled(document),
  };
}
