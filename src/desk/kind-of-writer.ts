// Who writes, as messages and notes say it: a bot is told apart from people.
import { isBotAgent } from '../store/bots.ts';
import type { Db } from '../store/sql.ts';

/** `writerId`: the agent who writes; null: a user or program that is none. */
export async function kindOfWriter(
  db: Db,
  { workspaceId, writerId }: { workspaceId: string; writerId: string | null },
): Promise<'agent' | 'bot' | 'user'> {
  if (writerId === null) return 'user';
  return (await isBotAgent(db, { workspaceId, agentId: writerId })) ? 'bot' : 'agent';
}
