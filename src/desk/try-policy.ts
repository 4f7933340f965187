// What a policy would change if it were put in force now: placed by the functions of the router, written nowhere.
import { isDeepStrictEqual } from 'node:util';
import { displayName } from '../contract/display-name.ts';
import type { PolicyDocument } from '../contract/policy/document.ts';
import {
  type DryRun,
  MAX_MOVED,
  MAX_TRIED_LAST,
  MAX_TRIED_WAITING,
  type MovedConversation,
} from '../contract/policy/dry-run.ts';
import { compilePolicy } from '../routing/plans/compile-policy.ts';
import type { NameIndex } from '../routing/policy/policy-names.ts';
import type { Instant } from '../routing/types.ts';
import { readClock } from '../store/clock.ts';
import { inTurn } from '../store/in-turn.ts';
import { readSettledRoster } from '../store/roster.ts';
import type { Db } from '../store/sql.ts';
import { listLastToTry, listWaitingToTry, readToTry, type TriedRow } from '../store/try-policy.ts';
import { withSnapshot } from '../store/tx.ts';
import { listPolicies } from '../store/workspaces.ts';
import type { Desk } from './context.ts';
import { listCostlyFacts } from './gather-facts.ts';
import type { InForce } from './place-waiting.ts';
import { toState } from './roster.ts';
import { type Surrounded, standAt, standNow, standOnArrival, surround } from './stand-in-plan.ts';

/** Placed between two looks at the clock, so that other requests of this process go on meanwhile. */
const CHUNK = 500;

/** What is not tried by then is left out. */
const BUDGET_MS = 5000;

const SETTINGS = `set local statement_timeout = '10s'`;

export interface Trial {
  workspaceId: string;
  /** One that holds, by ids. */
  policy: PolicyDocument;
  names: NameIndex;
  /** Who asks may read conversations. */
  namesContacts: boolean;
}

/** From a snapshot, without the routing lock. One at a time for each workspace and node. */
export function tryPolicy(
  { db, clock }: Pick<Desk, 'db' | 'clock'>,
  trial: Trial,
): Promise<DryRun> {
  return inTurn(`try-policy ${trial.workspaceId}`, () => {
    const endsAt = clock.elapsed() + BUDGET_MS;
    const hasTime = () => clock.elapsed() < endsAt;
    return withSnapshot(db, SETTINGS, (tx) => tryNow(tx, { ...trial, hasTime }));
  });
}

interface Trying extends Trial {
  hasTime(): boolean;
}

async function tryNow(db: Db, trying: Trying): Promise<DryRun> {
  const { workspaceId, policy, names } = trying;
  const now = (await readClock(db)).getTime();
  const [latest] = await listPolicies(db, workspaceId, 1);
  const version = latest?.version ?? 0;
  const agents = (await readSettledRoster(db, workspaceId)).map(toState);
  const surrounded = (inForce: InForce) => surround(db, { workspaceId, inForce, agents, now });
  // No conversation was placed by the next version yet, so its rules are asked about all.
  const after = await surrounded({ version: version + 1, policy: compilePolicy(policy) });
  const document = latest?.policy as PolicyDocument;
  const before = await surrounded({ version, policy: compilePolicy(document) });
  const waiting = await listWaitingToTry(db, { workspaceId, limit: MAX_TRIED_WAITING });
  const waited = await tryEach(db, waiting.conversationIds, {
    ...{ trying, which: 'waiting', facts: listFacts([after]) },
    compare: (row) => ({ from: standNow(row, names), to: standAt(row, { by: after, now, names }) }),
  });
  const lastIds = await listLastToTry(db, { workspaceId, limit: MAX_TRIED_LAST });
  const last = await tryEach(db, lastIds, {
    ...{ trying, which: 'last', facts: listFacts([before, after]) },
    compare: (row) => ({
      from: standOnArrival(row, { by: before, names }),
      to: standOnArrival(row, { by: after, names }),
    }),
  });
  const found = { waiting: waited, last };
  return {
    ...{ at: new Date(now).toISOString(), version },
    waiting: present(waited, waiting.of),
    last: present(last.toReversed(), lastIds.length),
    rules: (policy.rules ?? []).map(({ name: rule }) => ({
      ...{ rule, ...countIn(found, ({ to }) => to.rule === rule) },
    })),
    plans: countPlans(policy, found),
  };
}

function listFacts(policies: readonly Surrounded[]) {
  const routings = policies.map(({ inForce }) => inForce.policy.routing);
  return [...new Set(routings.flatMap((one) => (one === null ? [] : listCostlyFacts(one))))];
}

/** The longest waiting first. */
async function tryEach(
  db: Db,
  conversationIds: readonly string[],
  args: {
    trying: Trying;
    which: 'waiting' | 'last';
    facts: ReturnType<typeof listFacts>;
    compare(row: TriedRow): Pick<MovedConversation, 'from' | 'to'>;
  },
): Promise<MovedConversation[]> {
  const { trying, which, facts, compare } = args;
  const { workspaceId, namesContacts } = trying;
  const tried: (MovedConversation & { arrived: Instant })[] = [];
  for (const ids of spread(conversationIds)) {
    if (!trying.hasTime()) break;
    const rows = await readToTry(db, which, { workspaceId, conversationIds: ids, facts });
    for (const row of rows) {
      const { conversationId, state, queuedAt: arrived, contact } = row;
      const contactName = namesContacts
        ? displayName({ ...contact, externalId: row.contactExternalId })
        : null;
      const queuedAt = new Date(arrived).toISOString();
      tried.push({ conversationId, contactName, state, queuedAt, arrived, ...compare(row) });
    }
  }
  const sorted = tried.toSorted((a, b) => a.arrived - b.arrived);
  return sorted.map(({ arrived: _, ...shown }) => shown);
}

/** In chunks, each of which is spread over the whole: when time runs out, no part was left out alone. */
function spread(ids: readonly string[]): string[][] {
  const count = Math.ceil(ids.length / CHUNK);
  return Array.from({ length: count }, (_, nth) => ids.filter((_id, at) => at % count === nth));
}

/** Another rule alone leads nowhere else. */
function goesElsewhere({ from, to }: Pick<MovedConversation, 'from' | 'to'>): boolean {
  return !isDeepStrictEqual({ ...from, rule: null }, { ...to, rule: null });
}

function present(tried: readonly MovedConversation[], of: number): DryRun['waiting'] {
  const moved = tried.filter(goesElsewhere);
  return {
    ...{ of, tried: tried.length, elsewhere: moved.length },
    moved: moved.slice(0, MAX_MOVED),
  };
}

type Found = Record<'waiting' | 'last', readonly MovedConversation[]>;

function countIn({ waiting, last }: Found, holds: (one: MovedConversation) => boolean) {
  return { waiting: waiting.filter(holds).length, last: last.filter(holds).length };
}

/** The plans of the policy in their order, then those that it has no more. */
function countPlans({ plans = [] }: PolicyDocument, found: Found): DryRun['plans'] {
  const all = [...found.waiting, ...found.last];
  const named = new Set<string | null>([
    ...plans.map(({ name }) => name),
    ...all.flatMap(({ from, to }) => [from.plan, to.plan]),
  ]);
  return [...named].map((plan) => ({
    plan,
    before: countIn(found, ({ from }) => from.plan === plan),
    after: countIn(found, ({ to }) => to.plan === plan),
  }));
}
