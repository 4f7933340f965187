// Gives waiting conversations the plan that the rules say, and the step that their waiting has come to.
import { needsKey } from '../routing/needs-key.ts';
import type { CompiledPolicy, Routing } from '../routing/plans/compile-policy.ts';
import { type Asked, type Placed, placeInPlan } from '../routing/plans/place-in-plan.ts';
import { readSpan } from '../routing/plans/read-span.ts';
import type { AgentState, Instant } from '../routing/types.ts';
import {
  type Placing,
  type PlacingRow,
  type Route,
  readForPlacing,
  type ToPlace,
} from '../store/place-conversations.ts';
import type { Db } from '../store/sql.ts';
import {
  gatherFacts,
  listCostlyFacts,
  readSurroundings,
  type Surroundings,
} from './gather-facts.ts';
import { placeTargets } from './place-targets.ts';

export interface InForce {
  version: number;
  policy: CompiledPolicy;
}

/**
 * What is to be written for these conversations. A rule is asked about those that no rule of this
 * policy was asked about; the others only go on to their next step.
 */
export async function placeWaiting(
  db: Db,
  args: {
    workspaceId: string;
    toPlace: readonly ToPlace[];
    inForce: InForce;
    agents: readonly AgentState[];
    now: Instant;
  },
): Promise<Placing[]> {
  const { workspaceId, toPlace, inForce, agents, now } = args;
  if (toPlace.length === 0) return [];
  const { routing } = inForce.policy;
  const conversationIds = [...new Set(toPlace.map(({ conversationId }) => conversationId))];
  const facts = routing === null ? [] : listCostlyFacts(routing);
  const rows = await readForPlacing(db, { workspaceId, conversationIds, facts });
  const around =
    routing === null ? null : await readSurroundings(db, { workspaceId, routing, agents, now });
  return rows.map((row) => placeOne(row, { inForce, around, now }));
}

/** Where one conversation stands then. `around`: null only for a policy without rules. */
export function placeOne(
  row: PlacingRow,
  { inForce, around, now }: { inForce: InForce; around: Surroundings | null; now: Instant },
): Placing {
  const { version, policy } = inForce;
  if (policy.routing === null || around === null) return leavePlans(row);
  return place(row, { routing: policy.routing, version, around, now });
}

function place(
  row: PlacingRow,
  {
    routing,
    version,
    around,
    now,
  }: { routing: Routing; version: number; around: Surroundings; now: Instant },
): Placing {
  const isKnown = row.policyVersion === version && row.route?.entered !== undefined;
  const { route, addTags } = isKnown
    ? { route: row.route as Route, addTags: [] }
    : askRules(row, { routing, around, now });
  const placed = placeInPlan(routing, { asked: askedOf(route), entered: route.entered, now });
  const sticky = findSticky(route, { within: routing.plans.get(placed.plan)?.sticky?.within, now });
  const due = placeTargets(row, { routing, plan: placed.plan, now });
  return write(row, { placed, route: { ...route, sticky }, version, addTags, due });
}

/** The waiting counts from the arrival for the first plan, on for the same plan, and anew for another. */
function enter(plan: string, { route, queuedAt }: PlacingRow, now: Instant): Route['entered'] {
  const before = route?.entered;
  if (before === undefined) return { plan, since: queuedAt };
  return before.plan === plan ? before : { plan, since: now };
}

function askRules(
  row: PlacingRow,
  { routing, around, now }: { routing: Routing; around: Surroundings; now: Instant },
): { route: Route; addTags: readonly string[] } {
  const asked = row.route?.asked ?? {
    teamId: row.teamId,
    skillIds: row.skillIds,
    priority: row.priority,
  };
  const byHand = row.route?.byHand ?? {};
  const match = routing.match(gatherFacts(row, around));
  const { rule, plan, priority, addTags, because } = match;
  const ruled = priority === null || byHand.priority ? null : priority;
  const { lastAgent } = row;
  const entered = enter(plan, row, now);
  const route = { asked, byHand, entered, rule, because, priority: ruled, lastAgent, sticky: null };
  return { route, addTags };
}

/** Who had the contact's last conversation, unless that is too long ago. */
function findSticky(
  { lastAgent }: Route,
  { within, now }: { within: string | undefined; now: Instant },
): string | null {
  if (lastAgent === null || within === undefined) return null;
  return now - lastAgent.endedAt <= readSpan(within) ? lastAgent.agentId : null;
}

function askedOf({ asked, byHand, priority }: Route): Asked {
  return {
    teamId: asked.teamId,
    skillIds: asked.skillIds,
    priority: priority ?? asked.priority,
    needsByHand: byHand.needs ?? false,
    priorityByHand: byHand.priority ?? false,
  };
}

function write(
  row: PlacingRow,
  args: {
    placed: Placed;
    route: Route;
    version: number;
    addTags: readonly string[];
    due: Pick<Placing, 'targets' | 'rankAt'>;
  },
): Placing {
  const { placed, route, version, addTags, due } = args;
  const { teamId, skillIds, skillLevels, priority, plan, step, since, dueAt } = placed;
  return {
    ...{ conversationId: row.conversationId, rowVersion: row.rowVersion },
    ...{ teamId, skillIds, skillLevels, priority, plan, step, route, addTags },
    needsKey: needsKey({ ...row, teamId, skillIds, skillLevels }, { ...row, plan }),
    planSince: new Date(since),
    dueAt: dueAt === null ? null : new Date(Math.ceil(dueAt)),
    policyVersion: version,
    ...due,
  };
}

/** The policy has no rules any more: it needs what it came with. */
function leavePlans(row: PlacingRow): Placing {
  const { teamId, skillIds, priority } = row.route?.asked ?? row;
  return {
    ...{ conversationId: row.conversationId, rowVersion: row.rowVersion },
    ...{ teamId, skillIds, skillLevels: [], priority },
    needsKey: needsKey({ ...row, teamId, skillIds }, { ...row, plan: null }),
    ...{ plan: null, planSince: null, step: null, dueAt: null, policyVersion: null },
    ...{ route: null, addTags: [], targets: null, rankAt: null },
  };
}
