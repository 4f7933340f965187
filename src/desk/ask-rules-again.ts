// Asks the rules again about what was given: on what each conversation was like when they were asked, as far as it still is.
import type { RulesCause } from '../contract/replays.ts';
import type { SeenByRules } from '../contract/routing-record.ts';
import type { CompiledPolicy, Routing } from '../routing/plans/compile-policy.ts';
import { indexNames, type NameIndex } from '../routing/policy/policy-names.ts';
import { readMoment } from '../routing/read-moment.ts';
import type { Facts } from '../routing/rules/facts.ts';
import type { AgentState } from '../routing/types.ts';
import { listGroups } from '../store/groups.ts';
import { readPolicyNames } from '../store/policy-names.ts';
import type { Route, Unruled } from '../store/read-for-placing.ts';
import { readSettledRoster } from '../store/roster.ts';
import type { Db } from '../store/sql.ts';
import { readToTry, type TriedRow } from '../store/try-policy.ts';
import { gatherFacts, listCostlyFacts, type Surroundings } from './gather-facts.ts';
import { toState } from './keep-agents.ts';
import { digestSeen } from './note-seen.ts';
import type { InForce } from './place-waiting.ts';
import { standAt } from './stand-in-plan.ts';
import { makeTally, type Tally } from './tally-tried.ts';

/** An assignment of the router, where rules were in force. */
export interface Ruled {
  conversationId: string;
  assignmentId: string;
  /** As its conversation was given; null: that is not kept. */
  route: Route | Unruled | null;
  inForce: InForce & { policy: { routing: Routing } };
}

export interface RulesFound {
  asked: number;
  causes: Map<RulesCause, number>;
  /** Of those for which the same rule matches again, by its name. */
  again: Map<string, number>;
  /** null: no other policy is asked. */
  against: { tally: Tally; unknown: number } | null;
}

export interface RulesAgain {
  found: RulesFound;
  /** Answers the assignments for which another rule matches. */
  ask(ruled: readonly Ruled[]): Promise<string[]>;
}

/** Read at a time. */
const CHUNK = 200;

type Asked = Ruled & { route: Route; seen: SeenByRules };

interface Means {
  db: Db;
  workspaceId: string;
  found: RulesFound;
  agents: readonly AgentState[];
  around: Pick<Surroundings, 'teams' | 'agents' | 'agentById'>;
  /** null: no other policy is asked. */
  other: { policy: CompiledPolicy; names: NameIndex; tally: Tally } | null;
}

export async function askRulesAgain(
  db: Db,
  { workspaceId, against }: { workspaceId: string; against: CompiledPolicy | null },
): Promise<RulesAgain> {
  const agents = (await readSettledRoster(db, workspaceId)).map(toState);
  const teams = await listGroups(db, 'team', workspaceId);
  const agentById = new Map(agents.map((agent) => [agent.agentId, agent]));
  const tally = makeTally('latest');
  const names = against && indexNames(await readPolicyNames(db, workspaceId));
  const other = against && names && { policy: against, names, tally };
  const found: RulesFound = {
    ...{ asked: 0, causes: new Map(), again: new Map() },
    against: against && { tally, unknown: 0 },
  };
  const around = { teams, agents, agentById };
  const means: Means = { db, workspaceId, found, agents, around, other };
  return { found, ask: (ruled) => ask(ruled, means) };
}

async function ask(ruled: readonly Ruled[], means: Means): Promise<string[]> {
  const { found } = means;
  found.asked += ruled.length;
  const otherwise: string[] = [];
  for (let from = 0; from < ruled.length; from += CHUNK) {
    const some = ruled.slice(from, from + CHUNK);
    const rows = await readRows(some.flatMap(toAsked), means);
    for (const one of some) {
      const cause = judge(one, rows.get(one.conversationId), means);
      if (cause === null) continue;
      bump(found.causes, cause);
      if (cause === 'another-rule') otherwise.push(one.assignmentId);
      else if (found.against !== null) found.against.unknown += 1;
    }
  }
  return otherwise;
}

