// Foretells how long those who wait wait on, and keeps it: whoever is told anything is told what is kept here.
import { findMismatch } from '../routing/eligible.ts';
import { readBot } from '../routing/needs-key.ts';
import { estimateWait } from '../routing/plans/estimate-wait.ts';
import type { Screened } from '../routing/screen.ts';
import type { AgentState } from '../routing/types.ts';
import { countAhead, countPlaces, type Servers } from '../routing/waits/count-ahead.ts';
import {
  type Foretold,
  foretellWait,
  LONGEST_SECONDS,
  shapeWait,
} from '../routing/waits/foretell-wait.ts';
import { AGAIN_AFTER_SECONDS, isWorthTelling } from '../routing/waits/is-worth-telling.ts';
import {
  type PlacesChange,
  type PlannedAgent,
  type PlannedShift,
  planPlaces,
} from '../routing/waits/plan-places.ts';
import { listWaitingInPlans, readRecentWaits } from '../store/plan-figures.ts';
import { readHeads, type WaitingRow } from '../store/queue.ts';
import { listShifts } from '../store/shifts.ts';
import { run } from '../store/sql.ts';
import {
  keepToldWaits,
  type LastTold,
  listLastTold,
  MOST_TOLD,
  type ToldWaitRow,
} from '../store/told-waits.ts';
import type { Desk } from './context.ts';
import { findHours } from './foresee-wait.ts';
import { isOurs } from './hand-over-groups.ts';
import { type Lines, readLines } from './read-lines.ts';
import { makeRoster, type Roster } from './roster.ts';

/** Of one group; nobody behind them is told anything. */
const FIRST = 512;

type Means = Pick<Desk, 'db' | 'clock'>;

/** One look at a workspace. No lock is taken: what is read may be some milliseconds older than the next pass. */
export function makeForeteller({ db, clock }: Means): (workspaceId: string) => Promise<void> {
  const rosters = new Map<string, Roster>();
  return async (workspaceId) => {
    const now = clock.now();
    const roster = rosters.get(workspaceId) ?? makeRoster(workspaceId);
    if (rosters.size >= MOST_ROSTERS) rosters.clear();
    rosters.set(workspaceId, roster);
    const queue = await readQueueNow({ db }, { workspaceId, roster, now });
    if (queue.waits.length === 0) return;
    const ids = queue.waits.map(({ conversationId }) => conversationId);
    const last = new Map(
      (await listLastTold(db, { workspaceId, conversationIds: ids })).map((one) => [
        one.conversationId,
        one,
      ]),
    );
    const due = queue.waits.filter((one) => isDue(last.get(one.conversationId), now));
    if (due.length === 0) return;
    const plans = [...new Set(due.map(({ plan }) => plan))];
    const lines = await readLines(db, { workspaceId, plans });
    const shifts = await readShiftsAhead(db, { workspaceId, now });
    const changesOf = memo((needsKey) => queue.planAhead(needsKey, shifts));
    const found = due.flatMap((one) => foretell(one, lines, changesOf(one.needsKey)) ?? []);
    const filled = await fillFromRecent(db, { workspaceId, found, now });
    await keepToldWaits(
      db,
      workspaceId,
      filled.flatMap((row) => renew(row, last.get(row.conversationId), now) ?? []),
    );
  };
}

// More workspaces than one node looks at within a moment.
const MOST_ROSTERS = 200;

interface Wait extends WaitingRow {
  plan: string | null;
  ahead: number;
  /** Those of its plan alone. */
  before: number;
  places: number;
}

/** Who waits, in the order of the queue, as far as people serve them and their plan is open. */
async function readQueueNow(
  { db }: Pick<Means, 'db'>,
  { workspaceId, roster, now }: { workspaceId: string; roster: Roster; now: number },
): Promise<{ waits: Wait[]; planAhead: PlanAhead }> {
  const [row] = await run(db, roster.reading());
  if (row === undefined) return NOBODY;
  const agents = roster.refresh(row);
  if (row.policyVersion === null) return NOBODY;
  const { document } = roster.policy().policy;
  const groups = row.groups.filter(
    (group) => isOurs(group) && readBot(group.needsKey) === null && group.channelKind !== '',
  );
  const isOpen = memo((plan: string) => findHours(document, plan)?.(now).open ?? true);
  const byKey = new Map(groups.map((group) => [group.needsKey, group]));
  const servers = new Map(
    groups.map((group) => {
      const screened = roster.screen(group.needsKey, group);
      return [group.needsKey, listServers(screened, agents, now)] as const;
    }),
  );
  const heads = await readHeads(db, { workspaceId, needsKeys: [...byKey.keys()], size: FIRST });
  const ahead = countAhead(heads, servers as Servers);
  const before = new Map<string | null, number>();
  const waits = heads.map((head, nth) => {
    const plan = byKey.get(head.needsKey)?.plan ?? null;
    const own = before.get(plan) ?? 0;
    before.set(plan, own + 1);
    const places = countPlaces(servers.get(head.needsKey));
    return { ...head, plan, ahead: ahead[nth] as number, before: own, places };
  });
  const planAhead: PlanAhead = (needsKey, shifts) => {
    if (shifts.length === 0) return [];
    const group = byKey.get(needsKey);
    if (group === undefined) return [];
    const planned = listPlanned(roster.screen(needsKey, group), { agents, now, shifts });
    return planPlaces(planned, shifts).slice(0, MOST_CHANGES);
  };
  return { waits: waits.filter(({ plan }) => plan === null || isOpen(plan)), planAhead };
}

type PlanAhead = (needsKey: string, shifts: readonly PlannedShift[]) => PlacesChange[];

