// All checks over what one round has left.
import { type Breach, MOST_TOLD, type PromiseName, promises } from './breach.ts';
import { checkAcknowledged } from './checks/check-acknowledged.ts';
import { checkDeliveries } from './checks/check-deliveries.ts';
import { checkEvents } from './checks/check-events.ts';
import { checkCapacity, checkHolders } from './checks/check-holders.ts';
import { checkOrder } from './checks/check-order.ts';
import type { Judge } from './open-database.ts';
import { readDisagreements } from './read-disagreements.ts';
import { readKept } from './read-kept.ts';
import type { Acts, Kept } from './record.ts';
import type { Company } from './set-up.ts';

export interface Judged {
  breaches: Breach[];
  /** How many things each promise was held against. */
  checked: Record<PromiseName, number>;
}

export async function judgeRound(
  judge: Judge,
  { acts, company }: { acts: Acts; company: Company },
): Promise<Judged> {
  const [{ workspaceId = '' } = {}] = await judge.read<{ workspaceId: string }>(
    `select workspace_id as "workspaceId" from workspace`,
  );
  const kept = await readKept(judge, workspaceId);
  const disagreements = await readDisagreements(judge.read, workspaceId);
  const checked = Object.fromEntries(Object.keys(promises).map((name) => [name, 0]));
  return {
    breaches: [...judgeKept(acts, kept, company), ...tellDisagreements(disagreements)],
    checked: { ...checked, ...countChecked(acts, kept) } as Judged['checked'],
  };
}

/** Pure: what was written down against what is kept. */
export function judgeKept(acts: Acts, kept: Kept, company: Company): Breach[] {
  const offered = kept.conversations.filter(({ channelId }) => channelId === company.offered);
  return [
    ...checkOrder(acts.operations, new Set(offered.map(({ name }) => name))),
    ...checkEvents(kept.events),
    ...checkHolders(kept.assignments),
    ...checkCapacity(kept.assignments, kept.loads),
    ...checkAcknowledged(acts, kept, company.remote),
    ...checkDeliveries(kept.tellings, acts.received),
    ...tellOutside(acts),
  ];
}

/** What the outside system has seen by itself. */
function tellOutside({ overfull, doubled }: Acts): Breach[] {
  const full = overfull.slice(0, MOST_TOLD).map(
    ({ agentId, rooms, capacity }): Breach => ({
      ...{ promise: 'capacity', subject: `agent ${agentId} of the outside system` },
      what: `Has ${rooms.length} rooms there, with a capacity of ${capacity}.`,
      story: rooms.map((room) => `has ${room}`),
    }),
  );
  const shared = doubled.slice(0, MOST_TOLD).map(
    (room): Breach => ({
      ...{ promise: 'one holder', subject: `room ${room}` },
      what: 'It got a second agent over there, who replaced nobody.',
      story: [],
    }),
  );
  return [...full, ...shared];
}

function tellDisagreements(found: Record<string, unknown[]>): Breach[] {
  return Object.entries(found).flatMap(([rule, rows]): Breach[] => {
    if (rows.length === 0) return [];
    const story = rows.map((row) => JSON.stringify(row));
    return [{ promise: 'state', subject: rule, what: 'It is not so.', story }];
  });
}

function countChecked(acts: Acts, kept: Kept): Partial<Judged['checked']> {
  return {
    'one holder': kept.assignments.length,
    history: kept.events.length,
    order: acts.operations.length,
    acknowledged: acts.operations.length + acts.said.length + acts.acknowledged.length,
    capacity: kept.loads.length,
    deliveries: kept.tellings.length,
    queue: kept.conversations.length,
    state: kept.conversations.length,
  };
}
