// The agent of a conversation asks colleagues to read along and to write notes, before or instead of handing it over.
import { type Acting, mayActIn } from '../access/acting.ts';
import { MAX_CONSULTED } from '../contract/consult.ts';
import { Refused } from '../errors.ts';
import {
  type ConsultEnd,
  endConsultation,
  listConsulted,
  listReaders,
  requestConsult,
} from '../store/consultations.ts';
import { type LockedConversation, lockConversation } from '../store/conversations.ts';
import type { Tx } from '../store/tx.ts';
import { appendNote } from './append-note.ts';
import { commit } from './commit.ts';
import type { Desk } from './context.ts';
import { refuseBystander } from './refuse-bystander.ts';

interface Asking {
  workspaceId: string;
  conversationId: string;
  actor: string;
  acting: Acting;
}

/**
 * Who is asked already is not asked again. Refuses `conversation.not-found`, `conversation.closed`,
 * `conversation.not-assigned`, `conversation.held-by-another`, `agent.not-found`, `agent.reads-elsewhere`,
 * `consult.of-holder` and `consult.too-many`.
 */
export async function consultAgents(
  desk: Desk,
  asking: Asking & { agentIds: readonly string[]; note: string | null },
): Promise<void> {
  const { workspaceId, conversationId, agentIds, note, actor: by, acting } = asking;
  await commit(desk, workspaceId, async (tx, after) => {
    const { agentId: holder } = await lockHeld(tx, asking);
    refuseHolder(agentIds, holder);
    await refuseElsewhere(tx, { workspaceId, agentIds });
    const before = await listConsulted(tx, asking);
    const asked = agentIds.filter((agentId) => !before.includes(agentId));
    if (asked.length === 0) return;
    if (before.filter((agentId) => agentId !== holder).length + asked.length > MAX_CONSULTED) {
      throw new Refused('consult.too-many');
    }
    const key = { workspaceId, conversationId };
    const said = { writerId: acting.agentId, mark: 'consult', text: note } as const;
    await appendNote(after, { ...key, ...said, toAgentIds: asked });
    const writing = after({ send: true, conversation: conversationId });
    for (const agentId of asked) await requestConsult(writing, { ...key, agentId, by, note });
  });
}

/**
 * By who has the conversation, a supervisor, or the one who was asked. Refuses `conversation.not-found`,
 * `conversation.held-by-another`, `conversation.not-assigned` and `consult.not-found`.
 */
export async function endConsult(desk: Desk, ending: Asking & { agentId: string }): Promise<void> {
  const { workspaceId, conversationId, acting, agentId, actor: by } = ending;
  await commit(desk, workspaceId, async (tx, after) => {
    const conversation = await lockConversation(tx, ending);
    if (conversation === null) throw new Refused('conversation.not-found');
    const isOwn = acting.agentId === agentId;
    if (!isOwn && !mayThank(acting, conversation)) {
      refuseBystander(conversation, acting);
      throw new Refused('conversation.not-assigned');
    }
    const reason: ConsultEnd = isOwn ? 'left' : 'thanked';
    const writing = after({ send: true, conversation: conversationId });
    const key = { workspaceId, conversationId };
    const ended = await endConsultation(writing, { ...key, agentId, by, reason });
    if (!ended) throw new Refused('consult.not-found');
  });
}

/** While nobody has it, nobody but a supervisor ends what its former agent began. */
function mayThank(acting: Acting, { agentId }: LockedConversation): boolean {
  return acting.directs || (agentId !== null && mayActIn(acting, agentId));
}

/** Locked until the transaction ends. */
async function lockHeld(tx: Tx, { acting, ...key }: Asking): Promise<LockedConversation> {
  const conversation = await lockConversation(tx, key);
  if (conversation === null) throw new Refused('conversation.not-found');
  if (conversation.state === 'closed') throw new Refused('conversation.closed');
  if (conversation.agentId === null) throw new Refused('conversation.not-assigned');
  refuseBystander(conversation, acting);
  return conversation;
}

function refuseHolder(agentIds: readonly string[], holder: string | null): void {
  if (agentIds.some((agentId) => agentId === holder)) throw new Refused('consult.of-holder');
}

/** Refuses `agent.not-found` and `agent.reads-elsewhere`. */
export async function refuseElsewhere(
  tx: Tx,
  wanted: { workspaceId: string; agentIds: readonly string[] },
): Promise<void> {
  const readers = await listReaders(tx, wanted);
  for (const agentId of wanted.agentIds) {
    const found = readers.find((one) => one.agentId === agentId);
    if (found === undefined) throw new Refused('agent.not-found');
    if (!found.reads) {
      const why = `${found.name} works in an outside system, which shows no notes of Usher.`;
      throw new Refused('agent.reads-elsewhere', `${why} Invite them as a user first.`);
    }
  }
}
