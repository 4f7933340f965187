// Runs a scenario as another desk would give its conversations: the same customers, services and patiences as Usher's own run.
import type { PolicyDocument } from '../../contract/policy/document.ts';
import type { PeerName, Scenario, SimulationResult } from '../../contract/scenario.ts';
import { jainIndex } from '../../routing/balance/jain-index.ts';
import { compilePolicy } from '../../routing/plans/compile-policy.ts';
import type { Instant } from '../../routing/types.ts';
import { makeAgents, type SimulatedAgent } from '../agents.ts';
import { countArrivals } from '../arrivals.ts';
import { type AgentWork, followWork } from '../follow-work.ts';
import { type Customers, planCustomers } from '../plan-customers.ts';
import { makeSources, type Source } from '../sources.ts';
import { EVENTS_A_STEP, makeTimetable, type Timetable } from '../timetable.ts';
import { findDepartment, makeFloor, type OpenDepartment, type RunFloor } from './floor.ts';
import { listUnknown } from './list-unknown.ts';
import { models } from './models.ts';
import type { News, Peer, PeerAgent, Waiting } from './peer.ts';

type Figures = Omit<SimulationResult, 'wallSeconds'>;

interface Customer extends Waiting {
  department: OpenDepartment<Customer>;
  source: Source;
  /** Of its outcome. */
  outcome: number;
  cameAt: Instant;
  serviceMs: number;
  weight: number;
  stage: 'waiting' | 'listed' | 'over';
  /** The agent's place, once it is given to somebody. */
  agent: number;
}

type Happening =
  | { what: 'arrival'; source: Source }
  | { what: 'end' | 'leave'; customer: Customer }
  | { what: 'tick' };

interface Centre {
  scenario: Scenario;
  document: PolicyDocument;
  peer: Peer;
  now: Instant;
  beganAt: Instant;
  come: number;
  /** How many come. */
  arrivals: number;
  firstCounted: number;
  agents: readonly SimulatedAgent[];
  /** By the agent's place, what they were given and have not begun with. */
  lists: readonly Set<Customer>[];
  /** By the agent's place, how many they are busy with. */
  busy: number[];
  sources: readonly Source[];
  customers: Customers;
  floor: RunFloor<Customer>;
  work: AgentWork;
  timetable: Timetable<Happening>;
  isTickPlanned: boolean;
  given: number;
}

/**
 * Yields the share of the arrivals that have come. An agent is busy with as many as the capacity says;
 * what a model gives beyond that waits on the agent's own list, and for the figures still waits.
 */
export function* runPeer(
  scenario: Scenario,
  document: PolicyDocument,
  { name, beginsAt }: { name: PeerName; beginsAt: Instant },
): Generator<number, Figures> {
  const centre = makeCentre(scenario, document, {
    peer: models[name](scenario.seed ?? 1),
    beginsAt,
  });
  for (let events = 1; happenNext(centre); events += 1) {
    if (events % EVENTS_A_STEP === 0) yield centre.come / centre.arrivals;
  }
  return sumUp(centre);
}

function makeCentre(
  scenario: Scenario,
  document: PolicyDocument,
  { peer, beginsAt }: { peer: Peer; beginsAt: Instant },
): Centre {
  const agents = makeAgents(scenario.agents, beginsAt);
  const arrivals = countArrivals(scenario);
  const centre: Centre = {
    ...{ scenario, document, peer, agents, now: beginsAt, beganAt: beginsAt, come: 0, given: 0 },
    arrivals,
    firstCounted: Math.floor(arrivals * (scenario.warmUp ?? 0)) + 1,
    lists: agents.map(() => new Set()),
    busy: agents.map(() => 0),
    sources: makeSources(scenario, beginsAt),
    customers: planCustomers(compilePolicy(document)),
    floor: makeFloor(agents),
    work: followWork(agents, beginsAt),
    timetable: makeTimetable(),
    isTickPlanned: false,
  };
  for (const source of centre.sources) announceNext(centre, source);
  return centre;
}

/** false: nothing more happens. */
function happenNext(centre: Centre): boolean {
  const event = centre.timetable.next();
  if (event === null) return false;
  centre.now = event.at;
  happen(centre, event.what);
  return true;
}

function happen(centre: Centre, event: Happening): void {
  if (event.what === 'arrival') arrive(centre, event.source);
  else if (event.what === 'end') endWork(centre, event.customer);
  else if (event.what === 'leave') leave(centre, event.customer);
  else tick(centre);
}

function announceNext({ timetable, now }: Centre, source: Source): void {
  const at = now + source.gap();
  if (at < Number.POSITIVE_INFINITY) timetable.plan(at, { what: 'arrival', source });
}

/** Draws in the order of Usher's own run, so that the same customers come. */
function arrive(centre: Centre, source: Source): void {
  const { scenario, work, floor, timetable, now } = centre;
  if (centre.come === centre.arrivals) return;
  centre.come += 1;
  announceNext(centre, source);
  if (centre.come === centre.firstCounted) work.countFrom(now);
  if (centre.come === centre.arrivals) work.countUntil(now);
  const customer = makeCustomer(centre, source);
  const patienceMs = source.patience?.() ?? null;
  const before = floor.waiting.size;
  floor.waiting.add(customer);
  customer.department.waiting.add(customer);
  ask(centre, { what: 'arrival', waiting: customer });
  const { queueLimit = null } = scenario;
  if (customer.stage === 'waiting' && queueLimit !== null && before >= queueLimit) {
    settle(centre, customer, 'lost');
  } else if (customer.stage !== 'over' && patienceMs !== null) {
    timetable.plan(now + patienceMs, { what: 'leave', customer });
  }
  if (floor.waiting.size > 0) planTick(centre);
}

