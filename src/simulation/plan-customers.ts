// Where a simulated customer stands: the plan that the rules give, the step that the waiting has come to, and what it needs then.
import type { Priority } from '../contract/conversation.ts';
import type { ScenarioKind } from '../contract/scenario.ts';
import { needsKey } from '../routing/needs-key.ts';
import type { CompiledPolicy, Routing } from '../routing/plans/compile-policy.ts';
import { type Entered, type Placed, placeInPlan } from '../routing/plans/place-in-plan.ts';
import { countOnline, readMoment } from '../routing/read-moment.ts';
import type { Facts } from '../routing/rules/facts.ts';
import type { AgentState, Instant, Needs } from '../routing/types.ts';

/** What is known of one of them. */
export interface Planned {
  kind: ScenarioKind;
  cameAt: Instant;
  priority: Priority;
  /** null: the policy has no rules. */
  entered: Entered | null;
}

export interface Standing {
  key: string;
  needs: Needs;
  plan: string | null;
  rankAt: Instant;
  /** The plan ended it. */
  ended: boolean;
  /** Whether the plan is full is judged once nobody could be found at once. */
  untried: boolean;
  /** null: nothing changes by itself. */
  dueAt: Instant | null;
}

export interface Around {
  now: Instant;
  agents: readonly AgentState[];
  /** How many others wait by that plan. */
  waitingIn(plan: string): number;
}

export interface Customers {
  arrive(kind: ScenarioKind, around: Around): Planned;
  /** `tried`: nobody could be given it at this moment. */
  stand(customer: Planned, around: Around, tried: boolean): Standing;
}

export function planCustomers({ routing, document }: CompiledPolicy): Customers {
  return {
    arrive: (kind, around) => {
      const { priority: asked = 'normal' } = kind.needs ?? {};
      const came = { kind, cameAt: around.now };
      if (routing === null) return { ...came, priority: asked, entered: null };
      const { plan, priority } = routing.match(gatherFacts(routing, kind, around));
      return { ...came, priority: priority ?? asked, entered: { plan, since: around.now } };
    },
    stand: (customer, around, tried) => {
      const placed = place(routing, customer, around, tried);
      const { plan, needs, priority } = placed ?? unplaced(customer);
      const boostMs = document.boostSeconds[priority] * 1000;
      return {
        ...{ needs, plan, key: writeKey(needs, plan), rankAt: customer.cameAt - boostMs },
        ended: placed !== null && placed.ends !== null,
        untried: placed?.untried ?? false,
        dueAt: placed?.dueAt ?? null,
      };
    },
  };
}

/** Notes on the customer what is judged once and kept; null: the policy has no rules. */
function place(
  routing: Routing | null,
  customer: Planned,
  { now, waitingIn }: Around,
  tried: boolean,
): (Placed & { needs: Needs }) | null {
  const { kind, priority, entered } = customer;
  if (routing === null || entered === null) return null;
  const { skills = {}, team = null } = kind.needs ?? {};
  const byHand = { needsByHand: false, priorityByHand: false };
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

function unplaced({ kind, priority }: Planned) {
  const { skills = {}, team: teamId = null } = kind.needs ?? {};
  const asked = { teamId, skillIds: Object.keys(skills), skillLevels: Object.values(skills) };
  return { plan: null, priority, needs: needsOf(kind, asked) };
}

/** Names are ids here, and may hold the signs by which a key is put together. */
function writeKey(needs: Needs, plan: string | null): string {
  const teamId = needs.teamId === null ? null : encodeURIComponent(needs.teamId);
  return needsKey({ ...needs, teamId, skillIds: needs.skillIds.map(encodeURIComponent) }, { plan });
}

const CHANNEL = 'scenario';

function needsOf(
  kind: ScenarioKind,
  asked: Required<Pick<Needs, 'teamId' | 'skillIds' | 'skillLevels'>>,
): Needs {
  const { teamId, skillIds, skillLevels } = asked;
  return {
    ...{ channelId: CHANNEL, channelKind: CHANNEL, externalChannelId: null, remote: false },
    ...{ teamId, skillIds, skillLevels, excludedAgentIds: [] },
    weight: kind.needs?.weight ?? 1,
  };
}

/** Fields by their names, as rules write them, and what the moment adds. */
function gatherFacts(routing: Routing, kind: ScenarioKind, around: Around): Facts {
  const { fields = {}, priority = 'normal' } = kind.needs ?? {};
  const facts: Record<string, unknown> = { conversation: { priority } };
  for (const [name, value] of Object.entries(fields)) put(facts, name.split('.'), value);
  const { used } = routing;
  const waiting = [...used.waiting.keys()].map((plan) => [plan, around.waitingIn(plan)]);
  const online = [...used.online].map((team) => [
    team,
    countOnline(around.agents, team, around.now),
  ]);
  return {
    now: readMoment(routing, around.now) ?? null,
    waiting: Object.fromEntries(waiting),
    online: Object.fromEntries(online),
    ...facts,
  };
}

function put(into: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [first = '', ...rest] = path;
  if (rest.length === 0) {
    into[first] = value;
    return;
  }
  const known = Object.hasOwn(into, first) ? into[first] : undefined;
  const inner = typeof known === 'object' && known !== null ? known : {};
  into[first] = inner;
  put(inner as Record<string, unknown>, rest, value);
}
