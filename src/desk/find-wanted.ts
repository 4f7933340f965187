// Which team and skills a conversation needs: as it asks for them by name or id, and as its channel implies.
import { v7 as uuid } from 'uuid';
import { noWants, type Wants } from '../contract/inbound.ts';
import type { ChannelRow } from '../store/channels.ts';
import { makeGather } from '../store/gather.ts';
import { type GroupKind, type GroupRow, listGroups } from '../store/groups.ts';
import { appendMessage } from '../store/messages.ts';
import type { Tx } from '../store/tx.ts';
import type { Desk } from './context.ts';
import { findGroup } from './find-group.ts';

/** What a channel implies of each of its conversations. */
export interface ChannelWants {
  teamId: string | null;
  /** Of that team. */
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
  /** Asked for, and there is no team or skill of this name. */
  unknown: string[];
}

/**
 * A name is found whatever its case. `team` may name a skill: outside systems have one word for both. What is not
 * known narrows nothing, or a customer would wait for ever because of a typing error elsewhere.
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

/** Those who look at the same moment share the answer. */
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

/** For people to see, where the customer comes in all the same. */
export async function noteUnknown(
  tx: Tx,
  key: { workspaceId: string; conversationId: string },
  unknown: readonly string[],
): Promise<void> {
  const names = unknown.map((name) => `“${name}”`).join(', ');
  await appendMessage(tx, {
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
