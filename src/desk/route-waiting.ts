// One routing pass: settles what was released, then gives the waiting conversations to agents with room.
import { decide, type Situation } from '../routing/decide.ts';
import { findShortage, roomOf } from '../routing/eligible.ts';
import type { Screened } from '../routing/screen.ts';
import type { AgentState, Instant, Waiting } from '../routing/types.ts';
import {
  type HeadSize,
  headSizes,
  readHeads,
  type WaitingGroup,
  type WaitingRow,
} from '../store/queue.ts';
import { FIRST_HEADS, type PassRow } from '../store/read-pass.ts';
import type { Db } from '../store/sql.ts';
import type { Outcome, RoutingTx } from '../store/tx.ts';
import { type After, commitPass, type Telling } from './commit.ts';
import type { Desk } from './context.ts';
import { endByPlan } from './end-by-plan.ts';
import { handOverGroups, isOurs } from './hand-over-groups.ts';
import { placeWaiting, readToPlace } from './place-waiting.ts';
import { isQueued, type Queued, queuePlaced } from './queue-placed.ts';
import { type Awaiting, readAwaitingNow, toWaiting } from './read-awaiting-now.ts';
import type { Roster } from './roster.ts';
import { type Decided, type Pass, RETRY_MS, writePass } from './write-pass.ts';

// A pass holds the lock for as long as its batch takes to write: some 100 ms at this size.
const MAX_BATCH = 4096;

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
  const { toPlace, now } = whole;
  const inForce = roster.policy();
  const awaiting = await readAwaitingNow(tx, { workspaceId, roster, agents, row: whole });
  const leaving = awaiting.leaving.map((conversationId) => ({ conversationId }));
  const { rows, around } = await readToPlace(tx, {
    ...{ workspaceId, toPlace: [...toPlace, ...leaving], inForce, agents, now },
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
  const placing = { workspaceId, inForce, around, now };
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
  });
}

/** Whom each waiting conversation is given to; null: nobody is given any. */
async function match(tx: RoutingTx, matching: Matching): Promise<Decided | null> {
  const situation = await readSituation(tx, matching);
  if (situation === null) return null;
  const decided = decide(situation);
  return decided.assignments.length === 0
    ? null
    : { ...decided, more: situation.waiting.length >= MAX_BATCH };
}

interface Matching extends Passing {
  agents: readonly AgentState[];
  awaiting: Awaiting;
  /** What this pass has placed. */
  fresh?: Queued;
}

/** What a pass decides on, which asks the database for what it has not read yet; null: on nothing. */
export async function readSituation(
  db: Db,
  { workspaceId, roster, row, agents, awaiting, fresh = NOTHING_PLACED }: Matching,
): Promise<Situation | null> {
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
  const queue = await readQueue(db, { workspaceId, read, needsKeys, room: servable.room });
  const moved = new Set(fresh.waiting.map(({ conversationId }) => conversationId));
  const stayed = [...queue, ...alone.waiting].filter((one) => !moved.has(one.conversationId));
  const placed = fresh.waiting.filter(({ needsKey }) => screened.has(needsKey));
  const waiting = [...stayed, ...placed].sort(byRank).slice(0, MAX_BATCH);
  if (waiting.length === 0) return null;
  const { strategy } = roster.policy().policy.document;
  return { strategy, roundRobinAfter, agents, waiting, screened, now };
}

const NOTHING_PLACED: Queued = { groups: [], waiting: [] };

function hasSomeRoom(agent: AgentState): boolean {
  return agent.availability === 'online' && roomOf(agent) > 0;
}

interface Servable {
  screened: Map<string, Screened>;
  /** The most conversations that any one group could be given. */
  room: number;
}

/** The groups of waiting conversations that somebody could be given one of. */
function findServable(
  groups: readonly WaitingGroup[],
  args: { roster: Roster; agents: readonly AgentState[]; now: Instant },
): Servable {
  const screened = new Map<string, Screened>();
  let room = 0;
  for (const group of groups) {
    const candidates = args.roster.screen(group.needsKey, group);
    const groupRoom = countRoom(candidates, args);
    if (groupRoom > 0) screened.set(group.needsKey, candidates);
    room = Math.max(room, groupRoom);
  }
  return { screened, room };
}

function countRoom(
  { fit, needs }: Screened,
  { agents, now }: { agents: readonly AgentState[]; now: Instant },
): number {
  const { weight } = needs;
  let total = 0;
  for (const place of fit) {
    const agent = agents[place] as AgentState;
    const room = roomOf(agent);
    if (findShortage(agent, { room, weight, now }) === null) total += Math.floor(room / weight);
    if (total >= MAX_BATCH) break;
  }
  return total;
}

/** The heads of the groups. Nothing more is read when all of them were read already. */
async function readQueue(
  db: Db,
  args: { workspaceId: string; read: Read; needsKeys: readonly string[]; room: number },
): Promise<readonly WaitingRow[]> {
  const { workspaceId, read, needsKeys, room } = args;
  if (needsKeys.length === 0) return [];
  const wanted = new Set(needsKeys);
  const known = read.heads.filter(({ needsKey }) => wanted.has(needsKey));
  if (isAll(known, args)) return known;
  const size = headSizes.find((limit) => limit >= room) ?? (MAX_BATCH as HeadSize);
  return readHeads(db, { workspaceId, needsKeys, size });
}

/** The first of the groups that were asked for. */
interface Read {
  heads: readonly WaitingRow[];
  asked: ReadonlySet<string>;
}

/** Whether as many of each group were read as wait, or as there is room for. */
function isAll(
  known: readonly WaitingRow[],
  { needsKeys, read, room }: { needsKeys: readonly string[]; read: Read; room: number },
): boolean {
  const counts = new Map<string, number>();
  for (const { needsKey } of known) counts.set(needsKey, (counts.get(needsKey) ?? 0) + 1);
  return needsKeys.every((key) => {
    const count = counts.get(key) ?? 0;
    return read.asked.has(key) && (count < FIRST_HEADS || count >= room);
  });
}

function byRank(a: Waiting, b: Waiting): number {
  return a.rankAt - b.rankAt || (a.conversationId < b.conversationId ? -1 : 1);
}
