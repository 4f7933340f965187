// Tells a contact who has the conversation now, in the words of its plan: in the transaction that gave or confirmed it.
import { greeting, type PlanSaid } from '../store/say-words.ts';
import { run } from '../store/sql.ts';
import type { Tx } from '../store/tx.ts';
import type { After } from './commit.ts';

/** The effects of what is said; `said` is filled before the commit. */
export function saidTo(said: readonly PlanSaid[]) {
  return {
    send: () => said.some(({ told }) => told),
    message: () => said.map(({ conversationId: id, seq }) => ({ id, seq })),
  };
}

/** Once for each assignment that stands. */
export async function greetAssigned(
  after: After<Tx>,
  { workspaceId, conversationId }: { workspaceId: string; conversationId: string },
): Promise<void> {
  const said: PlanSaid[] = [];
  said.push(...(await run(after(saidTo(said)), greeting(workspaceId, [conversationId]))));
}
