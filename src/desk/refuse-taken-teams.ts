// Keeps each team with one department: the routing pass asks which one, and there must be one answer.
import type { Handover } from '../contract/channels.ts';
import { Refused } from '../errors.ts';
import { type ChannelRow, listChannels, lockHandovers } from '../store/channels.ts';
import type { Tx } from '../store/tx.ts';
import { refuseUnknown } from './refuse-unknown.ts';

/**
 * Nobody else can take them until the transaction ends. false: nothing of it changes. Refuses
 * `team.not-found`, `channel.team-taken`, and `request.invalid` for a team that stands there twice.
 */
export async function refuseTakenTeams(
  tx: Tx,
  {
    workspaceId,
    channelId,
    config: kept,
  }: Pick<ChannelRow, 'workspaceId' | 'channelId' | 'config'>,
  config: Record<string, unknown>,
): Promise<boolean> {
  const wanted = config.handovers;
  if (JSON.stringify(wanted) === JSON.stringify(kept.handovers)) return false;
  const teamIds = teamsOf(config);
  if (new Set(teamIds).size < teamIds.length) {
    throw new Refused('request.invalid', 'body/config/handovers must have each team once');
  }
  await lockHandovers(tx, workspaceId);
  const before = teamsOf(kept);
  const added = teamIds.filter((id) => !before.includes(id));
  await refuseUnknown(tx, workspaceId, 'team', added);
  const others = (await listChannels(tx, workspaceId)).filter((one) => one.channelId !== channelId);
  const taken = others.flatMap((other) => teamsOf(other.config));
  if (teamIds.some((id) => taken.includes(id))) throw new Refused('channel.team-taken');
  return true;
}

function teamsOf({ handovers = [] }: Record<string, unknown>): string[] {
  return (handovers as Handover[]).map(({ teamId }) => teamId);
}
