// What a waiting conversation needs where the policy has no rules, or has none any more: what it came with.
import { askedBefore } from '../routing/exclusions.ts';
import { awaitKey, needsKey } from '../routing/needs-key.ts';
import type { AgentState, Instant } from '../routing/types.ts';
import type { Placing } from '../store/place-conversations.ts';
import type { PlacingRow } from '../store/read-for-placing.ts';
import { findReturn } from './find-return.ts';

/** The name of no plan. */
const NONE = { name: '' };

export function leavePlans(
  row: PlacingRow,
  { agents, now }: { agents: readonly AgentState[]; now: Instant },
): Placing {
  const { asked = row, byHand = {}, returning } = row.route ?? {};
  const { teamId, skillIds, priority } = asked;
  const askedAgentIds = askedBefore(row.exclusions);
  const needs = { ...row, teamId, skillIds, skillLevels: [], askedAgentIds };
  const key = needsKey(needs, { ...row, plan: null });
  const agentOf = (id: string) => agents.find(({ agentId }) => agentId === id);
  const back = findReturn(row.route, { plan: NONE, agentOf, needs, now });
  const until = back?.wait.until ?? null;
  const placing = {
    ...{ row, conversationId: row.conversationId, rowVersion: row.rowVersion },
    ...{ teamId, skillIds, skillLevels: [], priority },
    ...{ plan: null, planSince: null, step: null, policyVersion: null },
    ...{ addTags: [], says: [], targets: null, rankAt: null },
  };
  if (back === null || until === null || returning === undefined) {
    return { ...placing, needsKey: key, awaits: false, dueAt: null, route: null };
  }
  const { agentId, wait } = back;
  const route = { asked, byHand, sticky: agentId, wait, returning: { ...returning, until } };
  const dueAt = new Date(Math.ceil(until));
  return { ...placing, needsKey: awaitKey(agentId, key), awaits: true, dueAt, route };
}
