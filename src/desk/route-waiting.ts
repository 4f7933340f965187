// One routing pass: settles what was released, then gives the waiting conversations to agents with room.
import { randomBytes } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import type { Policy } from '../contract/policy.ts';
import { decide } from '../routing/decide.ts';
import type { Screened } from '../routing/screen.ts';
import type { AgentState, Instant, Waiting } from '../routing/types.ts';
import { claimConversations } from '../store/claim.ts';
import { type HeadSize, headSizes, listWaitingGroups, readHeads } from '../store/queue.ts';
import { settleReleased } from '../store/roster.ts';
import { type RoutingTx, withRoutingLock } from '../store/tx.ts';
import { getRoutingRules, setRound } from '../store/workspaces.ts';
import type { Desk } from './context.ts';
import type { Roster } from './roster.ts';

export interface Pass {
  assigned: number;
  /** Who was to have what. One that ended at that very moment is among them all the same. */
  given: readonly { conversationId: string; agentId: string }[];
  /** Another pass could assign more at once. */
  more: boolean;
}

// A pass holds the lock for as long as its batch takes to write: some 100 ms at this size.
const MAX_BATCH = 4096;

/**
 * A row may be in the hands of a node that hangs, which is borne for some seconds: the lock is not held
 * for as long, and the pass is repeated.
 */
const ROW_WAIT_MS = 500;

const nothing: Pass = { assigned: 0, given: [], more: false };

/** All or nothing: the pass commits its assignments, decisions, events and deliveries together. */
export async function routeWaiting(
  desk: Pick<Desk, 'db'>,
  { workspaceId, roster }: { workspaceId: string; roster: Roster },
): Promise<Pass> {
  try {
    return await withRoutingLock(
      desk.db,
      workspaceId,
      (tx, at) => pass(tx, { workspaceId, roster, now: at.getTime() }),
      { rowWaitMs: ROW_WAIT_MS },
    );
  } catch (error) {
    roster.forget();
    throw error;
  }
}

async function pass(
  tx: RoutingTx,
  { workspaceId, roster, now }: { workspaceId: string; roster: Roster; now: Instant },
): Promise<Pass> {
  const agents = await roster.refresh(tx);
  roster.apply(await settleReleased(tx, workspaceId));
  if (!agents.some(hasSomeRoom)) return nothing;
  const groups = await findServable(tx, { workspaceId, roster, agents, now });
  if (groups.screened.size === 0) return nothing;
  const waiting = await readQueue(tx, { workspaceId, ...groups });
  if (waiting.length === 0) return nothing;
  const rules = await getRoutingRules(tx, workspaceId);
  const { strategy } = rules.policy as Policy;
  const decided = decide({
    strategy,
    roundRobinAfter: rules.roundRobinAfter,
    agents,
    waiting: waiting.slice(0, MAX_BATCH),
    screened: groups.screened,
    now,
  });
  if (decided.assignments.length === 0) return nothing;
  const ids = makeIds(decided.assignments.length, now);
  const claims = decided.assignments.map((one, index) => {
    return { ...one, assignmentId: ids[index] as string };
  });
  const claim = { workspaceId, claims, forced: false, policyVersion: rules.policyVersion };
  const changes = await claimConversations(tx, { ...claim, assignedBy: 'router' });
  roster.apply(changes);
  const assigned = changes.reduce((sum, { claimed }) => sum + claimed, 0);
  if (strategy === 'round-robin')
    await setRound(tx, { workspaceId, after: decided.roundRobinAfter });
  const more = assigned < claims.length || waiting.length >= MAX_BATCH;
  return { assigned, given: claims, more };
}

const RANDOM_BYTES = 16;

/** Growing, and random all at once: one by one they were a fifth of what a pass computes. */
function makeIds(count: number, msecs: number): string[] {
  const random = randomBytes(count * RANDOM_BYTES);
  return Array.from({ length: count }, (_, seq) => {
    return uuid({ msecs, seq, random: random.subarray(seq * RANDOM_BYTES) });
  });
}

function hasSomeRoom(agent: AgentState): boolean {
  return agent.availability === 'online' && agent.load + agent.externalLoad < agent.capacity;
}

interface Servable {
  screened: Map<string, Screened>;
  /** The most conversations that any one group could be given. */
  room: number;
}

/** The groups of waiting conversations that somebody could be given one of. */
async function findServable(
  tx: RoutingTx,
  args: { workspaceId: string; roster: Roster; agents: readonly AgentState[]; now: Instant },
): Promise<Servable> {
  const screened = new Map<string, Screened>();
  let room = 0;
  for (const group of await listWaitingGroups(tx, args.workspaceId)) {
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
  let room = 0;
  for (const place of fit) {
    const agent = agents[place] as AgentState;
    const free = agent.capacity - agent.load - agent.externalLoad;
    if (agent.leaseUntil > now && free >= needs.weight) room += Math.floor(free / needs.weight);
    if (room >= MAX_BATCH) break;
  }
  return room;
}

/** The heads of the groups, merged into one queue. */
async function readQueue(
  tx: RoutingTx,
  { workspaceId, screened, room }: Servable & { workspaceId: string },
): Promise<Waiting[]> {
  const size = headSizes.find((limit) => limit >= room) ?? (MAX_BATCH as HeadSize);
  const rows = await readHeads(tx, { workspaceId, needsKeys: [...screened.keys()], size });
  return rows.sort(byRank);
}

function byRank(a: Waiting, b: Waiting): number {
  return a.rankAt - b.rankAt || (a.conversationId < b.conversationId ? -1 : 1);
}
