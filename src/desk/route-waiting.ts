// One routing pass: settles what was released, then gives the waiting conversations to agents with room.
import { randomBytes } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import { decide, type Situation } from '../routing/decide.ts';
import { findShortage, roomOf } from '../routing/eligible.ts';
import type { Screened } from '../routing/screen.ts';
import type { AgentState, Instant, Waiting } from '../routing/types.ts';
import { sendingUnasked } from '../store/ask-again.ts';
import { claiming } from '../store/claim.ts';
import { type Placing, placing } from '../store/place-conversations.ts';
import {
  type HeadSize,
  headSizes,
  readHeads,
  type WaitingGroup,
  type WaitingRow,
} from '../store/queue.ts';
import { FIRST_HEADS, type PassRow } from '../store/read-pass.ts';
import { type LoadChange, settling } from '../store/roster.ts';
import { greeting, type PlanSaid, sayingWords } from '../store/say-words.ts';
import { type Call, type Db, promised } from '../store/sql.ts';
import type { Outcome, RoutingTx } from '../store/tx.ts';
import { settingRound } from '../store/workspaces.ts';
import { type After, commitPass, type Telling } from './commit.ts';
import type { Desk } from './context.ts';
import { endByPlan } from './end-by-plan.ts';
import { saidTo } from './greet-assigned.ts';
import { handOverGroups, isOurs } from './hand-over-groups.ts';
import { placeWaiting, readToPlace } from './place-waiting.ts';
import { type Awaiting, readAwaitingNow, toWaiting } from './read-awaiting-now.ts';
import type { Roster } from './roster.ts';

export interface Pass {
  assigned: number;
  /** Who was given what, including assignments that ended at that very moment. */
  given: readonly { conversationId: string; agentId: string }[];
  /** Another pass could assign more at once. */
  more: boolean;
  /** Plans have ended conversations, which a verb of its own ends. */
  hasToEnd: boolean;
  /** In how many milliseconds the next hold ends, or a step begins; null: none does by itself. */
  dueInMs: number | null;
}

// A pass holds the lock for as long as its batch takes to write: some 100 ms at this size.
const MAX_BATCH = 4096;

/**
 * Another node that hangs may hold a row for some seconds. The pass does not hold the lock for that
 * long: it gives up and is repeated.
 */
const ROW_WAIT_MS = 500;

const RETRY_MS = 20;

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
  const awaiting = await readAwaitingNow(tx, { workspaceId, roster, agents, now });
  const leaving = awaiting.leaving.map((conversationId) => ({ conversationId }));
  const rows = await readToPlace(tx, {
    ...{ workspaceId, toPlace: [...toPlace, ...leaving], inForce },
  });
  // Where there are rules, nobody decides about what they were never asked about.
  const isAsked = ({ plan }: WaitingGroup) => inForce.policy.routing === null || plan !== null;
  const row = { ...whole, groups: whole.groups.filter(isAsked) };
  await handOverGroups(after, { workspaceId, row });
  // A policy that has just been put decides about nobody before it was asked about everybody.
  const asked = new Set(rows.map(({ conversationId }) => conversationId));
  const isStale = toPlace.some((one) => one.stale && one.served && asked.has(one.conversationId));
  const matched = isStale ? null : await match(tx, { workspaceId, roster, row, agents, awaiting });
  const given = matched?.assignments.map(({ conversationId }) => conversationId) ?? [];
  const placed = await placeWaiting(tx, { workspaceId, rows, inForce, agents, now, given });
  const outcome =
    matched === null
      ? settle(workspaceId, after, { roster, row })
      : claim(workspaceId, after, { roster, row, matched });
  const done = placed.length === 0 ? outcome : alsoPlace(workspaceId, after, { outcome, placed });
  const isMissed = !isStale && row.groups.length < whole.groups.length;
  return isMissed ? alsoSend(workspaceId, after, done) : done;
}

type Decided = ReturnType<typeof decide> & { more: boolean };

