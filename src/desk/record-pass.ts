// What a pass decided on, in the form in which it is kept for a replay.
import type { RecordedGroup, RecordedPass, RecordedWaiting } from '../contract/routing-record.ts';
import type { Situation } from '../routing/decide.ts';
import type { Screened } from '../routing/screen.ts';
import type { Waiting } from '../routing/types.ts';
import { recordingPass, recordingSetups } from '../store/routing-passes.ts';
import type { Call } from '../store/sql.ts';
import type { Roster } from './roster.ts';

/** `plan` is part of a waiting group's needs, and no part of what agents are screened by. */
type Needs = Screened['needs'] & { plan?: string | null };

/**
 * The statements that keep it. Who waits behind the last that was given has changed nothing, and is
 * left out.
 */
export function recordPass(args: {
  workspaceId: string;
  roster: Roster;
  situation: Situation;
  /** By conversation. */
  assignmentIds: ReadonlyMap<string, string>;
}): Call<object>[] {
  const { workspaceId, roster, situation, assignmentIds } = args;
  const { now, roundRobinAfter } = situation;
  const { version, policy } = roster.policy();
  const { setups, ...agents } = roster.record(now);
  const pass: RecordedPass = {
    ...{ now, policyVersion: version, ...agents },
    roundRobinAfter: policy.takesTurns ? roundRobinAfter : null,
    ...writeQueue(situation, assignmentIds),
  };
  const kept = setups.length === 0 ? [] : [recordingSetups(workspaceId, setups)];
  return [...kept, recordingPass(workspaceId, pass)];
}

function writeQueue(
  { waiting, screened }: Situation,
  assignmentIds: ReadonlyMap<string, string>,
): Pick<RecordedPass, 'groups' | 'waiting'> {
  const numbers = new Map<string, number>();
  const groups: RecordedGroup[] = [];
  const queue: RecordedWaiting[] = [];
  const last = waiting.findLastIndex(({ conversationId }) => assignmentIds.has(conversationId));
  // A loop without copies: a batch has thousands, and they were a tenth of what a pass computes.
  for (let place = 0; place <= last; place += 1) {
    const one = waiting[place] as Waiting;
    const { conversationId, needsKey, rankAt, stickyAgentId = null, onlySticky = false } = one;
    const known = screened.get(needsKey);
    if (known === undefined) continue;
    let group = numbers.get(needsKey);
    if (group === undefined) {
      group = groups.push(writeGroup(known.needs)) - 1;
      numbers.set(needsKey, group);
    }
    const assignmentId = assignmentIds.get(conversationId) ?? null;
    queue.push({ conversationId, assignmentId, rankAt, group, stickyAgentId, onlySticky });
  }
  return { groups, waiting: queue };
}

function writeGroup(needs: Needs): RecordedGroup {
  const { channelId, channelKind, remote, externalChannelId, teamId, weight, plan = null } = needs;
  const { skillIds, skillLevels = [], excludedAgentIds, askedAgentIds = [] } = needs;
  return {
    ...{ channelId, channelKind, remote, externalChannelId, teamId, weight, plan },
    ...{ skillIds, skillLevels, excludedAgentIds, askedAgentIds },
    botAgentId: needs.botAgentId ?? null,
  };
}
