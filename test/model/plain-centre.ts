// A small centre, event by event, without any of the router's functions: agents of one place who answer offers in one way each, and contacts who ask for the agent of last time.

export interface PlainAgent {
  /** Seconds after an offer. */
  after: number;
  answers: 'accepts' | 'declines' | 'misses';
}

export interface PlainCentre {
  agents: readonly PlainAgent[];
  /** Seconds; in order, no two at one moment. */
  arrivals: readonly number[];
  /** Who each is. */
  contacts: readonly string[];
  serviceSeconds: number;
  patienceSeconds: number | null;
  /** null: what an agent is given is theirs at once. */
  offer: { within: number; misses: number; backAfter: number } | null;
  /** Seconds for which nobody but the agent of last time may have it; null: nobody asks for them. */
  waitFor: number | null;
}

export interface PlainEnd {
  /** null: the customer has left. */
  by: number | null;
  /** Milliseconds from the beginning. */
  at: number;
}

interface Agent extends PlainAgent {
  isFree: boolean;
  idleSince: number;
  missedInARow: number;
  isAway: boolean;
}

interface Customer {
  nth: number;
  contact: string;
  /** Agents who refused it, the one asked longest ago first. */
  asked: number[];
  timesAsked: Map<number, number>;
  keptUntil: Map<number, number>;
  /** The agent of last time, and until when nobody else may have it. */
  only: { agent: number; until: number } | null;
  offer: { to: number } | null;
  state: 'to come' | 'waits' | 'offered' | 'over';
}

interface Run {
  centre: PlainCentre;
  agents: Agent[];
  customers: Customer[];
  lastAgents: Map<string, number>;
  todo: { at: number; act: () => void }[];
  now: number;
  ends: Map<number, PlainEnd>;
}

/** By arrival; whoever waits for ever is missing. */
export function runPlainCentre(centre: PlainCentre): Map<number, PlainEnd> {
  const agents = centre.agents.map((agent): Agent => {
    return { ...agent, isFree: true, idleSince: 0, missedInARow: 0, isAway: false };
  });
  const customers = centre.arrivals.map((_, nth): Customer => {
    return {
      ...{ nth, contact: centre.contacts[nth] as string, asked: [], state: 'to come' },
      ...{ timesAsked: new Map(), keptUntil: new Map(), only: null, offer: null },
    };
  });
  const run: Run = {
    ...{ centre, agents, customers, lastAgents: new Map() },
    ...{ todo: [], now: 0, ends: new Map() },
  };
  for (const customer of customers) {
    const seconds = centre.arrivals[customer.nth] as number;
    plan(run, seconds * 1000, () => arrive(run, customer));
  }
  for (;;) {
    const isOver = customers.every(({ state }) => state === 'over');
    const [next] = run.todo.sort((a, b) => a.at - b.at);
    if (isOver || next === undefined) return run.ends;
    run.todo.shift();
    run.now = next.at;
    next.act();
    giveAll(run);
  }
}

function plan({ todo }: Run, at: number, act: () => void): void {
  todo.push({ at, act });
}

function arrive(run: Run, customer: Customer): void {
  const { now, lastAgents } = run;
  const { waitFor, patienceSeconds } = run.centre;
  customer.state = 'waits';
  const agent = lastAgents.get(customer.contact);
  if (agent !== undefined && waitFor !== null) {
    const until = now + waitFor * 1000;
    customer.only = { agent, until };
    plan(run, until, () => undefined);
  }
  if (patienceSeconds !== null) plan(run, now + patienceSeconds * 1000, () => leave(run, customer));
}

function leave({ agents, ends, now }: Run, customer: Customer): void {
  if (customer.state === 'over') return;
  if (customer.offer !== null) free(agents[customer.offer.to] as Agent, now);
  Object.assign(customer, { state: 'over', offer: null });
  ends.set(customer.nth, { by: null, at: now });
}

function free(agent: Agent, now: number): void {
  Object.assign(agent, { isFree: true, idleSince: now });
}

/** Who came first goes first. */
function giveAll(run: Run): void {
  for (const customer of run.customers) {
    const to = customer.state === 'waits' ? choose(run, customer) : undefined;
    if (to === undefined) continue;
    Object.assign(run.agents[to] as Agent, { isFree: false, idleSince: run.now });
    if (run.centre.offer === null) serve(run, customer, to);
    else offer(run, customer, to);
  }
}

/** Whoever refused it comes after all others. */
function choose({ agents, now }: Run, { asked, keptUntil, only }: Customer): number | undefined {
  const may = (to: number) => {
    const { isFree, isAway } = agents[to] as Agent;
    const isKept = (keptUntil.get(to) ?? 0) > now;
    const isForAnother = only !== null && only.until > now && only.agent !== to;
    return isFree && !isAway && !isKept && !isForAnother;
  };
  const idleSince = (to: number) => (agents[to] as Agent).idleSince;
  const others = agents.map((_, to) => to).filter((to) => may(to) && !asked.includes(to));
  const [first] = others.sort((a, b) => idleSince(a) - idleSince(b) || a - b);
  return first ?? asked.find(may);
}

function serve(run: Run, customer: Customer, to: number): void {
  customer.state = 'over';
  run.ends.set(customer.nth, { by: to, at: run.now });
  plan(run, run.now + run.centre.serviceSeconds * 1000, () => {
    run.lastAgents.set(customer.contact, to);
    free(run.agents[to] as Agent, run.now);
  });
}

function offer(run: Run, customer: Customer, to: number): void {
  const agent = run.agents[to] as Agent;
  const withinMs = (run.centre.offer?.within ?? 0) * 1000;
  const made = { to };
  Object.assign(customer, { state: 'offered', offer: made });
  const isMissed = agent.answers === 'misses' || agent.after * 1000 >= withinMs;
  plan(run, run.now + (isMissed ? withinMs : agent.after * 1000), () => {
    if (customer.offer !== made) return;
    customer.offer = null;
    if (!isMissed) agent.missedInARow = 0;
    if (isMissed || agent.answers === 'declines') refuse(run, customer, { to, isMissed });
    else serve(run, customer, to);
  });
}

function refuse(
  run: Run,
  customer: Customer,
  { to, isMissed }: { to: number; isMissed: boolean },
): void {
  const { now, agents } = run;
  const { misses = 0, backAfter = 0 } = run.centre.offer ?? {};
  const agent = agents[to] as Agent;
  customer.state = 'waits';
  const times = (customer.timesAsked.get(to) ?? 0) + 1;
  customer.timesAsked.set(to, times);
  customer.asked = [...customer.asked.filter((one) => one !== to), to];
  const until = Math.floor(now) + Math.min(600_000, 30_000 * 2 ** (times - 1));
  customer.keptUntil.set(to, until);
  plan(run, until, () => undefined);
  if (customer.only?.agent === to) customer.only = null;
  free(agent, now);
  if (!isMissed) return;
  agent.missedInARow += 1;
  if (agent.missedInARow < misses) return;
  agent.isAway = true;
  plan(run, now + backAfter * 1000, () => {
    Object.assign(agent, { isAway: false, missedInARow: 0 });
  });
}