/** Whom each waiting conversation is given to; null: nobody is given any. */
async function match(tx: RoutingTx, matching: Matching): Promise<Decided | null> {
  const situation = await readSituation(tx, matching);
  if (situation === null) return null;
  const decided = decide(situation);
  return decided.assignments.length === 0
    ? null
    : { ...decided, more: situation.waiting.length >= MAX_BATCH };
}

type Matching = Passing & { agents: readonly AgentState[]; awaiting: Awaiting };

/** What a pass decides on, which asks the database for what it has not read yet; null: on nothing. */
export async function readSituation(
  db: Db,
  { workspaceId, roster, row, agents, awaiting }: Matching,
): Promise<Situation | null> {
  const { now, roundRobinAfter } = row;
  const groups = row.groups.filter(isOurs);
  if (groups.length + awaiting.groups.length === 0 || !agents.some(hasSomeRoom)) return null;
  const servable = findServable(groups, { roster, agents, now });
  const alone = toWaiting(awaiting.groups, roster);
  if (servable.screened.size + alone.waiting.length === 0) return null;
  const read = { heads: row.heads, asked: roster.expected() };
  roster.expect(servable.screened.keys());
  const queue = await readQueue(db, { workspaceId, read, servable });
  const all = alone.waiting.length === 0 ? queue : [...queue, ...alone.waiting].sort(byRank);
  if (all.length === 0) return null;
  const { strategy } = roster.policy().policy.document;
  const waiting = all.slice(0, MAX_BATCH);
  const screened = new Map([...servable.screened, ...alone.screened]);
  return { strategy, roundRobinAfter, agents, waiting, screened, now };
}

function claim(
  workspaceId: string,
  after: After<RoutingTx>,
  { roster, row, matched }: { roster: Roster; row: PassRow; matched: Decided },
): Outcome<Pass> {
  const { version, policy } = roster.policy();
  const ids = makeIds(matched.assignments.length, row.now);
  const claims = matched.assignments.map((one, index) => {
    return { ...one, assignmentId: ids[index] as string };
  });
  let assigned = 0;
  const writing = after({
    send: () => assigned > 0,
    conversation: claims.map(({ conversationId }) => conversationId),
    agent: claims.map(({ agentId }) => agentId),
  });
  const writes = {
    workspaceId,
    claims,
    forced: false,
    policyVersion: version,
    assignedBy: 'router',
    toldAlone: row.toldAlone,
  };
  const calls: Call<object>[] = [promised(writing, claiming(writes))];
  if (matched.roundRobinAfter !== row.roundRobinAfter && policy.takesTurns)
    calls.push(settingRound({ workspaceId, after: matched.roundRobinAfter }));
  const said: PlanSaid[] = [];
  if (policy.routing?.greets) {
    const ids = claims.map(({ conversationId }) => conversationId);
    calls.push(promised(after(saidTo(said)), greeting(workspaceId, ids)));
  }
  const answer = (rows: readonly object[][]): Pass => {
    const changes = rows[0] as LoadChange[];
    roster.apply(changes);
    if (policy.routing?.greets) said.push(...(rows[calls.length - 1] as PlanSaid[]));
    assigned = changes.reduce((sum, { claimed }) => sum + claimed, 0);
    const more = assigned < claims.length || matched.more;
    return { assigned, given: claims, more, hasToEnd: row.hasToEnd, dueInMs: row.dueInMs };
  };
  return { calls, answer };
}

/** After the claims, which wait for rows that others hold: this skips them. */
function alsoPlace(
  workspaceId: string,
  after: After<RoutingTx>,
  { outcome, placed }: { outcome: Outcome<Pass>; placed: readonly Placing[] },
): Outcome<Pass> {
  const conversation = placed.map(({ conversationId }) => conversationId);
  // Whoever is placed is given to somebody by the next pass, which follows at once.
  const writing = after({ wake: false, send: true, conversation });
  const calls: Call<object>[] = [promised(writing, placing(workspaceId, placed))];
  const sayings = placed.flatMap(({ conversationId, says }) =>
    says.map((one) => ({ conversationId, ...one })),
  );
  const said: PlanSaid[] = [];
  // After the placing, which notes what has been said.
  if (sayings.length > 0) {
    calls.push(promised(after(saidTo(said)), sayingWords(workspaceId, sayings)));
  }
  const ends = placed.some(({ route }) => route?.ends !== undefined);
  return {
    calls: [...outcome.calls, ...calls],
    answer: (rows) => {
      const pass = outcome.answer(rows.slice(0, outcome.calls.length));
      const [written = [], told = []] = rows.slice(outcome.calls.length);
      said.push(...(told as PlanSaid[]));
      // Those that somebody is changing at this moment are tried again soon.
      const someLeft = written.length < placed.length;
      const dueInMs = someLeft ? Math.min(pass.dueInMs ?? RETRY_MS, RETRY_MS) : pass.dueInMs;
      return { ...pass, more: pass.more || !someLeft, hasToEnd: pass.hasToEnd || ends, dueInMs };
    },
  };
}

