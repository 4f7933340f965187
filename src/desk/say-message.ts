// Somebody writes over the web: the message is kept once, numbered, then shown to everybody in the conversation.
import { v7 as uuid } from 'uuid';
import { UNIQUE_VIOLATION } from '../store/constraint-codes.ts';
import { lockConversations } from '../store/conversations.ts';
import { makeGather } from '../store/gather.ts';
import { guessBound } from '../store/guess-bound.ts';
import { type Said, type Saying, sayMessages } from '../store/say-messages.ts';
import type { Db } from '../store/sql.ts';
import { type After, commit, commitOne } from './commit.ts';
import type { Desk } from './context.ts';
import { returnWritten } from './return-parked.ts';

export type WebSaying = Omit<Saying, 'messageId'> & { workspaceId: string };

/** Returns after the commit. A repeat is answered, and shown, as it was stored. */
export function sayMessage(desk: Desk, { workspaceId, ...words }: WebSaying): Promise<Said> {
  return sayTogether(desk, workspaceId, { ...words, messageId: uuid() });
}

/** Repeats within the batch are answered with the first of them. */
const sayTogether = makeGather(
  async (desk: Desk, workspaceId: string, sayings: Saying[]): Promise<Said[]> => {
    const firsts = findFirsts(sayings);
    const batch = [...new Set(firsts)];
    const write = () => writeGuessing(desk, workspaceId, batch);
    // Another node has just written one of them: now it is found.
    const said = await write().catch((error: { code?: string }) => {
      if (error.code !== UNIQUE_VIOLATION) throw error;
      return write();
    });
    const parked = batch.filter((saying) => said.get(saying)?.outcome === 'parked');
    if (parked.length > 0) {
      const back = await sayAndReturn(desk, workspaceId, parked);
      for (const [saying, outcome] of back) said.set(saying, outcome);
    }
    return firsts.map((saying) => said.get(saying) as Said);
  },
);

/** One statement, and one more where the guess was wrong. */
async function writeGuessing(
  desk: Desk,
  workspaceId: string,
  sayings: readonly Saying[],
): Promise<Map<Saying, Said>> {
  const write = (isBound: boolean) =>
    commitOne(desk, workspaceId, (after) => say(after, workspaceId, { sayings, isBound }));
  return (await write(guessBound(workspaceId))) ?? ((await write(true)) as Map<Saying, Said>);
}

/** The contact's message and the return of what is parked are one transaction. */
function sayAndReturn(
  desk: Desk,
  workspaceId: string,
  parked: readonly Saying[],
): Promise<Map<Saying, Said>> {
  return commit(desk, workspaceId, async (tx, after) => {
    const conversationIds = [...new Set(parked.map(({ conversationId }) => conversationId))];
    // So that nobody parks one of them again before its message is stored.
    await lockConversations(tx, workspaceId, conversationIds);
    await returnWritten(after, { workspaceId, conversationIds });
    return (await say(after, workspaceId, { sayings: parked, isBound: true })) as Map<Saying, Said>;
  });
}

/** null: somebody is told after all, and nothing is written. */
async function say<On extends Db>(
  after: After<On>,
  workspaceId: string,
  { sayings, isBound }: { sayings: readonly Saying[]; isBound: boolean },
): Promise<Map<Saying, Said> | null> {
  const said = new Map<Saying, Said>();
  const message = () =>
    [...said].flatMap(([{ conversationId: id }, { seq }]) => (seq === null ? [] : [{ id, seq }]));
  const send = () => [...said.values()].some(({ told }) => told);
  const wake = () => [...said.values()].some(({ toRoute }) => toRoute);
  const gathered = () => sayings.map(({ conversationId }) => conversationId);
  const writing = after({ send, message, wake, gathered });
  const rows = await sayMessages(writing, workspaceId, { sayings, isBound });
  if (rows === null) return null;
  for (const [place, saying] of sayings.entries()) said.set(saying, rows[place] as Said);
  return said;
}

/**
 * For each message the one that it repeats, or itself. A message without a client id is recognised
 * by its text.
 */
function findFirsts(sayings: readonly Saying[]): Saying[] {
  const byName = new Map<string, Saying>();
  const byText = new Map<string, Saying>();
  return sayings.map((saying) => {
    const { clientMessageId: name, isRepeat } = saying;
    const [named, worded] = [`${authorOf(saying)} ${name}`, `${authorOf(saying)} ${saying.text}`];
    const before = name === null ? isRepeat && byText.get(worded) : byName.get(named);
    const first = before || saying;
    if (name !== null) byName.set(named, first);
    byText.set(worded, first);
    return first;
  });
}

function authorOf({ conversationId, authorKind, authorId, sessionId }: Saying): string {
  return `${conversationId} ${authorKind} ${authorId} ${sessionId}`;
}