function makeCustomer(centre: Centre, source: Source): Customer {
  const { come, firstCounted, customers, floor, now } = centre;
  const outcome = source.outcomes.arrive();
  if (come < firstCounted) source.uncounted = outcome + 1;
  const around = { now, agents: floor.states, waitingIn: () => 0 };
  const stands = customers.stand(customers.arrive(source.kind, around, null), around, false);
  return {
    ...{ nth: come, source, outcome, cameAt: now, serviceMs: source.service() },
    ...{ department: findDepartment(floor, stands), weight: stands.needs.weight },
    ...{ stage: 'waiting', agent: -1 },
  };
}

function ask(centre: Centre, news: News): void {
  for (const { give, to } of centre.peer.decide(news, centre.floor)) {
    assign(centre, give as Customer, to);
  }
}

function assign(centre: Centre, customer: Customer, to: number): void {
  if (customer.stage !== 'waiting') throw new Error('A model gave what does not wait.');
  const { work, floor } = centre;
  leaveQueue(centre, customer);
  customer.agent = to;
  customer.stage = 'listed';
  centre.given += 1;
  charge(centre, customer, 1);
  (floor.agents[to] as PeerAgent).given += 1;
  work.give(to, { isCounted: customer.outcome >= customer.source.uncounted });
  centre.lists[to]?.add(customer);
  begin(centre, to);
}

/** With what is first on the agent's list, while there are places. */
function begin(centre: Centre, at: number): void {
  const { lists, busy, floor, agents, timetable, now } = centre;
  const list = lists[at] as Set<Customer>;
  const { capacity } = floor.agents[at] as PeerAgent;
  const { name, speed } = agents[at] as SimulatedAgent;
  for (const customer of list) {
    if ((busy[at] as number) >= capacity) return;
    list.delete(customer);
    busy[at] = (busy[at] as number) + 1;
    customer.stage = 'over';
    const { source, outcome, cameAt, serviceMs } = customer;
    source.outcomes.serve(outcome, name, now - cameAt);
    timetable.plan(now + serviceMs / speed, { what: 'end', customer });
  }
}

function endWork(centre: Centre, customer: Customer): void {
  const { agent, department } = customer;
  centre.busy[agent] = (centre.busy[agent] as number) - 1;
  charge(centre, customer, -1);
  begin(centre, agent);
  ask(centre, { what: 'end', agent, department });
}

/** `by`: 1, its agent holds it from now on; -1, no more. */
function charge({ work, agents, floor, now }: Centre, customer: Customer, by: 1 | -1): void {
  const { agent: at, weight } = customer;
  work.note(at, now);
  (agents[at] as SimulatedAgent).state.load += by * weight;
  (floor.agents[at] as PeerAgent).held += by;
}

function leave(centre: Centre, customer: Customer): void {
  if (customer.stage === 'over') return;
  if (customer.stage === 'listed') {
    centre.lists[customer.agent]?.delete(customer);
    charge(centre, customer, -1);
  }
  settle(centre, customer, 'abandoned');
}

function settle(centre: Centre, customer: Customer, outcome: 'abandoned' | 'lost'): void {
  leaveQueue(centre, customer);
  customer.stage = 'over';
  customer.source.outcomes.settle(customer.outcome, outcome, centre.now - customer.cameAt);
}

function leaveQueue({ floor }: Centre, customer: Customer): void {
  floor.waiting.delete(customer);
  customer.department.waiting.delete(customer);
}

function tick(centre: Centre): void {
  const { given } = centre;
  centre.isTickPlanned = false;
  ask(centre, { what: 'tick' });
  // Where nobody is busy and nothing was given, no further look finds more: until somebody comes.
  const isMoving = centre.given > given || centre.busy.some((count) => count > 0);
  if (centre.floor.waiting.size > 0 && isMoving) planTick(centre);
}

/** Ticks keep their beat from the beginning of the run; those at which nobody waits are left out. */
function planTick(centre: Centre): void {
  const { peer, timetable, now, beganAt, isTickPlanned } = centre;
  if (peer.everyMs === null || isTickPlanned) return;
  const beats = Math.floor((now - beganAt) / peer.everyMs) + 1;
  centre.isTickPlanned = true;
  timetable.plan(beganAt + beats * peer.everyMs, { what: 'tick' });
}

function sumUp({ scenario, document, now, sources, agents, work }: Centre): Figures {
  const { within = [] } = scenario;
  const kinds = sources.map(({ kind, outcomes, uncounted }) => {
    return [kind.name, outcomes.sum(uncounted, within)];
  });
  return {
    kinds: Object.fromEntries(kinds),
    ...work.sum(now),
    jain: jainIndex(agents.map(({ given }) => given)) ?? 1,
    notModelled: listUnknown(scenario, document),
  };
}
