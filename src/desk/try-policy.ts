// What a policy would change if it were put in force now: placed by the functions of the router, written nowhere.
import type { Clock } from '../clock.ts';
import type { PolicyDocument } from '../contract/policy/document.ts';
import { type DryRun, MAX_TRIED_LAST, MAX_TRIED_WAITING } from '../contract/policy/dry-run.ts';
import { compilePolicy } from '../routing/plans/compile-policy.ts';
import type { NameIndex } from '../routing/policy/policy-names.ts';
import { readClock } from '../store/clock.ts';
import { readSettledRoster } from '../store/roster.ts';
import type { Db } from '../store/sql.ts';
import { listLastToTry, listWaitingToTry, readToTry, type TriedRow } from '../store/try-policy.ts';
import { withSnapshot } from '../store/tx.ts';
import { listPolicies } from '../store/workspaces.ts';
import type { Desk } from './context.ts';
import { listCostlyFacts } from './gather-facts.ts';
import { toState } from './keep-agents.ts';
import type { InForce } from './place-waiting.ts';
import { type Surrounded, standAt, standNow, standOnArrival, surround } from './stand-in-plan.ts';
import {
  countPlans,
  countRules,
  makeTally,
  presentMoved,
  type Tally,
  type Tried,
} from './tally-tried.ts';
import { tryInTurn } from './try-in-turn.ts';

/** Placed between two looks at the clock, so that other requests of this process go on meanwhile. */
const CHUNK = 100;

/** What a part has not tried by then is left out, and the answer says how many it has. */
const BUDGET_MS = { waiting: 4000, last: 1000 };

const SETTINGS = `set local statement_timeout = '10s'`;

export interface Trial {
  workspaceId: string;
  /** One that holds, by ids. */
  policy: PolicyDocument;
  names: NameIndex;
  /** Who asks may read conversations. */
  namesContacts: boolean;
}

/** From a snapshot, without the routing lock. One at a time for each workspace and node. Refuses `trial.too-many`. */
export function tryPolicy(
  { db, clock }: Pick<Desk, 'db' | 'clock'>,
  trial: Trial,
): Promise<DryRun> {
  return tryInTurn(`try-policy ${trial.workspaceId}`, () =>
    withSnapshot(db, SETTINGS, (tx) => tryNow(tx, { ...trial, clock })),
  );
}

interface Trying extends Trial {
  clock: Pick<Clock, 'elapsed'>;
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
  const waited = makeTally('longest-waiting');
  await tryEach(db, waiting.conversationIds, {
    ...{ trying, which: 'waiting', facts: listFacts([after]), tally: waited },
    compare: (row) => ({ from: standNow(row, names), to: standAt(row, { by: after, now, names }) }),
  });
  const lastIds = await listLastToTry(db, { workspaceId, limit: MAX_TRIED_LAST });
  const last = makeTally('latest');
  await tryEach(db, lastIds, {
    ...{ trying, which: 'last', facts: listFacts([before, after]), tally: last },
    compare: (row) => ({
      from: standOnArrival(row, { by: before, names }),
      to: standOnArrival(row, { by: after, names }),
    }),
  });
  const { rules = [], plans = [] } = policy;
  const found = { waiting: waited, last };
  return {
    ...{ at: new Date(now).toISOString(), version },
    waiting: present(waited, waiting.of, trying),
    last: present(last, lastIds.length, trying),
    rules: countRules(rules.map(toName), found),
    plans: countPlans(plans.map(toName), found),
  };
}

const toName = ({ name }: { name: string }) => name;

function listFacts(policies: readonly Surrounded[]) {
  const routings = policies.map(({ inForce }) => inForce.policy.routing);
  return [...new Set(routings.flatMap((one) => (one === null ? [] : listCostlyFacts(one))))];
}

async function tryEach(
  db: Db,
  conversationIds: readonly string[],
  args: {
    trying: Trying;
    which: 'waiting' | 'last';
    facts: ReturnType<typeof listFacts>;
    compare(row: TriedRow): Pick<Tried, 'from' | 'to'>;
    tally: Tally;
  },
): Promise<void> {
  const { trying, which, facts, compare, tally } = args;
  const { workspaceId, clock } = trying;
  const endsAt = clock.elapsed() + BUDGET_MS[which];
  for (const ids of spread(conversationIds)) {
    if (clock.elapsed() > endsAt) break;
    const rows = await readToTry(db, which, { workspaceId, conversationIds: ids, facts });
    tally.add(rows.map((row) => ({ row, ...compare(row) })));
  }
}

/** In chunks, each of which is spread over the whole: when time runs out, no part was left out alone. */
function spread(ids: readonly string[]): string[][] {
  const count = Math.ceil(ids.length / CHUNK);
  return Array.from({ length: count }, (_, nth) => ids.filter((_id, at) => at % count === nth));
}

function present(tally: Tally, of: number, { namesContacts }: Trying): DryRun['waiting'] {
  const show = (one: Tried) => presentMoved(one, namesContacts);
  const [tried, elsewhere] = [tally.tried(), tally.elsewhere()];
  return { of, tried, elsewhere, moved: tally.moved().map(show) };
}
