// Gives waiting conversations the plan that the rules say, and the step that their waiting has come to.

import { askedBefore } from '../routing/exclusions.ts';
import { type BotFirst, judgeBot } from '../routing/judge-bot.ts';
import { judgeSticky, type Sticky } from '../routing/judge-sticky.ts';
import { awaitKey, needsKey } from '../routing/needs-key.ts';
import { chooseCauses } from '../routing/plans/choose-causes.ts';
import type { CompiledPolicy, Routing } from '../routing/plans/compile-policy.ts';
import { type Asked, type Placed, placeInPlan } from '../routing/plans/place-in-plan.ts';
import { readSpan } from '../routing/plans/read-span.ts';
import type { AgentState, Instant } from '../routing/types.ts';
import type { Placing, ToPlace } from '../store/place-conversations.ts';
import { type PlacingRow, type Route, readForPlacing } from '../store/read-for-placing.ts';
import type { ReadToPlace } from '../store/read-pass.ts';
import { TO_END } from '../store/send-to-rules.ts';
import type { Db } from '../store/sql.ts';
import { countOthers, isJudged, isTried, type Others } from './count-others.ts';
import { findReturn, keepReturn } from './find-return.ts';
import {
  gatherFacts,
  listCostlyFacts,
  readSurroundings,
  type Surroundings,
} from './gather-facts.ts';
import { leavePlans } from './leave-plans.ts';
import { noteSeen } from './note-seen.ts';
import { placeTargets } from './place-targets.ts';
import {
  NO_FACTS,
  type QueueFacts,
  readQueueFacts,
  type Speaking,
  writeGreeting,
  writeSays,
} from './write-plan-words.ts';

export interface InForce {
  version: number;
  policy: CompiledPolicy;
}

/** What placing looks at. */
export interface ToBePlaced {
  /** Those that still wait; not locked. */
  rows: readonly PlacingRow[];
  agents: readonly AgentState[];
  /** null: the policy has no rules, or there is nothing to be placed. */
  around: Surroundings | null;
}

const NOTHING: ToBePlaced = { rows: [], agents: [], around: null };

/** In one round trip, and in none where all was `read` with the rest; null: nothing was. */
export async function readToPlace(
  db: Db,
  args: {
    workspaceId: string;
    toPlace: readonly Pick<ToPlace, 'conversationId'>[];
    read: ReadToPlace | null;
    inForce: InForce;
    agents: readonly AgentState[];
    now: Instant;
  },
): Promise<ToBePlaced> {
  const { workspaceId, toPlace, read, inForce } = args;
  if (toPlace.length === 0) return NOTHING;
  const { routing } = inForce.policy;
  const known = new Map((read?.rows ?? []).map((row) => [row.conversationId, row]));
  const ids = new Set(toPlace.map(({ conversationId }) => conversationId));
  const conversationIds = [...ids].filter((id) => !known.has(id));
  const facts = routing === null ? [] : listCostlyFacts(routing);
  const [others, around] = await Promise.all([
    conversationIds.length === 0 ? [] : readForPlacing(db, { workspaceId, conversationIds, facts }),
    routing && readSurroundings(db, { ...args, teams: read?.teams ?? null, routing }),
  ]);
  const { agents } = args;
  return { rows: [...known.values(), ...others], agents, around };
}

/**
 * What is to be written for these conversations. A rule is asked about those that no rule of this
 * policy was asked about; the others only go on to their next step. Those that are `given` to
 * somebody in this pass are left out.
 */
export async function placeWaiting(
  db: Db,
  args: {
    workspaceId: string;
    inForce: InForce;
    now: Instant;
    given?: readonly string[];
  } & ToBePlaced,
): Promise<Placing[]> {
  const { workspaceId, inForce, around, now, given = [] } = args;
  const { routing } = inForce.policy;
  const gone = new Set(given);
  const rows = args.rows.filter(({ conversationId }) => !gone.has(conversationId));
  if (rows.length === 0) return [];
  if (routing === null || around === null) {
    return rows.map((row) => leavePlans(row, { agents: args.agents, now }));
  }
  const others = await countOthers(db, { workspaceId, routing, rows, given });
  const means = { routing, around, now, version: inForce.version };
  const standing = rows.toSorted(byTurn).map((row) => stand(row, { ...means, others }));
  const facts = await readQueueFacts(db, { workspaceId, routing, speaking: standing, given });
  return standing.map((one) => place(one, { ...means, facts }));
}

