// Tells agents what changed: all of it, or, where they see only what is theirs, no more than that.

import { listWatchers } from '../store/sight.ts';
import type { Db } from '../store/sql.ts';

export interface Hints {
  workspaceId: string;
  /** As it goes to whoever sees everything: `{no, changed: [{kind, id}]}`. */
  payload: string;
  /** Conversations in which something was said or read, and which are otherwise as they were. */
  unmoved: readonly string[];
  /** Conversations that were for another team until now. */
  left: readonly { id: string; teamId: string }[];
}

export interface Told {
  agentId: string;
  seesAll: boolean;
}

type Payload = { no: number; changed: { kind: string; id: string | null }[] };

/** Resolves once everybody has been told; those who see everything are at once. */
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

/** Which contacts changed is told to nobody who may not see all of them. */
function isFor(mine: ReadonlySet<string>, kind: string, id: string | null): boolean {
  if (kind === 'contact') return false;
  return kind !== 'conversation' || id === null || mine.has(id);
}
