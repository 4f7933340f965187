// A tab of an agent shows a conversation, or none any more: its colleagues are told.

import { sightOf } from '../access/sight.ts';
import { type Writing, writings } from '../contract/onlookers.ts';
import { UUID } from '../contract/uuid.ts';
import { findSeen } from '../store/sight.ts';
import type { AgentCall } from './agent-publishes.ts';
import type { Fields, Taken } from './publishing.ts';

const TAB = /^[\w-]{1,40}$/;

/** Who may not see the conversation is not shown in it. */
export async function takeLook({ means, agent }: AgentCall, fields: Fields): Promise<Taken> {
  const { workspaceId, agentId } = agent;
  const { conversationId = null, tab } = fields;
  if (typeof tab !== 'string' || !TAB.test(tab)) return { ignored: 'tab is not valid' };
  if (
    conversationId !== null &&
    (typeof conversationId !== 'string' || !UUID.test(conversationId))
  ) {
    return { ignored: 'conversationId is not valid' };
  }
  const writing = readWriting(fields.writing);
  // Looked up once for as long as the tab shows it.
  const isKnown = means.onlookers.shownIn(workspaceId, { agentId, tab }) === conversationId;
  if (conversationId !== null && !isKnown) {
    const wanted = { workspaceId, ids: [conversationId], agentId: sightOf(agent) };
    const seen = await findSeen(means.desk.db, 'conversation', wanted);
    if (seen.length === 0) return { ignored: 'there is no such conversation' };
  }
  means.onlookers.said(workspaceId, { agentId, tab, conversationId, writing });
  return 'taken';
}

function readWriting(value: unknown): Writing | null {
  return writings.find((one) => one === value) ?? null;
}
