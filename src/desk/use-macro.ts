// An agent has all actions of a macro done with a conversation in one stroke, within their own rights.
import type { Acting } from '../access/acting.ts';
import type { ActionResult } from '../contract/actions.ts';
import { Refused } from '../errors.ts';
import { getAgent } from '../store/agents.ts';
import { lockConversation } from '../store/conversations.ts';
import { getMacro, type MacroRow } from '../store/macros.ts';
import type { Tx } from '../store/tx.ts';
import { type After, commit, commitLocked } from './commit.ts';
import type { Desk } from './context.ts';
import { type Done, doActions, needsLock, type Stroke } from './do-actions.ts';
import { wordTexts } from './speak-as-system.ts';
import { writeWithin } from './write-message.ts';

export interface Using {
  workspaceId: string;
  conversationId: string;
  macroId: string;
  actor: string;
  acting: Acting;
  author: { kind: 'agent' | 'user'; id: string | null };
  /** May write in any conversation. */
  speaks: boolean;
  /** May use what is of a team that the user is not in. */
  usesAll: boolean;
}

/**
 * Refuses `macro.not-found`, and with the code of the action that was refused: then nothing was
 * done.
 */
export async function useMacro(desk: Desk, using: Using): Promise<ActionResult[]> {
  const { workspaceId, macroId: id, acting } = using;
  const macro = await getMacro(desk.db, { workspaceId, id, agentId: acting.agentId });
  if (macro === null || !(macro.usable || using.usesAll)) throw new Refused('macro.not-found');
  const act = (tx: Tx, after: After<Tx>) => use(tx, after, { using, macro });
  const done = await (needsLock(macro.actions)
    ? commitLocked(desk, workspaceId, act)
    : commit(desk, workspaceId, act));
  return done.results;
}

async function use(
  tx: Tx,
  after: After<Tx>,
  { using, macro }: { using: Using; macro: MacroRow },
): Promise<Done> {
  const { workspaceId, conversationId, actor, acting } = using;
  const { id: macroId, name } = macro;
  const write = async (kind: 'note' | 'text', text: string) => {
    const { author, speaks } = using;
    const said = { kind, author, speaks, text, attachmentIds: [] };
    await writeWithin(tx, after, { workspaceId, conversationId, ...said });
  };
  const stroke: Stroke = {
    ...{ workspaceId, conversationId, actor, acting },
    told: { automationId: null, macroId, name, event: null, by: actor },
    note: (text) => write('note', text),
    say: async (texts) => {
      const conversation = await lockConversation(tx, using);
      if (conversation === null) throw new Refused('conversation.not-found');
      const { agentId } = acting;
      const agent = agentId === null ? null : await getAgent(tx, { workspaceId, agentId });
      const agentName = agent?.name ?? conversation.agentName;
      const key = { workspaceId, conversationId, conversation };
      const text = await wordTexts(tx, { ...key, texts, agentName });
      if (text !== '') await write('text', text);
    },
  };
  const done = await doActions(tx, after, { actions: macro.actions, stroke });
  if (done.error !== null) throw done.error;
  return done;
}
