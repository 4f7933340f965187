// Measures how long it takes to plan a re-balance, beside moving from the fullest to the emptiest one by one.
import type { Movable } from '../src/routing/balance/by-rank.ts';
import { type Balancing, planBalance } from '../src/routing/balance/plan-balance.ts';
import { screen } from '../src/routing/screen.ts';
import type { AgentState, Needs } from '../src/routing/types.ts';
import { median, percentile } from './statistics.ts';
import { ms, report, target, targetColumns, times, whole } from './table.ts';

const AGENTS = 1000;
const CONVERSATIONS = 5000;
const ROUNDS = 30;
const WARM_UP_ROUNDS = 5;
const MOST_MS = 200;

/** xorshift32: the same world in every run. */
function makeRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

interface World {
  name: string;
  teams: number;
  capacity(random: (below: number) => number): number;
  weight(random: (below: number) => number): number;
  /** The share of the agents who hold everything. */
  holders: number;
}

const worlds: World[] = [
  { name: 'one team', teams: 1, capacity: () => 10, weight: () => 1, holders: 1 },
  { name: '20 teams and 5 skills', teams: 20, capacity: () => 10, weight: () => 1, holders: 1 },
  {
    name: '20 teams and 5 skills, capacities from 5 to 30',
    ...{ teams: 20, capacity: (random) => 5 + random(26), weight: () => 1, holders: 1 },
  },
  {
    name: 'half of the agents hold everything',
    ...{ teams: 20, capacity: (random) => 10 + random(21), weight: () => 1, holders: 0.5 },
  },
  {
    name: '20 teams and 5 skills, weights of 1, 2 and 3',
    ...{ teams: 20, capacity: () => 20, weight: (random) => 1 + random(3), holders: 1 },
  },
];

function makeAgent(nth: number, capacity: number, groups: { teams: string[]; skills: string[] }) {
  const agentId = `agent-${String(nth).padStart(4, '0')}`;
  const agent: AgentState = {
    ...{ agentId, name: agentId, availability: 'online', leaseUntil: Number.POSITIVE_INFINITY },
    ...{ capacity, load: 0, externalLoad: 0, answersHere: true, identities: new Map() },
    ...{ teamIds: new Set(groups.teams), idleSince: 0, limits: [], paceMs: 0 },
    pacedFrom: Number.NEGATIVE_INFINITY,
    skills: new Map(groups.skills.map((skill) => [skill, 1])),
  };
  return agent;
}

function makeBalancing({ teams, capacity, weight, holders }: World): Balancing {
  const random = makeRandom(20_261_124);
  const team = () => `team-${random(teams)}`;
  const skill = () => `skill-${random(5)}`;
  const agents = Array.from({ length: AGENTS }, (_, nth) =>
    makeAgent(nth, capacity(random), { teams: [team(), team()], skills: [skill(), skill()] }),
  );
  const kinds = new Map<string, Needs>();
  const movable: Movable[] = [];
  for (let tried = 0; movable.length < CONVERSATIONS && tried < 100 * CONVERSATIONS; tried += 1) {
    const needs: Needs = {
      ...{
        channelId: 'web',
        channelKind: 'webchat',
        remote: false,
        externalChannelId: null,
        excludedAgentIds: [],
      },
      teamId: teams === 1 ? null : team(),
      skillIds: teams === 1 || random(2) === 0 ? [] : [skill()],
      weight: weight(random),
    };
    const agent = agents[random(AGENTS * holders)] as AgentState;
    const needsKey = JSON.stringify(needs);
    const knows = needs.skillIds.every((id) => agent.skills.has(id));
    const serves = knows && (needs.teamId === null || agent.teamIds.has(needs.teamId));
    if (!serves || agent.load + needs.weight > agent.capacity) continue;
    kinds.set(needsKey, needs);
    agent.load += needs.weight;
    movable.push({
      ...{ conversationId: `conversation-${movable.length}`, agentId: agent.agentId, needsKey },
      ...{ weight: needs.weight, rankAt: movable.length },
    });
  }
  if (movable.length < CONVERSATIONS) throw new Error('The agents are full.');
  const screened = new Map([...kinds].map(([key, needs]) => [key, screen(agents, needs)]));
  const most = Number.POSITIVE_INFINITY;
  return { agents, movable, screened, teamId: null, now: 0, most };
}

interface Done {
  moves: number;
  /** Σ held² ÷ capacity. */
  cost: number;
}

function measureCost(agents: readonly AgentState[], held: ReadonlyMap<string, number>): number {
  return agents.reduce((sum, { agentId, capacity }) => {
    const load = held.get(agentId) as number;
    return sum + (load * load) / capacity;
  }, 0);
}

/**
 * What a script would do: again and again one conversation of the fullest agent who has one that
 * anybody emptier may be given, to the emptiest of those, as long as that helps.
 */
