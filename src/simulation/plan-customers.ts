// Where a simulated customer stands: the plan that the rules give, the step that the waiting has come to, and what it needs then.
import type { Priority } from '../contract/conversation.ts';
import type { ScenarioKind } from '../contract/scenario.ts';
import { awaitKey } from '../routing/needs-key.ts';
import type { CompiledPolicy, Routing } from '../routing/plans/compile-policy.ts';
import { type Entered, type Placed, placeInPlan } from '../routing/plans/place-in-plan.ts';
import { planTargets } from '../routing/targets/follow-targets.ts';
import type { Instant, Needs } from '../routing/types.ts';
import type { LastAgent } from './contacts.ts';
import { findBot } from './find-bot.ts';
import { findSticky, type Known } from './find-sticky.ts';
import { type Around, gatherFacts } from './gather-facts.ts';
import { asKeyed, keepFrom, needsOf, writeKey } from './write-needs.ts';

/** What is known of one of them. */
export interface Planned extends Known {
  kind: ScenarioKind;
  cameAt: Instant;
  priority: Priority;
  /** null: the policy has no rules. */
  entered: Entered | null;
  /** An agent chose its team or skills: no step overrules them. */
  needsByHand: boolean;
}

export interface Standing {
  key: string;
  needs: Needs;
  plan: string | null;
  rankAt: Instant;
  /** Whom the contact knows; null: nobody, or the plan does not ask. */
  stickyAgentId: string | null;
  /** The place of that agent, while nobody else may have it; null: others may. */
  awaits: number | null;
  /** The plan ended it. */
  ended: boolean;
  /** Whether the plan is full is judged once nobody could be found at once. */
  untried: boolean;
  /** null: nothing changes by itself. */
  dueAt: Instant | null;
}

export interface Customers {
  /** `last`: who served it last time, as far as is known. */
  arrive(kind: ScenarioKind, around: Around, last: LastAgent | null): Planned;
  /** `tried`: nobody could be given it at this moment. */
  stand(customer: Planned, around: Around, tried: boolean): Standing;
}

export function planCustomers({ routing, document }: CompiledPolicy): Customers {
  return {
    arrive: (kind, around, last) => {
      const { priority: asked = 'normal' } = kind.needs ?? {};
      const came = {
        kind,
        cameAt: around.now,
        exclusions: [],
        last,
        wasHeld: false,
        needsByHand: false,
      };
      if (routing === null) return { ...came, priority: asked, entered: null };
      const { plan, priority } = routing.match(gatherFacts(routing, kind, around));
      return { ...came, priority: priority ?? asked, entered: { plan, since: around.now } };
    },
    stand: (customer, around, tried) => {
      const placed = place(routing, customer, around, tried);
      const asks = placed ?? unplaced(customer);
      const { plan, priority } = asks;
      const kept = keepFrom(asks.needs, customer.exclusions, around.now);
      const bot = findBot(routing, customer, { placed, needs: kept.needs, around });
      const shared = writeKey(kept.needs, { plan, botAgentId: bot?.agentId ?? null });
      const people = asKeyed(kept.needs, shared);
      const needs = bot === null ? people : { ...people, botAgentId: bot.agentId };
      const knows = bot === null ? findSticky(routing, customer, { placed, needs, around }) : null;
      const awaits = knows?.awaits?.at ?? null;
      const boostMs = document.boostSeconds[priority] * 1000;
      return {
        ...{ needs, plan, awaits },
        stickyAgentId: knows?.agentId ?? null,
        key: awaits === null ? shared : awaitKey(String(awaits), shared),
        rankAt: findDue(routing, customer, plan) ?? customer.cameAt - boostMs,
        ended: placed !== null && placed.ends !== null,
        untried: placed?.untried ?? false,
        dueAt: earliest(placed?.dueAt ?? null, kept.liftsAt, knows?.awaits?.until ?? null),
      };
    },
  };
}

/** null: never. */
function earliest(a: Instant | null, b: Instant | null, c: Instant | null): Instant | null {
  const never = Number.POSITIVE_INFINITY;
  const first = Math.min(a ?? never, b ?? never, c ?? never);
  return first === never ? null : first;
}

/** Notes on the customer what is judged once and kept; null: the policy has no rules. */
function place(
  routing: Routing | null,
  customer: Planned,
  { now, waitingIn }: Around,
  tried: boolean,
): (Placed & { needs: Needs }) | null {
  const { kind, priority, entered, needsByHand } = customer;
  if (routing === null || entered === null) return null;
  const { skills = {}, team = null } = kind.needs ?? {};
  const byHand = { needsByHand, priorityByHand: false };
  const placed = placeInPlan(routing, {
    asked: { teamId: team, skillIds: Object.keys(skills), priority, ...byHand },
    ...{ entered, now },
    others: (plan) => (tried ? waitingIn(plan) : null),
  });
  const { full } = placed;
  if (full !== undefined) customer.entered = { ...entered, full };
  // A step that names no skills asks for those of the kind, at their levels.
  const isOwn = placed.skillLevels.length === 0;
  const skillLevels = isOwn ? Object.values(skills) : placed.skillLevels;
  return { ...placed, needs: needsOf(kind, { ...placed, skillLevels }) };
}

/** Its place in line where the plan serves whose target is due first; null: by when it came. */
function findDue(routing: Routing | null, { cameAt }: Planned, plan: string | null) {
  const rules = routing === null || plan === null ? null : routing.targetsOf(plan);
  if (rules === null || !rules.byDue) return null;
  const wrote = { by: 'contact', at: cameAt, seq: 1, agentId: null } as const;
  const { first } = planTargets({
    ...{ rules, before: null, lines: [wrote], enteredAt: cameAt, endedAt: null, agentId: null },
  });
  return first?.dueAt ?? null;
}

function unplaced({ kind, priority }: Planned) {
  const { skills = {}, team: teamId = null } = kind.needs ?? {};
  const asked = { teamId, skillIds: Object.keys(skills), skillLevels: Object.values(skills) };
  return { plan: null, priority, needs: needsOf(kind, asked) };
}
