// Tells agents what changed: everything, or only what they may see.

import { listWatchers } from '../store/sight.ts';
import type { Db } from '../store/sql.ts';

export interface Hints {
  workspaceId: string;
  /** As sent to agents who see everything: `{no, changed: [{kind, id}]}`. */
  payload: string;
  /** Conversations in which a message was written or read, and that are otherwise unchanged. */
  unmoved: readonly string[];
  /** Conversations that were for another team until now. */
  left: readonly { id: string; teamId: string }[];
}

export interface Told {
  agentId: string;
  seesAll: boolean;
}

type Payload = { no: number; changed: { kind: string; id: string | null }[] };

/** Resolves once everybody has been told; agents who see everything are told at once. */
export async function tellAgents(
  db: Db,
  { workspaceId, payload, unmoved, left }: Hints,
  to: { agents: readonly Told[]; publish(agentId: string, payload: string): void },
): Promise<void> {
  for (const { agentId, seesAll } of to.agents) if (seesAll) to.publish(agentId, payload);
  const agentIds = to.agents.filter(({ seesAll }) => !seesAll).map(({ agentId }) => agentId);
  if (agentIds.length === 0) return;
  const { no, changed } = JSON.parse(payload) as Payload;
  const conversations = changed.flatMap(({ kind, id }) =>
    kind === 'conversation' && id !== null
      ? [
          {
            id,
            moved: !unmoved.includes(id),
            leftTeamId: left.find((one) => one.id === id)?.teamId,
          },
        ]
      : [],
  );
  const watched = new Map(agentIds.map((agentId) => [agentId, new Set<string>()]));
  if (conversations.length > 0) {
    for (const { agentId, conversationId } of await listWatchers(db, {
      ...{ workspaceId, conversations, agentIds },
    })) {
      watched.get(agentId)?.add(conversationId);
    }
  }
  for (const [agentId, mine] of watched) {
    const told = changed.filter(({ kind, id }) => isFor(mine, kind, id));
    if (told.length > 0) to.publish(agentId, JSON.stringify({ no, changed: told }));
  }
}

/** Agents who may not see all contacts are not told which of them changed. */
function isFor(mine: ReadonlySet<string>, kind: string, id: string | null): boolean {
  if (kind === 'contact') return false;
  return kind !== 'conversation' || id === null || mine.has(id);
}