/** The rules are asked by the next pass, which follows at once. */
function alsoSend(
  workspaceId: string,
  after: After<RoutingTx>,
  outcome: Outcome<Pass>,
): Outcome<Pass> {
  const call = promised(after({ wake: false }), sendingUnasked(workspaceId));
  return {
    calls: [...outcome.calls, call],
    answer: (rows) => {
      const pass = outcome.answer(rows.slice(0, outcome.calls.length));
      if ((rows.at(-1)?.length ?? 0) > 0) return { ...pass, more: true };
      return { ...pass, dueInMs: Math.min(pass.dueInMs ?? RETRY_MS, RETRY_MS) };
    },
  };
}

/** Assigns nothing; ended assignments are settled. */
function settle(
  workspaceId: string,
  after: After<RoutingTx>,
  { roster, row }: { roster: Roster; row: PassRow },
): Outcome<Pass> {
  // Agents who are free now were counted in this pass.
  const call = () => promised(after({ wake: false }), settling(workspaceId));
  return {
    calls: row.released.length === 0 ? [] : [call()],
    answer: ([changes = []]) => {
      roster.apply(changes as LoadChange[]);
      const { hasToEnd, dueInMs } = row;
      return { assigned: 0, given: [], more: false, hasToEnd, dueInMs };
    },
  };
}

const RANDOM_BYTES = 16;

/**
 * In growing order, with the random part made once for all: made one by one, ids were a fifth of
 * what a pass computes.
 */
function makeIds(count: number, now: Instant): string[] {
  const random = randomBytes(count * RANDOM_BYTES);
  return Array.from({ length: count }, (_, seq) => {
    return uuid({ msecs: Math.floor(now), seq, random: random.subarray(seq * RANDOM_BYTES) });
  });
}

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

/**
 * The heads of the groups, merged into one queue. Nothing more is read when all of them were read
 * already.
 */
async function readQueue(
  db: Db,
  args: { workspaceId: string; read: Read; servable: Servable },
): Promise<Waiting[]> {
  const { screened, room } = args.servable;
  const known = args.read.heads.filter(({ needsKey }) => screened.has(needsKey));
  if (isAll(known, args)) return known.sort(byRank);
  const size = headSizes.find((limit) => limit >= room) ?? (MAX_BATCH as HeadSize);
  const { workspaceId } = args;
  const rows = await readHeads(db, { workspaceId, needsKeys: [...screened.keys()], size });
  return rows.sort(byRank);
}

/** The first of the groups that were asked for. */
interface Read {
  heads: readonly WaitingRow[];
  asked: ReadonlySet<string>;
}

/** Whether as many of each group were read as wait, or as there is room for. */
function isAll(
  known: readonly WaitingRow[],
  { servable, read }: { servable: Servable; read: Read },
): boolean {
  const counts = new Map<string, number>();
  for (const { needsKey } of known) counts.set(needsKey, (counts.get(needsKey) ?? 0) + 1);
  return [...servable.screened.keys()].every((key) => {
    const count = counts.get(key) ?? 0;
    return read.asked.has(key) && (count < FIRST_HEADS || count >= servable.room);
  });
}

function byRank(a: Waiting, b: Waiting): number {
  return a.rankAt - b.rankAt || (a.conversationId < b.conversationId ? -1 : 1);
}
