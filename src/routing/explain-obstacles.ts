// Says what stands against one agent: as codes and figures. Pure.
import type { Exclusion } from '../contract/exclusion.ts';
import type { Obstruction } from '../contract/why-not.ts';
import { freeAt, isAbout, roomOf, roomUnder } from './eligible.ts';
import { findObstacles } from './find-obstacles.ts';
import type { AgentState, Instant, Limit, Needs, Obstacle } from './types.ts';

/** What is known beyond the needs: how things are called, and why somebody is excluded. */
export interface Against {
  agent: AgentState;
  needs: Needs;
  now: Instant;
  channelName: string;
  nameOf(kind: 'team' | 'skill', id: string): string;
  exclusions: readonly Exclusion[];
}

/** Of these obstacles alone, or of all that stand. */
export function explainObstacles(
  against: Against,
  only: (obstacle: Obstacle) => boolean = () => true,
): Obstruction[] {
  const { agent, needs, now } = against;
  return findObstacles(agent, needs, { now })
    .filter(only)
    .map((obstacle) => tell[obstacle](against));
}

/** The limit about these needs that leaves the least room; null: none is. */
export function findTightest(
  { limits, externalLoad }: AgentState,
  needs: Needs,
): (Limit & { room: number }) | null {
  const about = limits
    .filter((limit) => isAbout(limit, needs))
    .map((limit) => ({ ...limit, room: roomUnder(limit, needs, externalLoad) }));
  return about.toSorted((a, b) => a.room - b.room)[0] ?? null;
}

const tell: Record<Obstacle, (against: Against) => Obstruction> = {
  availability: ({ agent }) => ({
    code: 'not-online',
    availability: agent.availability === 'away' ? 'away' : 'offline',
  }),
  bot: ({ agent }) => (agent.isBot ? { code: 'bot-not-named' } : { code: 'bot-first' }),
  lease: ({ agent }) => ({
    code: 'not-heard-of',
    since: new Date(agent.leaseUntil).toISOString(),
  }),
  channel: ({ agent, needs: { remote, channelId, externalChannelId }, channelName }) => {
    if (!remote) return { code: 'answers-elsewhere' };
    const isKnown = agent.identities.has(channelId) && externalChannelId !== null;
    if (!isKnown) return { code: 'not-on-channel', channelName };
    return { code: 'not-in-division', channelName, externalChannelId };
  },
  team: ({ needs: { teamId }, nameOf }) => ({
    code: 'not-in-team',
    team: nameOf('team', teamId as string),
  }),
  skills: ({ agent, needs: { skillIds, skillLevels = [] }, nameOf }) => ({
    code: 'below-level',
    skills: skillIds.flatMap((id, nth) => {
      const [has, least] = [agent.skills.get(id) ?? 0, skillLevels[nth] ?? 1];
      return has < least ? [{ skill: nameOf('skill', id), has, needs: least }] : [];
    }),
  }),
  excluded: ({ agent: { agentId }, exclusions }) => {
    const found = exclusions.find((one) => one.agentId === agentId);
    return { code: 'excluded', cause: found?.cause ?? 'unknown', until: found?.until ?? null };
  },
  capacity: ({ agent, needs: { weight } }) => ({
    code: 'no-room',
    held: agent.capacity - roomOf(agent),
    ...{ heldOutside: agent.externalLoad, capacity: agent.capacity, weight },
    wrappingUp: agent.wrapUps?.weight ?? 0,
    wrapUpEndsAt: agent.wrapUps ? new Date(agent.wrapUps.nextAt).toISOString() : null,
  }),
  limit: ({ agent, needs, channelName }) => {
    const tightest = findTightest(agent, needs);
    if (tightest === null) throw new Error(`No limit stands against ${agent.agentId}.`);
    const { scope, most, room } = tightest;
    const channel = scope === needs.channelId ? channelName : scope;
    return { code: 'at-limit', channel, held: most - room, most, weight: needs.weight };
  },
  pace: ({ agent }) => ({ code: 'paced', until: new Date(freeAt(agent)).toISOString() }),
};
