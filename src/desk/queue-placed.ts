// What a pass has placed, as the queue holds it afterwards: the same pass decides about it.
import type { Policy } from '../contract/policy/policy.ts';
import { readAwaitKey } from '../routing/needs-key.ts';
import type { Waiting } from '../routing/types.ts';
import type { Placing } from '../store/place-conversations.ts';
import type { WaitingGroup } from '../store/queue.ts';

export interface Queued {
  groups: WaitingGroup[];
  waiting: Waiting[];
}

/** Whether this pass may give it to somebody: it is not held, is no mirror's, and does not end. */
export function isQueued({ row, route }: Placing): boolean {
  return !row.isHeld && row.handedTo === null && route?.ends === undefined;
}

/** Those that are queued. Ranks as placing writes them. */
export function queuePlaced(
  placed: readonly Placing[],
  boostSeconds: Policy['boostSeconds'],
): Queued {
  const groups = new Map<string, WaitingGroup>();
  const waiting: Waiting[] = [];
  for (const one of placed) {
    if (!isQueued(one)) continue;
    const { conversationId, awaits, rankAt, priority, route } = one;
    const needsKey = readAwaitKey(one.needsKey)?.needsKey ?? one.needsKey;
    groups.set(needsKey, groups.get(needsKey) ?? groupOf(one, needsKey));
    waiting.push({
      ...{ conversationId, needsKey, onlySticky: awaits },
      rankAt: rankAt?.getTime() ?? one.row.queuedAt - boostSeconds[priority] * 1000,
      stickyAgentId: route?.sticky ?? null,
    });
  }
  return { groups: [...groups.values()], waiting };
}

function groupOf(
  { row, teamId, skillIds, skillLevels, plan }: Placing,
  needsKey: string,
): WaitingGroup {
  const { channelId, channelKind, remote, externalChannelId, weight, excludedAgentIds } = row;
  const { handedTo, isTheirs } = row;
  return {
    ...{ needsKey, channelId, channelKind, remote, externalChannelId, teamId, plan, weight },
    ...{ skillIds: [...skillIds], skillLevels: [...skillLevels] },
    ...{ excludedAgentIds, handedTo, isTheirs },
  };
}
