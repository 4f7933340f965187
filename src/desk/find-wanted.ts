// The team and skills that a conversation needs: those it asks for by name or id, and those its channel implies.
import { v7 as uuid } from 'uuid';
import { noWants, type Wants } from '../contract/inbound.ts';
import type { ChannelRow } from '../store/channels.ts';
import { makeGather } from '../store/gather.ts';
import { type GroupKind, type GroupRow, listGroups } from '../store/groups.ts';
import type { Tx } from '../store/tx.ts';
import { appendMessage } from './append-message.ts';
import type { After } from './commit.ts';
import type { Desk } from './context.ts';
import { findGroup } from './find-group.ts';

/** What a channel implies for each of its conversations. */
export interface ChannelWants {
  teamId: string | null;
  /** The skills of that team. */
  teamSkillIds?: readonly string[];
  /** By name or id. */
  skills?: readonly string[];
}

export function impliedBy({
  teamId,
  teamSkillIds,
  config,
}: Pick<ChannelRow, 'teamId' | 'teamSkillIds' | 'config'>): ChannelWants {
  const skills = Array.isArray(config.skills) ? (config.skills as string[]) : [];
  return { teamId, teamSkillIds, skills };
}

export interface Wanted {
  teamId: string | null;
  skillIds: string[];
  /** Asked for, but no team or skill has this name. */
  unknown: string[];
}

/**
 * A name is found whatever its case. `team` may name a skill, because outside systems have one word
 * for both. Unknown names narrow nothing: otherwise a typing error elsewhere would make a customer
 * wait for ever.
 */
export async function findWanted(
  desk: Pick<Desk, 'db'>,
  args: { workspaceId: string; channel: ChannelWants; wants?: Wants },
): Promise<Wanted> {
  const { workspaceId, channel, wants = noWants } = args;
  const names = [...(channel.skills ?? []), ...wants.skills];
  const { teamId, teamSkillIds: implied = [] } = channel;
  if (names.length === 0 && wants.team === null) {
    return { teamId, skillIds: [...implied], unknown: [] };
  }
  const skills = await listShared(desk, { workspaceId, kind: 'skill' }, null);
  const teams =
    wants.team === null ? [] : await listShared(desk, { workspaceId, kind: 'team' }, null);
  const team = wants.team === null ? null : findGroup(teams, wants.team);
  if (team === null && wants.team !== null) names.push(wants.team);
  const found = names.map((name) => ({ name, id: findGroup(skills, name)?.id ?? null }));
  const named = found.flatMap(({ id }) => (id === null ? [] : [id]));
  const isMissed = (name: string) => !wants.optional?.includes(name);
  return {
    teamId: team?.id ?? teamId,
    skillIds: [...new Set([...(team?.skillIds ?? implied), ...named])],
    unknown: found.flatMap(({ name, id }) => (id === null && isMissed(name) ? [name] : [])),
  };
}

/** Calls of the same moment share the answer. */
const listShared = makeGather(
  async (
    { db }: Pick<Desk, 'db'>,
    { workspaceId, kind }: { workspaceId: string; kind: GroupKind },
    items: null[],
  ): Promise<GroupRow[][]> => {
    const groups = await listGroups(db, kind, workspaceId);
    return items.map(() => groups);
  },
);

/** A note about unknown names for the agents; the customer comes in all the same. */
export async function noteUnknown(
  after: After<Tx>,
  key: { workspaceId: string; conversationId: string },
  unknown: readonly string[],
): Promise<void> {
  const names = unknown.map((name) => `“${name}”`).join(', ');
  await appendMessage(after, {
    ...key,
    messageId: uuid(),
    kind: 'note',
    authorKind: 'system',
    authorId: null,
    text: `It was sent for ${names}, which is no team or skill here.`,
    attachments: [],
    late: false,
  });
}
