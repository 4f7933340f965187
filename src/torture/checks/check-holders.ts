// Assignments as spans of time: no two of one conversation overlap, and nobody holds more than their capacity when they are given one more.
import { type Breach, MOST_TOLD } from '../breach.ts';
import type { KeptAssignment, KeptLoad } from '../record.ts';
import { tellAssignment } from './tell-story.ts';

export function checkHolders(assignments: readonly KeptAssignment[]): Breach[] {
  const breaches: Breach[] = [];
  for (const [id, own] of Map.groupBy(assignments, ({ conversationId }) => conversationId)) {
    const inOrder = own.toSorted((a, b) => a.from - b.from);
    const second = inOrder.find((one, index) => {
      const before = inOrder[index - 1];
      return before !== undefined && (before.to ?? Number.POSITIVE_INFINITY) > one.from;
    });
    if (second === undefined || breaches.length >= MOST_TOLD) continue;
    const first = inOrder[inOrder.indexOf(second) - 1] as KeptAssignment;
    breaches.push({
      promise: 'one holder',
      subject: `conversation ${id}`,
      what: 'Two agents had it at the same time.',
      story: [first, second].map(tellAssignment),
    });
  }
  return breaches;
}

/**
 * By the load that the database noted in the moment, and once more by what the agent held then. The load counts what
 * has ended and is not settled yet, so the second can find what the first does not only where a load was wrong.
 */
export function checkCapacity(
  assignments: readonly KeptAssignment[],
  loads: readonly KeptLoad[],
): Breach[] {
  const breaches: Breach[] = [];
  const known = new Map(assignments.map((one) => [one.id, one]));
  const byAgent = Map.groupBy(assignments, ({ agentId }) => agentId);
  for (const noted of loads) {
    if (breaches.length >= MOST_TOLD) break;
    if (noted.isForced || !(noted.isClaim || noted.load > noted.loadBefore)) continue;
    const given = known.get(noted.assignmentId ?? '');
    const held = given === undefined ? [] : heldAt(byAgent.get(noted.agentId) ?? [], given.from);
    const most = Math.max(noted.load, held.length);
    if (most <= noted.capacity) continue;
    breaches.push({
      promise: 'capacity',
      subject: `agent ${noted.agentId}`,
      what: `Was given one more and had ${most}, with a capacity of ${noted.capacity}.`,
      story: [
        ...held.map(tellAssignment),
        `The load went from ${noted.loadBefore} to ${noted.load} of ${noted.capacity}.`,
      ],
    });
  }
  return breaches;
}

function heldAt(own: readonly KeptAssignment[], moment: number): KeptAssignment[] {
  return own.filter(({ from, to }) => from <= moment && (to === null || to > moment));
}
