// The router's own decision about the first of each group that could be given to somebody now.
import { decide } from '../routing/decide.ts';
import type { Instant } from '../routing/types.ts';
import { narrow, placeOf } from './narrow.ts';
import { byRank, type Group, type InLine, leaveQueue, type Place, type Queue } from './queue.ts';

export interface Given<Item> {
  item: Item;
  /** The agent's place in the list. */
  to: number;
  weight: number;
}

/** What can be given now: of one's own group, of all that one agent may serve, or of all. Who is given leaves. */
export function matchQueue<Item extends InLine<Item>>(
  queue: Queue<Item>,
  of: Asked<Item>,
  now: Instant,
): Given<Item>[] {
  const able = listAsked(queue, of).filter(({ waiting, room, screened }) => {
    return waiting > 0 && room >= screened.needs.weight;
  });
  return able.length === 0 ? [] : decideNow(queue, able, now);
}

/** Whose turn may have come: this one's, that of any whom this agent may serve, or of both at once. */
export type Asked<Item> = { item?: Item; agent?: number } | 'everybody';

function listAsked<Item extends InLine<Item>>(
  { servable, groups }: Queue<Item>,
  of: Asked<Item>,
): readonly Group<Item>[] {
  if (of === 'everybody') return [...groups.values()];
  const ofAgent = of.agent === undefined ? [] : (servable[of.agent] ?? []);
  const own = of.item?.place?.group;
  if (own === undefined) return ofAgent;
  return ofAgent.includes(own) ? ofAgent : [...ofAgent, own];
}

function decideNow<Item extends InLine<Item>>(
  queue: Queue<Item>,
  groups: readonly Group<Item>[],
  now: Instant,
): Given<Item>[] {
  const { policy, roundRobinAfter } = queue;
  const heads = groups.flatMap(takeHeads).sort(byRank);
  const { states: agents, places, screened } = narrow(queue, groups);
  const decided = decide({
    ...{ strategy: policy.document.strategy, roundRobinAfter, agents, now },
    waiting: heads.map(({ id, rankAt, group, stickyAgentId }) => ({
      conversationId: id,
      rankAt,
      needsKey: group.key,
      stickyAgentId,
      onlySticky: group.awaits !== null,
    })),
    screened,
  });
  queue.roundRobinAfter = decided.roundRobinAfter;
  const left = new Map(heads.map((head) => [head.id, head]));
  const given = decided.assignments.map(({ conversationId, agentId, weight }) => {
    const { item } = left.get(conversationId) as Place<Item>;
    left.delete(conversationId);
    leaveQueue(queue, item);
    return { item, to: places[placeOf(agents, agentId)] as number, weight };
  });
  for (const head of left.values()) head.group.line.push(head);
  return given;
}

/** As many as there could be room for, out of the line: who is given to nobody goes back. */
function takeHeads<Item extends InLine<Item>>(group: Group<Item>): Place<Item>[] {
  const most = Math.floor(group.room / group.screened.needs.weight);
  const heads: Place<Item>[] = [];
  while (heads.length < most) {
    const head = group.line.pop();
    if (head === undefined) break;
    if (head.item.place === head) heads.push(head);
  }
  return heads;
}
