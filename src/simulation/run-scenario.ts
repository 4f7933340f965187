// Runs a scenario, event by event, through the functions that the router decides with. Pure: nothing is read, written or waited for.
import type { PolicyDocument } from '../contract/policy/document.ts';
import type {
  AgentsResult,
  KindResult,
  PartResult,
  Scenario,
  SimulationResult,
  TeamResult,
} from '../contract/scenario.ts';
import { jainIndex } from '../routing/balance/jain-index.ts';
import { compilePolicy } from '../routing/plans/compile-policy.ts';
import type { Instant } from '../routing/types.ts';
import { makeAgents } from './agents.ts';
import { answerOffer, comeBack, withdraw } from './answer-offer.ts';
import { countArrivals } from './arrivals.ts';
import { makeAttention } from './attention.ts';
import {
  type Centre,
  type Customer,
  countWaiting,
  type Happening,
  type Served,
  type Witness,
} from './centre.ts';
import { sumTransfers } from './count-transfers.ts';
import { followSilenced } from './fall-silent.ts';
import { followWork } from './follow-work.ts';
import { makeHabits } from './habits.ts';
import { leaveBot } from './leave-bot.ts';
import { listNotModelled } from './list-not-modelled.ts';
import { makeOffers } from './offers.ts';
import { runPeer } from './peers/run-peer.ts';
import { planCustomers } from './plan-customers.ts';
import { makeQueue } from './queue.ts';
import { beginShift, listRosters, planShift } from './rosters.ts';
import { endShared, noteAnswer } from './serve.ts';
import { makeSources, type Source } from './sources.ts';
import { end, place } from './stand-in-line.ts';
import { announceNext, arrive } from './take-in.ts';
import { makeTally } from './tally.ts';
import { EVENTS_A_STEP, makeTimetable } from './timetable.ts';
import { endService } from './transfer.ts';

/** Where the simulated time begins: a Monday at midnight. */
export const BEGINS_AT: Instant = Date.UTC(2024, 0, 1);

/** The share of the arrivals that have come. */
export type Progress = number;

export type Figures = Omit<SimulationResult, 'wallSeconds'>;

/** One step at a time, so that a caller can show progress, or stop. `witness`: not of the model of a peer. */
export function* runScenario(
  scenario: Scenario,
  document: PolicyDocument,
  witness: Witness | null = null,
): Generator<Progress, Figures> {
  const { model: name = 'usher' } = scenario;
  if (name !== 'usher') return yield* runPeer(scenario, document, { name, beginsAt: BEGINS_AT });
  const centre = openCentre(scenario, document, witness);
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

function openCentre(scenario: Scenario, document: PolicyDocument, witness: Witness | null): Centre {
  const policy = compilePolicy(document);
  const agents = makeAgents(scenario.agents, BEGINS_AT);
  const arrivals = countArrivals(scenario);
  const firstCounted = Math.floor(arrivals * (scenario.warmUp ?? 0)) + 1;
  const sources = makeSources(scenario, BEGINS_AT);
  const only = sources.length === 1 ? (sources[0]?.outcomes ?? null) : null;
  const tally = makeTally(scenario, { begins: BEGINS_AT, from: firstCounted - 1, only });
  const centre: Centre = {
    ...{ scenario, document, agents, arrivals, come: 0, lastCameAt: BEGINS_AT },
    ...{ firstCounted, witness, begins: BEGINS_AT, now: BEGINS_AT },
    attention: agents.map(({ slowdown }) => {
      if (slowdown === 0) return null;
      return makeAttention(slowdown, BEGINS_AT, (one: Served, at) => noteAnswer(tally, one, at));
    }),
    ...{ sources, tally },
    customers: planCustomers(policy),
    queue: makeQueue(agents, policy),
    work: followWork(agents, BEGINS_AT),
    timetable: makeTimetable(),
    inPlan: new Map(),
    offers: Object.keys(policy.offers).length === 0 ? null : makeOffers(scenario, agents),
    habits: makeHabits(scenario, agents),
    ...{ offered: 0, unanswered: 0 },
  };
  for (const source of centre.sources) announceNext(centre, source);
  for (const roster of listRosters(scenario, centre)) planShift(centre, roster);
  return centre;
}

/** false: nothing more happens. */
function happenNext(centre: Centre): boolean {
  const event = centre.timetable.next();
  if (event === null) return false;
  centre.tally.pass(event.at, countWaiting(centre));
  centre.now = event.at;
  happen(centre, event.what);
  centre.witness?.pass(centre.now, centre.queue);
  return true;
}

function happen(centre: Centre, event: Happening): void {
  if (event.what === 'arrival') {
    arrive(centre, event.source);
  } else if (event.what === 'end') {
    if (!event.served.isOver) endService(centre, event.agent, event.served);
  } else if (event.what === 'shared-end') {
    const served = endShared(centre, event);
    if (served !== null) endService(centre, event.agent, served);
  } else if (event.what === 'shift') {
    beginShift(centre, event.roster, event.isOn);
  } else if (event.what === 'answer') {
    answerOffer(centre, event);
  } else if (event.what === 'back') {
    comeBack(centre, event);
  } else if (event.what === 'bot-end') {
    leaveBot(centre, event.customer, event.bot);
  } else if (event.what === 'silenced') {
    followSilenced(centre, event);
  } else if (event.what === 'leave') {
    leave(centre, event.customer);
  } else if (event.customer.place !== null && event.customer.dueAt === centre.now) {
    place(centre, event.customer);
  }
}

/** Without patience for more, unless somebody serves it. */
function leave(centre: Centre, customer: Customer): void {
  if (customer.leavesAt !== centre.now) return;
  if (customer.place !== null) end(centre, customer, 'abandoned');
  else if (customer.offer !== null) withdraw(centre, customer, customer.offer);
}

function sumUp(centre: Centre): Figures {
  const { scenario, document, now, sources, agents, work, tally } = centre;
  const { within = [] } = scenario;
  const kinds = sources.map((source): [string, KindResult] => {
    const { kind, outcomes, uncounted } = source;
    return [kind.name, withTransfers(outcomes.sum(uncounted, within), [source])];
  });
  const people = agents.filter(({ state }) => state.isBot !== true);
  const { served, whole, ...figures } = tally.sum(countWaiting(centre));
  const { agents: ofAgents, teams, ...given } = work.sum(now);
  return {
    kinds: Object.fromEntries(kinds),
    whole: withTransfers(whole, sources),
    ...{ ...figures, ...given },
    agents: withWaits(ofAgents, served.agents),
    ...(teams && { teams: withWaits(teams, served.teams) }),
    jain: jainIndex(people.map(({ given }) => given)) ?? 1,
    notModelled: listNotModelled(scenario, document),
  };
}

/** Where agents of one of these kinds transfer. */
function withTransfers(result: KindResult, sources: readonly Source[]): KindResult {
  if (sources.every(({ transfers }) => transfers === null)) return result;
  return { ...result, transfers: sumTransfers(sources.map(({ counts }) => counts)) };
}

function withWaits<Entry extends AgentsResult | TeamResult>(
  entries: Record<string, Entry>,
  served: Record<string, PartResult>,
): Record<string, Entry> {
  return Object.fromEntries(
    Object.entries(entries).map(([name, entry]) => {
      const part = served[name];
      if (part === undefined || part.arrived === 0) return [name, entry];
      const { arrived, abandonedShare, ...waits } = part;
      return [name, { ...entry, waits }];
    }),
  );
}
