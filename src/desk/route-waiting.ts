// One routing pass: settles what was released, then gives the waiting conversations to agents with room.
import { v7 as uuid } from 'uuid';
import type { Policy } from '../contract/policy.ts';
import { decide } from '../routing/decide.ts';
import { findObstacle } from '../routing/eligible.ts';
import type { AgentState, Needs, Waiting } from '../routing/types.ts';
import { claimConversations } from '../store/claim.ts';
import {
  type HeadSize,
  headSizes,
  listWaitingGroups,
  readHeads,
  type WaitingGroup,
} from '../store/queue.ts';
import { settleReleased } from '../store/roster.ts';
import { type RoutingTx, withRoutingLock } from '../store/tx.ts';
import { getRoutingRules, setRound } from '../store/workspaces.ts';
import type { Desk } from './context.ts';
import type { Roster } from './roster.ts';

export interface Pass {
  assigned: number;
  /** Another pass could assign more at once. */
  more: boolean;
}

// A pass holds the lock for as long as its batch takes to write: some 100 ms at this size.
const MAX_BATCH = 4096;

/** All or nothing: the pass commits its assignments, decisions, events and deliveries together. */
export async function routeWaiting(
  desk: Pick<Desk, 'db'>,
  { workspaceId, roster }: { workspaceId: string; roster: Roster },
): Promise<Pass> {
  try {
    return await withRoutingLock(desk.db, workspaceId, (tx) => pass(tx, workspaceId, roster));
  } catch (error) {
    roster.forget();
    throw error;
  }
}

async function pass(tx: RoutingTx, workspaceId: string, roster: Roster): Promise<Pass> {
  const agents = await roster.refresh(tx);
  roster.apply(await settleReleased(tx, workspaceId));
  if (!agents.some(hasSomeRoom)) return { assigned: 0, more: false };
  const now = Date.now();
  const groups = await findServable(tx, { workspaceId, agents, now });
  if (groups.needs.size === 0) return { assigned: 0, more: false };
  const waiting = await readQueue(tx, { workspaceId, ...groups });
  if (waiting.length === 0) return { assigned: 0, more: false };
  const rules = await getRoutingRules(tx, workspaceId);
  const { strategy } = rules.policy as Policy;
  const decided = decide({
    strategy,
    roundRobinAfter: rules.roundRobinAfter,
    agents,
    waiting: waiting.slice(0, MAX_BATCH),
    needs: groups.needs,
    now,
  });
  if (decided.assignments.length === 0) return { assigned: 0, more: false };
  const claims = decided.assignments.map((one) => ({ ...one, assignmentId: uuid() }));
  const claim = { workspaceId, claims, forced: false, policyVersion: rules.policyVersion };
  const changes = await claimConversations(tx, { ...claim, assignedBy: 'router' });
  roster.apply(changes);
  const assigned = changes.reduce((sum, { claimed }) => sum + claimed, 0);
  if (strategy === 'round-robin')
    await setRound(tx, { workspaceId, after: decided.roundRobinAfter });
  return { assigned, more: assigned < claims.length || waiting.length >= MAX_BATCH };
}

function hasSomeRoom(agent: AgentState): boolean {
  return agent.availability === 'online' && agent.load + agent.externalLoad < agent.capacity;
}

interface Servable {
  needs: Map<string, Needs>;
  /** The most conversations that any one group could be given. */
  room: number;
}

/** The groups of waiting conversations that somebody could be given one of. */
async function findServable(
  tx: RoutingTx,
  args: { workspaceId: string; agents: readonly AgentState[]; now: number },
): Promise<Servable> {
  const needs = new Map<string, Needs>();
  let room = 0;
  for (const group of await listWaitingGroups(tx, args.workspaceId)) {
    const groupRoom = countRoom(group, args);
    if (groupRoom > 0) needs.set(group.needsKey, group);
    room = Math.max(room, groupRoom);
  }
  return { needs, room };
}

function countRoom(
  group: WaitingGroup,
  { agents, now }: { agents: readonly AgentState[]; now: number },
): number {
  let room = 0;
  for (const agent of agents) {
    if (findObstacle(agent, group, { now }) === null) {
      room += Math.floor((agent.capacity - agent.load - agent.externalLoad) / group.weight);
    }
    if (room >= MAX_BATCH) break;
  }
  return room;
}

/** The heads of the groups, merged into one queue. */
async function readQueue(
  tx: RoutingTx,
  { workspaceId, needs, room }: Servable & { workspaceId: string },
): Promise<Waiting[]> {
  const size = headSizes.find((limit) => limit >= room) ?? (MAX_BATCH as HeadSize);
  const rows = await readHeads(tx, { workspaceId, needsKeys: [...needs.keys()], size });
  return rows.sort(byRank);
}

function byRank(a: Waiting, b: Waiting): number {
  return a.rankAt - b.rankAt || (a.conversationId < b.conversationId ? -1 : 1);
}