function moveGreedily(balancing: Balancing): Done {
  const { agents, movable } = balancing;
  const held = new Map(agents.map(({ agentId, load }) => [agentId, load]));
  const share = ({ agentId, capacity }: AgentState) => (held.get(agentId) as number) / capacity;
  const of = new Map(agents.map(({ agentId }) => [agentId, [] as Movable[]]));
  for (const unit of movable) of.get(unit.agentId)?.push(unit);
  const open = new Set(agents);
  let moves = 0;
  while (open.size > 0) {
    const from = [...open].reduce((a, b) => (share(a) >= share(b) ? a : b));
    const own = of.get(from.agentId) as Movable[];
    const best = findEmptiest(balancing, { from, own, held });
    if (best === null) {
      open.delete(from);
      continue;
    }
    const { unit, to } = best;
    own.splice(own.indexOf(unit), 1);
    held.set(from.agentId, (held.get(from.agentId) as number) - unit.weight);
    held.set(to.agentId, (held.get(to.agentId) as number) + unit.weight);
    moves += 1;
  }
  return { moves, cost: measureCost(agents, held) };
}

function findEmptiest(
  { agents, screened }: Balancing,
  { from, own, held }: { from: AgentState; own: readonly Movable[]; held: Map<string, number> },
): { unit: Movable; to: AgentState } | null {
  const loadOf = ({ agentId }: AgentState) => held.get(agentId) as number;
  const choices = [...new Map(own.map((one) => [one.needsKey, one])).values()].flatMap((unit) =>
    (screened.get(unit.needsKey)?.fit ?? []).map((place) => ({
      ...{ unit, to: agents[place] as AgentState },
    })),
  );
  const helping = choices.filter(({ unit, to }) => {
    const worth = (2 * loadOf(to) + unit.weight) / to.capacity;
    const spared = (2 * loadOf(from) - unit.weight) / from.capacity;
    return to !== from && worth < spared && loadOf(to) + unit.weight <= to.capacity;
  });
  const shareOf = (one: AgentState) => loadOf(one) / one.capacity;
  return helping.reduce<(typeof helping)[number] | null>(
    (a, b) => (a !== null && shareOf(a.to) <= shareOf(b.to) ? a : b),
    null,
  );
}

function plan(balancing: Balancing): Done {
  const { moves, shares } = planBalance(balancing);
  const held = new Map(shares.map(({ agentId, heldAfter }) => [agentId, heldAfter]));
  return { moves: moves.length, cost: measureCost(balancing.agents, held) };
}

/** In milliseconds of processor time: others share this machine. */
function time<T>(act: () => T): { took: number; done: T } {
  const began = process.cpuUsage();
  const done = act();
  const { user, system } = process.cpuUsage(began);
  return { took: (user + system) / 1000, done };
}

const measured = worlds.map((world) => {
  const balancing = makeBalancing(world);
  const loads = new Map(balancing.agents.map(({ agentId, load }) => [agentId, load]));
  const ours: number[] = [];
  const plain: number[] = [];
  let [planned, greedy] = [plan(balancing), moveGreedily(balancing)];
  for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round += 1) {
    const one = time(() => plan(balancing));
    planned = one.done;
    if (round >= 0) ours.push(one.took);
    if (round % 10 !== 0) continue;
    const other = time(() => moveGreedily(balancing));
    greedy = other.done;
    if (round >= 0) plain.push(other.took);
  }
  const before = measureCost(balancing.agents, loads);
  return { world, ours, plain, planned, greedy, before };
});

const slowest = Math.max(...measured.map(({ ours }) => median(ours)));
await report('balance', [
  {
    title: 'Planning a re-balance',
    how: `${whole(AGENTS)} agents online, who hold ${whole(CONVERSATIONS)} conversations that all may move, given at random; ${ROUNDS} times, in processor time of the whole process, its collecting of garbage included. "Left" is Σ held² ÷ capacity above the least that was found: the plan is exact where all weigh the same. Beside it a script's way: from the fullest to the emptiest, one by one, as long as that helps.`,
    columns: [
      'world',
      'plan',
      'p99',
      'moves',
      'left',
      'by script',
      'its moves',
      'its left',
      'ratio',
    ],
    rows: measured.map(({ world, ours, plain, planned, greedy }) => {
      const least = Math.min(planned.cost, greedy.cost);
      return [
        ...[world.name, ms(median(ours)), ms(percentile(ours, 0.99)), whole(planned.moves)],
        ...[(planned.cost - least).toFixed(2), ms(median(plain)), whole(greedy.moves)],
        ...[(greedy.cost - least).toFixed(2), times(median(ours) / median(plain))],
      ];
    }),
  },
  {
    title: 'Targets',
    how: 'Medians, in processor time.',
    columns: targetColumns,
    rows: [
      target(
        'a plan for 1,000 agents and 5,000 conversations, the slowest world',
        `≤ ${MOST_MS} ms`,
        ms(slowest),
        slowest <= MOST_MS,
      ),
    ],
  },
]);
