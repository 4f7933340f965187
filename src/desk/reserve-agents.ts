// Names agents of a mirror for rooms that the mirror makes by itself, and holds a place of theirs for each.
import { v7 as uuid } from 'uuid';
import type { Policy } from '../contract/policy/policy.ts';
import { nameAgents, REQUESTS_PER_QUESTION } from '../routing/name-agents.ts';
import type { AgentState } from '../routing/types.ts';
import { listUsernames } from '../store/agent-identities.ts';
import { type GroupRow, listGroups } from '../store/groups.ts';
import {
  addReservations,
  endLapsedReservations,
  haveReservationsLapsed,
  isAnyReservationOpen,
  shareReservation,
  takeReservation,
} from '../store/reservations.ts';
import { readSettledRoster } from '../store/roster.ts';
import { run } from '../store/sql.ts';
import { type RoutingTx, withRoutingLock } from '../store/tx.ts';
import { getPolicy, getRound, settingRound } from '../store/workspaces.ts';
import { commitLocked } from './commit.ts';
import type { Desk } from './context.ts';
import { toState } from './keep-agents.ts';

/** How long a place is held for a room that is not seen. */
export const HELD_MS = 5000;
/** Within this time of the first, requests of the same question get the same agent. */
const SHARED_MS = 1000;

export interface Question {
  workspaceId: string;
  channelId: string;
  /** As the mirror wrote it; null: none. */
  departmentId: string | null;
  /** Whose agents answer in that department; null, or a team without agents: all may. */
  teamId: string | null;
  /** By the id over there: not this one. */
  ignoredId: string | null;
}

/**
 * Answers so many requests that came together, in their order: a username each, or null. Under the
 * routing lock, so that no pass and no other node gives the same place away.
 */
export async function reserveAgents(
  desk: Desk,
  question: Question,
  requests: number,
): Promise<(string | null)[]> {
  const { workspaceId, channelId } = question;
  const key = JSON.stringify([question.departmentId, question.ignoredId]);
  return commitLocked(desk, workspaceId, async (locked, after, now) => {
    const changed: string[] = [];
    const tx = after({ wake: () => changed.length > 0, agent: () => changed });
    changed.push(...(await endLapsedReservations(tx, workspaceId)));
    const people = await listUsernames(tx, { workspaceId, channelId });
    const names = new Map(people.map(({ agentId, username }) => [agentId, username]));
    const nameOf = (agentId: string | null) =>
      (agentId === null ? null : names.get(agentId)) ?? null;
    const asked = { workspaceId, channelId, question: key };
    if (requests <= REQUESTS_PER_QUESTION) {
      const shared = await shareReservation(tx, { ...asked, requests, withinMs: SHARED_MS });
      if (shared !== null) return Array.from({ length: requests }, () => nameOf(shared));
    }
    const unfit = people.filter(
      ({ externalId, username }) => username === null || externalId === question.ignoredId,
    );
    const excludedAgentIds = unfit.map(({ agentId }) => agentId);
    const named = await choose(locked, { ...question, excludedAgentIds, requests, now });
    if (named.places.length === 0) return named.answers;
    const places = named.places.map((place) => ({ ...place, reservationId: uuid() }));
    await addReservations(tx, { ...asked, places, heldMs: HELD_MS });
    changed.push(...new Set(places.map(({ agentId }) => agentId)));
    return named.answers.map(nameOf);
  });
}

async function choose(
  tx: RoutingTx,
  args: Question & { excludedAgentIds: string[]; requests: number; now: Date },
) {
  const { workspaceId, channelId, excludedAgentIds, requests, now } = args;
  const agents = (await readSettledRoster(tx, workspaceId)).map(toState);
  const team = await findTeam(tx, args, agents);
  const { strategy } = (await getPolicy(tx, workspaceId)) as Policy;
  const roundRobinAfter = await getRound(tx, workspaceId);
  const named = nameAgents({
    ...{ strategy, roundRobinAfter, agents, requests, now: now.getTime() },
    needs: {
      // Rooms that are none of ours: no limit is about them.
      ...{ channelId, channelKind: '', remote: true, externalChannelId: null, weight: 1 },
      ...{ teamId: team?.id ?? null, skillIds: team?.skillIds ?? [], excludedAgentIds },
    },
  });
  if (strategy === 'round-robin' && named.roundRobinAfter !== roundRobinAfter) {
    await run(tx, settingRound({ workspaceId, after: named.roundRobinAfter }));
  }
  return named;
}

/** Without agents here it narrows nothing: its department may have some whom we were not told of. */
async function findTeam(
  tx: RoutingTx,
  { workspaceId, teamId }: Question,
  agents: readonly AgentState[],
): Promise<GroupRow | null> {
  if (teamId === null || !agents.some(({ teamIds }) => teamIds.has(teamId))) return null;
  const teams = await listGroups(tx, 'team', workspaceId);
  return teams.find(({ id }) => id === teamId) ?? null;
}

/** Those whose room was not seen in time give their places back. */
export async function endReservations(desk: Desk, workspaceId: string): Promise<void> {
  if (!(await haveReservationsLapsed(desk.db, workspaceId))) return;
  await commitLocked(desk, workspaceId, async (_, after) => {
    const freed: string[] = [];
    const tx = after({ wake: true, agent: () => freed });
    freed.push(...(await endLapsedReservations(tx, workspaceId)));
  });
}

/** A room that is none of ours was taken there by the agent of that id: a place that was held is the room's now. */
export async function noteTakenThere(
  desk: Pick<Desk, 'db'>,
  args: { workspaceId: string; channelId: string; externalId: string; roomId: string },
): Promise<void> {
  if (!(await isAnyReservationOpen(desk.db, args))) return;
  await withRoutingLock(desk.db, args.workspaceId, (tx) => takeReservation(tx, args));
}
