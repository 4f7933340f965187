// Gives the waiting conversations of teams that are handed over to their department, and takes back whose team is not.
import { needsKey, readAsked, readBot, THEIRS } from '../routing/needs-key.ts';
import { type Handing, handOver, letLapse } from '../store/hand-over.ts';
import type { GroupToRoute, Handover } from '../store/queue.ts';
import type { PassRow } from '../store/read-pass.ts';
import type { RoutingTx } from '../store/tx.ts';
import type { After } from './commit.ts';

/** Our routing may choose: it waits where the settings want it, and no mirror decides alone. */
export function isOurs(group: GroupToRoute): boolean {
  return !group.isTheirs && !isAstray(group);
}

/**
 * Part of a routing pass, which leaves them out: under the same lock nobody can be given what goes to
 * a department. Whatever changed the settings, the team or the channel, the next pass puts it right.
 */
export async function handOverGroups(
  after: After<RoutingTx>,
  { workspaceId, row }: { workspaceId: string; row: PassRow },
): Promise<void> {
  const astray = row.groups.filter(isAstray);
  if (astray.length > 0) {
    const moved: string[] = [];
    const hasMoved = () => moved.length > 0;
    // The next pass routes what is ours again, takes what was too much for this one, and knows when a mirror's time ends.
    const writing = after({ wake: hasMoved, send: hasMoved, conversation: () => moved });
    moved.push(...(await handOver(writing, workspaceId, astray.map(toHanding))));
  }
  if (!row.handoverLapsed) return;
  const lapsed: string[] = [];
  const writing = after({ wake: () => lapsed.length > 0, conversation: () => lapsed });
  lapsed.push(...(await letLapse(writing, { workspaceId, theirs: THEIRS })));
}

/** What a bot is given first goes nowhere before that. */
function isAstray({ needsKey: key, handTo, handedTo }: GroupToRoute): boolean {
  return readBot(key) === null && targetOf(handTo) !== handedTo;
}

function toHanding(group: GroupToRoute): Handing {
  const { handTo: to } = group;
  const handedTo = targetOf(to);
  const needs = { ...group, askedAgentIds: readAsked(group.needsKey) };
  const newNeedsKey = needsKey(needs, { plan: group.plan, handedTo, isTheirs: to !== null });
  return { needsKey: group.needsKey, to, handedTo, newNeedsKey };
}

function targetOf(to: Handover | null): string | null {
  return to === null ? null : `${to.channelId}:${to.departmentId}`;
}
