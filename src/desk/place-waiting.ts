// Gives waiting conversations the plan that the rules say, and the step that their waiting has come to.

import { judgeSticky, type Sticky } from '../routing/judge-sticky.ts';
import { awaitKey, needsKey } from '../routing/needs-key.ts';
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
    toPlace: readonly Pick<ToPlace, 'conversationId'>[];
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

interface Means {
  routing: Routing;
  around: Surroundings;
  now: Instant;
}

function place(row: PlacingRow, { version, ...means }: Means & { version: number }): Placing {
  const { routing, now } = means;
  const isKnown = row.policyVersion === version && row.route?.entered !== undefined;
  const { route, addTags } = isKnown
    ? { route: row.route as Route, addTags: [] }
    : askRules(row, means);
  const placed = placeInPlan(routing, { asked: askedOf(route), entered: route.entered, now });
  const sticky = findSticky(row, { route, placed, ...means });
  const due = placeTargets(row, { routing, plan: placed.plan, now });
  return write(row, { placed, route, sticky, version, addTags, due });
}

/** The waiting counts from the arrival for the first plan, on for the same plan, and anew for another. */
function enter(plan: string, { route, queuedAt }: PlacingRow, now: Instant): Route['entered'] {
  const before = route?.entered;
  if (before === undefined) return { plan, since: queuedAt };
  return before.plan === plan ? before : { plan, since: now };
}

function askRules(
  row: PlacingRow,
  { routing, around, now }: Means,
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

/** The agent to whom the contact belongs, then the one of its last conversation, unless that is too long ago. */
function findSticky(
  row: PlacingRow,
  args: Means & { route: Route; placed: Placed },
): Sticky | null {
  const { route, placed, routing, around, now } = args;
  const plan = routing.plans.get(placed.plan);
  if (plan?.sticky === undefined) return null;
  const { lastAgent } = route;
  const isRecent = lastAgent !== null && now - lastAgent.endedAt <= readSpan(plan.sticky.within);
  const ids = new Set([row.contact.agentId, isRecent ? lastAgent.agentId : null]);
  const known = [...ids].flatMap((id) => (id === null ? [] : (around.agentById.get(id) ?? [])));
  return judgeSticky(plan, {
    ...{ known, needs: { ...row, ...placed }, since: placed.since },
    ...{ before: row.route?.wait, now },
  });
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
    sticky: Sticky | null;
    version: number;
    addTags: readonly string[];
    due: Pick<Placing, 'targets' | 'rankAt'>;
  },
): Placing {
  const { placed, route, sticky, version, addTags, due } = args;
  const { teamId, skillIds, skillLevels, priority, plan, step, since, dueAt } = placed;
  const key = needsKey({ ...row, teamId, skillIds, skillLevels }, { ...row, plan });
  // Who was given to a mirror waits there.
  const until = row.handedTo === null ? (sticky?.wait.until ?? null) : null;
  const awaited = until === null ? null : (sticky?.agentId ?? null);
  const dues = [dueAt, until].filter((one) => one !== null);
  return {
    ...{ conversationId: row.conversationId, rowVersion: row.rowVersion },
    ...{ teamId, skillIds, skillLevels, priority, plan, step, addTags },
    route: { ...route, sticky: sticky?.agentId ?? null, ...(sticky && { wait: sticky.wait }) },
    needsKey: awaited === null ? key : awaitKey(awaited, key),
    awaits: awaited !== null,
    planSince: new Date(since),
    dueAt: dues.length === 0 ? null : new Date(Math.ceil(Math.min(...dues))),
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
    awaits: false,
    ...{ plan: null, planSince: null, step: null, dueAt: null, policyVersion: null },
    ...{ route: null, addTags: [], targets: null, rankAt: null },
  };
}