function toAsked(one: Ruled): Asked[] {
  const { route } = one;
  if (route?.entered === undefined || route.seen === undefined) return [];
  return [{ ...one, route, seen: route.seen }];
}

/** null: the same rule. */
function judge(one: Ruled, row: TriedRow | undefined, means: Means): RulesCause | null {
  if (one.route?.entered === undefined) return 'waited-again';
  const [asked] = toAsked(one);
  if (asked === undefined) return 'not-on-record';
  if (row === undefined) return 'waited-again';
  const { routing } = one.inForce.policy;
  const same = findUnchanged(row, { one: asked, around: surround(asked, routing, means) });
  if (same === null) return 'fields-changed';
  tryOther(same.row, asked, means);
  const { rule } = routing.match(same.facts);
  if (rule !== asked.route.rule) return 'another-rule';
  bump(means.found.again, rule);
  return null;
}

/** What was the same for all that were asked then, as far as `routing` looks at it. */
function surround(
  { inForce, seen: { at, counts = [] } }: Asked,
  routing: Routing,
  { around }: Means,
): Surroundings {
  const counted = inForce.policy.routing.seen.readCounts(counts);
  return { ...around, now: readMoment(routing, at), ...counted };
}

function tryOther(row: TriedRow, one: Asked, means: Means): void {
  const { found, agents, other } = means;
  if (other === null || found.against === null) return;
  const { policy, names, tally } = other;
  const { route, seen, inForce } = one;
  if (!hasCounts(surround(one, inForce.policy.routing, means), policy.routing)) {
    found.against.unknown += 1;
    return;
  }
  const { asked, byHand } = route;
  const arriving = { ...row, policyVersion: null, route: { asked, byHand } };
  const stand = (then: InForce) => {
    const { routing } = then.policy;
    const around = routing && surround(one, routing, means);
    return standAt(arriving, { by: { inForce: then, agents, around }, now: seen.at, names });
  };
  const to = stand({ version: inForce.version + 1, policy });
  tally.add([{ row, from: stand(inForce), to }]);
}

type Counts = Pick<Surroundings, 'waiting' | 'online'>;

function bump<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

async function readRows(
  some: readonly Asked[],
  { db, workspaceId, other }: Means,
): Promise<Map<string, TriedRow>> {
  if (some.length === 0) return new Map();
  const routings = new Set(some.map(({ inForce }) => inForce.policy.routing));
  const theirs = other?.policy.routing ?? null;
  const all = [...routings, ...(theirs === null ? [] : [theirs])];
  const facts = [...new Set(all.flatMap(listCostlyFacts))];
  const conversationIds = some.map(({ conversationId }) => conversationId);
  const rows = await readToTry(db, 'asked', { workspaceId, conversationIds, facts });
  return new Map(rows.map((row) => [row.conversationId, row]));
}

/** As it was when the rules were asked: with the tags that their rule has added since, or without. null: it is not any more. */
function findUnchanged(
  row: TriedRow,
  { one, around }: { one: Asked; around: Surroundings },
): { row: TriedRow; facts: Facts } | null {
  const { conversationId, inForce, route, seen } = one;
  const { routing, document } = inForce.policy;
  const rule = document.rules?.find(({ name }) => name === route.rule);
  const added = new Set(rule?.then.addTags ?? []);
  const before = { ...row, tags: row.tags.filter((tag) => !added.has(tag)) };
  for (const then of added.size === 0 ? [row] : [before, row]) {
    const facts = gatherFacts(then, around);
    if (digestSeen(facts, { conversationId, routing }) === seen.digest) return { row: then, facts };
  }
  return null;
}

/** Whether what another policy counts was counted. */
function hasCounts({ waiting, online }: Counts, routing: Routing | null): boolean {
  if (routing === null) return true;
  const { used } = routing;
  const has = (counts: object) => (name: string) => Object.hasOwn(counts, name);
  return [...used.waiting.keys()].every(has(waiting)) && [...used.online].every(has(online));
}