/** First those that were judged before, then who came first. */
function byTurn(a: PlacingRow, b: PlacingRow): number {
  return (
    Number(isJudged(b)) - Number(isJudged(a)) ||
    a.queuedAt - b.queuedAt ||
    (a.conversationId < b.conversationId ? -1 : 1)
  );
}

/**
 * Where one conversation stands then, whatever others there are and whatever it is told. `around`:
 * null only for a policy without rules.
 */
export function placeOne(
  row: PlacingRow,
  { inForce, agents, around, now }: Omit<ToBePlaced, 'rows'> & { inForce: InForce; now: Instant },
): Placing {
  const { version, policy } = inForce;
  const { routing } = policy;
  if (routing === null || around === null) return leavePlans(row, { agents, now });
  const means = { routing, around, now, version };
  return place(stand(row, { ...means, others: null }), { ...means, facts: NO_FACTS });
}

interface Means {
  routing: Routing;
  around: Surroundings;
  now: Instant;
}

interface Standing extends Speaking {
  route: Route;
  addTags: readonly string[];
}

/** `others`: null where nobody is to be judged. */
function stand(
  row: PlacingRow,
  { version, others, ...means }: Means & { version: number; others: Others | null },
): Standing {
  const { routing, now } = means;
  const isKnown = row.policyVersion === version && row.route?.entered !== undefined;
  const { route, addTags } = isKnown
    ? { route: row.route as Route, addTags: [] }
    : askRules(row, means);
  const wasTried = isTried(row, isKnown);
  const placed = placeInPlan(routing, {
    ...{ asked: askedOf(route), entered: route.entered, now },
    others: (plan) => (others !== null && wasTried && plan === row.plan ? others.of(plan) : null),
  });
  others?.add(placed);
  const plan = routing.plans.get(placed.plan) ?? { name: placed.plan };
  const tried = wasTried && row.plan === placed.plan && row.planStep === placed.step;
  const causes = chooseCauses(plan, placed, { tried, told: route.told ?? [] });
  return { row, route, addTags, placed, causes };
}

function place(
  standing: Standing,
  { facts, version, ...means }: Means & { version: number; facts: QueueFacts },
): Placing {
  const { row, placed, causes, addTags } = standing;
  const { routing, now } = means;
  const { ends } = placed;
  const says = writeSays(standing, { routing, facts, now });
  const route = noteTold(standing, { routing, now, says });
  const back = findReturn(route, {
    plan: routing.plans.get(placed.plan) ?? { name: placed.plan },
    agentOf: (id) => means.around.agentById.get(id),
    ...{ needs: { ...row, ...placed }, now },
  });
  const bot = back === null ? findBot(row, { route, placed, ...means }) : null;
  const sticky = back ?? findSticky(row, { route, placed, ...means });
  const due = placeTargets(row, { routing, plan: placed.plan, now });
  const kept = keepBot(keepReturn(route, back), { placed, routing, bot });
  const written = write(row, { placed, route: kept, bot, sticky, version, addTags, due });
  // What it is told when it ends is said by the verb that ends it.
  if (ends !== null) return { ...written, needsKey: TO_END, awaits: false, dueAt: null };
  // The pass after this one has tried to give it to somebody.
  const dueAt =
    placed.untried || causes.later || bot !== null ? new Date(Math.floor(now)) : written.dueAt;
  return { ...written, dueAt, says };
}

/** With what it has been told, what it is told once somebody has it, and how it ends. */
function noteTold(
  { row, placed, causes, route }: Standing,
  args: { routing: Routing; now: Instant; says: Placing['says'] },
): Route {
  const { says, ...means } = args;
  const { full, ends, plan } = placed;
  const greeting = writeGreeting(row, { ...means, plan });
  const { ends: _ends, assigned: _assigned, ...kept } = route;
  return {
    ...kept,
    entered: { ...kept.entered, ...(full && { full }) },
    ...(causes.told.length > 0 && { told: causes.told }),
    ...(greeting !== null && { assigned: greeting }),
    ...(ends !== null && { ends: { ...ends, says } }),
  };
}