const NOBODY = { waits: [], planAhead: () => [] };

/** Later ones are left out: they are kept with each range. */
const MOST_CHANGES = 50;

/** Those who serve it now, and those who may and have a shift. */
function listPlanned(
  screened: Screened,
  args: { agents: readonly AgentState[]; now: number; shifts: readonly PlannedShift[] },
): PlannedAgent[] {
  const { agents, now, shifts } = args;
  const servers = listServers(screened, agents, now);
  const planned = new Set(shifts.map(({ agentId }) => agentId));
  return agents.flatMap((agent, at): PlannedAgent[] => {
    const { agentId, capacity, externalLoad } = agent;
    const places = servers.get(at);
    if (places !== undefined) return [{ agentId, places, isHere: true }];
    if (!planned.has(agentId) || agent.isBot === true) return [];
    if (findMismatch({ ...agent, availability: 'online' }, screened.needs) !== null) return [];
    return [{ agentId, places: Math.max(0, capacity - externalLoad), isHere: false }];
  });
}

const MOST_SHIFTS_AHEAD = 10_000;

async function readShiftsAhead(
  db: Means['db'],
  { workspaceId, now }: { workspaceId: string; now: number },
): Promise<PlannedShift[]> {
  const [from, to] = [new Date(now), new Date(now + LONGEST_SECONDS * 1000)];
  const limit = MOST_SHIFTS_AHEAD;
  const rows = await listShifts(db, { workspaceId, agentId: null, from, to, limit });
  const secondsTo = (at: Date) => (at.getTime() - now) / 1000;
  return rows.map(({ agentId, start, end, expects }) => {
    return { agentId, from: secondsTo(start), until: secondsTo(end), expects };
  });
}

/** By the agent's place in the list: what they can hold of it, with what they hold. */
function listServers(
  { fit }: Screened,
  agents: readonly AgentState[],
  now: number,
): Map<number, number> {
  return new Map(
    fit.flatMap((at) => {
      const agent = agents[at] as AgentState;
      const places = agent.capacity - agent.externalLoad;
      return agent.isBot === true || agent.leaseUntil <= now || places <= 0
        ? []
        : [[at, places] as const];
    }),
  );
}

function isDue(last: LastTold | undefined, now: number): boolean {
  if (last === undefined) return true;
  if (last.nth + 1 >= MOST_TOLD) return false;
  return now - last.toldAt.getTime() >= AGAIN_AFTER_SECONDS * 1000;
}

/** null: nobody serves it, or nothing is known of how long that takes. */
function foretell(
  wait: Wait,
  lines: Lines,
  changes: readonly PlacesChange[],
): Omit<ToldWaitRow, 'nth'> | null {
  const { conversationId, plan, ahead, before, places } = wait;
  const line = lines(plan);
  if (line === null || places === 0) return null;
  const { holdSeconds, leavingPerSecond, record } = line;
  const shape = shapeWait(ahead, { places, holdSeconds, leavingPerSecond, changes });
  if (shape === null) return null;
  const told = record && foretellWait(shape, record);
  return {
    ...{ conversationId, plan, place: before + 1, ...shape },
    method: told === null ? 'none' : 'state',
    ...(told ?? NOTHING),
    basis: {
      ...{ beside: ahead - before, places, holdSeconds, leavingPerSecond, scores: record },
      ...(changes.length > 0 && { changes }),
    },
  };
}

const NOTHING = { low: null, middle: null, high: null };

/** Until a plan has a record of its own, what others waited within the hour. */
async function fillFromRecent(
  db: Means['db'],
  args: { workspaceId: string; found: readonly Omit<ToldWaitRow, 'nth'>[]; now: number },
): Promise<readonly Omit<ToldWaitRow, 'nth'>[]> {
  const { workspaceId, found, now } = args;
  const unsaid = found.filter(({ method, plan }) => method === 'none' && plan !== null);
  if (unsaid.length === 0) return found;
  const plans = [...new Set(unsaid.map(({ plan }) => plan as string))];
  const recent = await readRecentWaits(db, { workspaceId, plans });
  const conversationIds = unsaid.map(({ conversationId }) => conversationId);
  const since = new Map(
    (await listWaitingInPlans(db, { workspaceId, conversationIds })).map((one) => [
      one.conversationId,
      one.queuedAt.getTime(),
    ]),
  );
  return found.map((row) => {
    const queuedAt = since.get(row.conversationId);
    if (row.method !== 'none' || row.plan === null || queuedAt === undefined) return row;
    const range = estimateWait(recent.get(row.plan) ?? [], (now - queuedAt) / 1000);
    if (range === null) return row;
    return { ...row, method: 'recent', low: range.from, middle: range.middle, high: range.to };
  });
}

/** null: it says what was told before. */
function renew(
  row: Omit<ToldWaitRow, 'nth'>,
  last: LastTold | undefined,
  now: number,
): ToldWaitRow | null {
  if (last === undefined) return { ...row, nth: 0 };
  const elapsed = (now - last.toldAt.getTime()) / 1000;
  return isWorthTelling(toForetold(last), toForetold(row), elapsed)
    ? { ...row, nth: last.nth + 1 }
    : null;
}

export function toForetold(row: Pick<ToldWaitRow, 'low' | 'middle' | 'high'>): Foretold | null {
  const { low, middle, high } = row;
  return low === null || middle === null || high === null ? null : { low, middle, high };
}

function memo<Value>(find: (key: string) => Value): (key: string) => Value {
  const known = new Map<string, Value>();
  return (key) => {
    const value = known.get(key) ?? find(key);
    known.set(key, value);
    return value;
  };
}
