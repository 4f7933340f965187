// One routing pass: settles what was released, then gives the waiting conversations to agents with room.
import { decide, type Situation } from '../routing/decide.ts';
import { findShortage, roomOf, roomUnderLimits } from '../routing/eligible.ts';
import type { Screened } from '../routing/screen.ts';
import type { AgentState, Instant } from '../routing/types.ts';
import { MAX_PLACED } from '../store/place-conversations.ts';
import { MAX_BATCH, type WaitingGroup } from '../store/queue.ts';
import type { PassRow } from '../store/read-pass.ts';
import type { Db } from '../store/sql.ts';
import type { Outcome, RoutingTx } from '../store/tx.ts';
import { type After, commitPass, type Telling } from './commit.ts';
import type { Desk } from './context.ts';
import { endByPlan } from './end-by-plan.ts';
import { handOverGroups, isOurs } from './hand-over-groups.ts';
import { placeWaiting, readToPlace } from './place-waiting.ts';
import { isQueued, type Queued, queuePlaced } from './queue-placed.ts';
import { type Awaiting, readAwaitingNow, toWaiting } from './read-awaiting-now.ts';
import { byRank, isUpTo, readQueue } from './read-queue.ts';
import type { Roster } from './roster.ts';
import { type Decided, type Pass, RETRY_MS, writePass } from './write-pass.ts';

/**
 * Another node that hangs may hold a row for some seconds. The pass does not hold the lock for that
 * long: it gives up and is repeated.
 */
const ROW_WAIT_MS = 500;

/** All or nothing: the pass commits its assignments, decisions, events and deliveries together. */
export async function routeWaiting(
  desk: Pick<Desk, 'db'> & Telling,
  { workspaceId, roster }: { workspaceId: string; roster: Roster },
): Promise<Pass> {
  const done = await passOnce(desk, { workspaceId, roster });
  if (!done.hasToEnd) return done;
  const ended = await endByPlan(desk, workspaceId);
  // Those that somebody is changing at this moment are tried again soon.
  return ended > 0
    ? { ...done, more: true }
    : { ...done, dueInMs: Math.min(done.dueInMs ?? RETRY_MS, RETRY_MS) };
}

async function passOnce(
  desk: Pick<Desk, 'db'> & Telling,
  { workspaceId, roster }: { workspaceId: string; roster: Roster },
): Promise<Pass> {
  try {
    return await commitPass(desk, workspaceId, {
      read: roster.reading(),
      decide: (tx, [row], after) => pass(tx, after, { workspaceId, roster, row: row as PassRow }),
      rowWaitMs: ROW_WAIT_MS,
    });
  } catch (error) {
    roster.forget();
    throw error;
  }
}

interface Passing {
  workspaceId: string;
  roster: Roster;
  row: PassRow;
}

async function pass(
  tx: RoutingTx,
  after: After<RoutingTx>,
  { workspaceId, roster, row: whole }: Passing,
): Promise<Outcome<Pass>> {
  const agents = roster.refresh(whole);
  const { now } = whole;
  // What was read for an older policy may lack what this one looks at.
  const read = whole.policy === null ? whole.placing : null;
  const toPlace = whole.placing?.rows ?? whole.toPlace;
  const inForce = roster.policy();
  const awaiting = await readAwaitingNow(tx, { workspaceId, roster, agents, row: whole });
  const leaving = awaiting.leaving.map((conversationId) => ({ conversationId }));
  const { rows, around } = await readToPlace(tx, {
    ...{ workspaceId, toPlace: [...toPlace, ...leaving], read, inForce, agents, now },
  });
  // Where there are rules, nobody decides about what they were never asked about.
  const isAsked = ({ plan }: WaitingGroup) => inForce.policy.routing === null || plan !== null;
  const row = { ...whole, groups: whole.groups.filter(isAsked) };
  await handOverGroups(after, { workspaceId, row });
  // A policy that has just been put decides about nobody before it was asked about everybody.
  const asked = new Set(rows.map(({ conversationId }) => conversationId));
  const isStale = toPlace.some((one) => one.stale && one.served && asked.has(one.conversationId));
  // What goes to a department must be handed over first, by the next pass.
  const decidesNow = !isStale && !row.handsOver;
  const placing = { workspaceId, inForce, agents, around, now };
  // What is due is placed first, so that nobody who came later is decided about before it.
  const placed = decidesNow ? await placeWaiting(tx, { ...placing, rows }) : [];
  const fresh = queuePlaced(placed, inForce.policy.document.boostSeconds);
  const matching = { workspaceId, roster, row, agents, awaiting, fresh };
  const matched = isStale ? null : await match(tx, matching);
  const given = new Set(matched?.assignments.map(({ conversationId }) => conversationId));
  const left = rows.filter(({ conversationId }) => !given.has(conversationId));
  return writePass(workspaceId, after, {
    ...{ roster, row, matched, decidesNow },
    fresh: placed.filter((one) => given.has(one.conversationId) && isQueued(one)),
    // Limits and words count without those who have somebody now.
    others:
      decidesNow && given.size === 0
        ? placed
        : await placeWaiting(tx, { ...placing, rows: left, given: [...given] }),
    sendsUnasked: !isStale && row.groups.length < whole.groups.length,
    isCut: toPlace.filter(({ stale }) => stale).length === MAX_PLACED,
  });
}

