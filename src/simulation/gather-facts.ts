// What rules look at of a simulated customer, and of the moment at which it comes.
import type { ScenarioKind } from '../contract/scenario.ts';
import type { Routing } from '../routing/plans/compile-policy.ts';
import { countOnline, readMoment } from '../routing/read-moment.ts';
import type { Facts } from '../routing/rules/facts.ts';
import type { AgentState, Instant } from '../routing/types.ts';

export interface Around {
  now: Instant;
  agents: readonly AgentState[];
  /** How many others wait by that plan. */
  waitingIn(plan: string): number;
}

/** Fields by their names, as rules write them, and what the moment adds. */
export function gatherFacts(routing: Routing, kind: ScenarioKind, around: Around): Facts {
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
