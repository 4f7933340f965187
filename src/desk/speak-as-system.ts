// What automations say: a note to colleagues, or words to the contact, as the words of plans are said.
import { v7 as uuid } from 'uuid';
import { channelKinds } from '../contract/channel-kinds.ts';
import type { PolicyDocument } from '../contract/policy/document.ts';
import type { Texts } from '../contract/policy/words.ts';
import { chooseText, fillWords } from '../contract/policy/write-words.ts';
import { Refused } from '../errors.ts';
import { compilePolicy } from '../routing/plans/compile-policy.ts';
import type { LockedConversation } from '../store/conversations.ts';
import { readForActions } from '../store/read-for-actions.ts';
import { type PlanSaid, sayingNow } from '../store/say-words.ts';
import { type Db, run } from '../store/sql.ts';
import type { Tx } from '../store/tx.ts';
import { getPolicy } from '../store/workspaces.ts';
import { appendMessage } from './append-message.ts';
import type { After } from './commit.ts';
import { languageOf } from './gather-facts.ts';
import { saidTo } from './greet-assigned.ts';
import { findOpening } from './write-plan-words.ts';

interface Key {
  workspaceId: string;
  conversationId: string;
}

export async function noteFromSystem(
  after: After<Tx>,
  { workspaceId, conversationId, text }: Key & { text: string },
): Promise<void> {
  await appendMessage(after, {
    ...{ workspaceId, conversationId, messageId: uuid(), kind: 'note', text },
    ...{ authorKind: 'system', authorId: null, attachments: [], late: false },
  });
}

/** Once by its key. Refuses `conversation.answered-elsewhere` where no words reach the contact. */
export async function sayFromSystem(
  tx: Tx,
  after: After<Tx>,
  args: Key & { conversation: LockedConversation; texts: Texts; key: string },
): Promise<void> {
  const { workspaceId, conversationId, conversation, key } = args;
  if (channelKinds[conversation.channelKind].words === null) {
    throw new Refused('conversation.answered-elsewhere');
  }
  const text = await wordTexts(tx, { ...args, agentName: conversation.agentName });
  if (text === '') return;
  const said: PlanSaid[] = [];
  const saying = sayingNow(workspaceId, [{ conversationId, key, text }]);
  said.push(...(await run(after(saidTo(said)), saying)));
}

/** In the contact's language, with what is known filled in. Empty: nothing is left of it. */
export async function wordTexts(
  db: Db,
  {
    workspaceId,
    conversationId,
    conversation,
    texts,
    agentName,
  }: Key & {
    conversation: Pick<LockedConversation, 'plan' | 'now'>;
    texts: Texts;
    agentName: string | null;
  },
): Promise<string> {
  const conversationIds = [conversationId];
  const [row] = await readForActions(db, { workspaceId, conversationIds, facts: [] });
  if (row === undefined) throw new Refused('conversation.not-found');
  const document = (await getPolicy(db, workspaceId)) as PolicyDocument;
  const { language: told } = row.contact.attributes;
  const spoken = typeof told === 'string' ? told : null;
  const chosen = chooseText(texts, [languageOf(row), spoken, document.language]);
  if (chosen === null) return '';
  const now = conversation.now.getTime();
  const { routing } = compilePolicy(document);
  const opensAt = routing && findOpening(routing, conversation.plan ?? '', now);
  const { name } = row.contact;
  const known = { position: null, wait: null };
  return fillWords(chosen.text, chosen.language, {
    ...known,
    name,
    agent: agentName,
    opensAt,
    now,
  });
}