/** The waiting counts from the arrival for the first plan, on for the same plan, and anew for another. */
function enter(plan: string, { route, queuedAt }: PlacingRow, now: Instant): Route['entered'] {
  const before = route?.entered;
  // What was held before there were rules has waited in none.
  if (before === undefined) return { plan, since: route?.returning?.at ?? queuedAt };
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
  const facts = gatherFacts(row, around);
  const match = routing.match(facts);
  const seen = noteSeen(facts, { conversationId: row.conversationId, routing, now });
  const { rule, priority, addTags, because } = match;
  // What a person chose stands while the policy still has it.
  const plan = routing.plans.has(byHand.plan ?? '') ? (byHand.plan as string) : match.plan;
  const ruled = priority === null || byHand.priority ? null : priority;
  const { lastAgent } = row;
  const entered = enter(plan, row, now);
  const stands = { asked, byHand, entered, rule, because, seen, priority: ruled };
  const route = { ...stands, lastAgent, sticky: null };
  const { told, returning, bot } = row.route ?? {};
  const before = { ...(told && { told }), ...(returning && { returning }), ...(bot && { bot }) };
  return { route: { ...route, ...before }, addTags };
}

/** Once in a plan: what was held by somebody is for people, unless a person sent it into the plan. */
function findBot(
  row: PlacingRow,
  { route, placed, routing, around, now }: Means & { route: Route; placed: Placed },
): BotFirst | null {
  const { plan: name, ends } = placed;
  const agentId = routing.plans.get(name)?.bot?.agent;
  if (agentId === undefined || ends !== null) return null;
  const { byHand, returning } = route;
  const isSent = byHand.plan === name && !byHand.needs;
  const isOver =
    (row.wasHeld && !isSent) ||
    row.leftByBots.includes(agentId) ||
    row.isHeld ||
    row.handedTo !== null ||
    returning !== undefined;
  const needs = { ...row, ...placed };
  return judgeBot(
    { name, agentId },
    { agent: around.agentById.get(agentId), needs, before: route.bot, isOver, now },
  );
}

const OVER = 0;

/** The bot of a plan is asked once: when it comes to the plan. */
function keepBot(
  route: Route,
  { placed, routing, bot }: { placed: Placed; routing: Routing; bot: BotFirst | null },
): Route {
  const agentId = routing.plans.get(placed.plan)?.bot?.agent;
  if (agentId === undefined) return route;
  return { ...route, bot: bot ?? { plan: placed.plan, agentId, until: OVER } };
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
  // It waits for nobody who was asked and did not take it.
  const excludedAgentIds = [...row.excludedAgentIds, ...askedBefore(row.exclusions)];
  return judgeSticky(plan, {
    ...{ known, needs: { ...row, ...placed, excludedAgentIds }, since: placed.since },
    ...{ before: row.route?.wait, now },
  });
}

export function askedOf({ asked, byHand, priority }: Route): Asked {
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
    bot: BotFirst | null;
    sticky: Sticky | null;
    version: number;
    addTags: readonly string[];
    due: Pick<Placing, 'targets' | 'rankAt'>;
  },
): Placing {
  const { placed, route, bot, sticky, version, addTags, due } = args;
  const { teamId, skillIds, skillLevels, priority, plan, step, since, dueAt } = placed;
  const askedAgentIds = askedBefore(row.exclusions);
  const needs = { ...row, teamId, skillIds, skillLevels, askedAgentIds };
  const key = needsKey(needs, { ...row, plan, botAgentId: bot?.agentId ?? null });
  // Who was given to a mirror waits there.
  const until = row.handedTo === null && bot === null ? (sticky?.wait.until ?? null) : null;
  const awaited = until === null ? null : (sticky?.agentId ?? null);
  const dues = [dueAt, until].filter((one) => one !== null);
  return {
    ...{ row, conversationId: row.conversationId, rowVersion: row.rowVersion },
    ...{ teamId, skillIds, skillLevels, priority, plan, step, addTags, says: [] },
    route: { ...route, sticky: sticky?.agentId ?? null, ...(sticky && { wait: sticky.wait }) },
    needsKey: awaited === null ? key : awaitKey(awaited, key),
    awaits: awaited !== null,
    planSince: new Date(since),
    dueAt: dues.length === 0 ? null : new Date(Math.ceil(Math.min(...dues))),
    policyVersion: version,
    ...due,
  };
}