/** Whom each waiting conversation is given to; null: nobody is given any. */
async function match(tx: RoutingTx, matching: Matching): Promise<Decided | null> {
  const situation = await readSituation(tx, matching);
  if (situation === null) return null;
  const decided = decide(situation);
  if (decided.assignments.length === 0) return null;
  return { ...decided, situation, more: !situation.isAll };
}

interface Matching extends Passing {
  agents: readonly AgentState[];
  awaiting: Awaiting;
  /** What this pass has placed. */
  fresh?: Queued;
  /** As many as one pass may decide about, however many it takes to read them. */
  whole?: boolean;
}

/**
 * What a pass decides on, which asks the database for what it has not read yet; null: on nothing.
 * `isAll`: false where more wait than it has read, all of them behind those that it has.
 */
export async function readSituation(
  db: Db,
  { workspaceId, roster, row, agents, awaiting, fresh = NOTHING_PLACED, whole = false }: Matching,
): Promise<(Situation & { isAll: boolean }) | null> {
  const { now, roundRobinAfter } = row;
  const queued = new Map(row.groups.filter(isOurs).map((group) => [group.needsKey, group]));
  const unknown = fresh.groups.filter(({ needsKey }) => !queued.has(needsKey));
  const groups = [...queued.values(), ...unknown];
  if (groups.length + awaiting.groups.length === 0 || !agents.some(hasSomeRoom)) return null;
  const servable = findServable(groups, { roster, agents, now });
  const alone = toWaiting(awaiting.groups, roster);
  if (servable.screened.size + alone.waiting.length === 0) return null;
  const screened = new Map([...servable.screened, ...alone.screened]);
  const read = { heads: row.heads, asked: roster.expected() };
  roster.expect(servable.screened.keys());
  const needsKeys = [...servable.screened.keys()].filter((key) => queued.has(key));
  // Where all that was read may have left its group, what stands behind it must be known as well.
  const isWhole = whole || fresh.waiting.length > 0;
  const { rooms } = servable;
  const queue = await readQueue(db, { workspaceId, read, needsKeys, rooms, whole: isWhole });
  const moved = new Set(fresh.waiting.map(({ conversationId }) => conversationId));
  const stayed = [...queue.heads, ...alone.waiting].filter((one) => !moved.has(one.conversationId));
  const placed = fresh.waiting.filter(({ needsKey }) => screened.has(needsKey));
  const known = [...stayed, ...placed].sort(byRank);
  const waiting = known.filter((one) => isUpTo(queue.last, one)).slice(0, MAX_BATCH);
  if (waiting.length === 0) return null;
  const { strategy } = roster.policy().policy.document;
  const isAll = queue.last === null && waiting.length === known.length;
  return { strategy, roundRobinAfter, agents, waiting, screened, now, isAll };
}

const NOTHING_PLACED: Queued = { groups: [], waiting: [] };

function hasSomeRoom(agent: AgentState): boolean {
  return agent.availability === 'online' && roomOf(agent) > 0;
}

interface Servable {
  screened: Map<string, Screened>;
  /** The most conversations that each group could be given. */
  rooms: ReadonlyMap<string, number>;
}

/** The groups of waiting conversations that somebody could be given one of. */
function findServable(
  groups: readonly WaitingGroup[],
  args: { roster: Roster; agents: readonly AgentState[]; now: Instant },
): Servable {
  const screened = new Map<string, Screened>();
  const rooms = new Map<string, number>();
  for (const group of groups) {
    const candidates = args.roster.screen(group.needsKey, group);
    const room = countRoom(candidates, args);
    if (room === 0) continue;
    screened.set(group.needsKey, candidates);
    rooms.set(group.needsKey, room);
  }
  return { screened, rooms };
}

function countRoom(
  { fit, needs }: Screened,
  { agents, now }: { agents: readonly AgentState[]; now: Instant },
): number {
  const { weight } = needs;
  let total = 0;
  for (const place of fit) {
    const agent = agents[place] as AgentState;
    if (findShortage(agent, needs, { now }) !== null) continue;
    const room = Math.min(roomOf(agent), roomUnderLimits(agent, needs));
    total += agent.paceMs > 0 ? 1 : Math.floor(room / weight);
    if (total >= MAX_BATCH) break;
  }
  return total;
}
