// Somebody writes over the web: the message is kept once, numbered, then shown to everybody in the conversation.
import { v7 as uuid } from 'uuid';
import { makeGather } from '../store/gather.ts';
import { type Said, type Saying, sayMessages } from '../store/say-messages.ts';
import { commitOne } from './commit.ts';
import type { Desk } from './context.ts';

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
    const said = new Map<Saying, Said>();
    await commitOne(desk, workspaceId, async (after) => {
      const message = () =>
        [...said].flatMap(([{ conversationId: id }, { seq }]) =>
          seq === null ? [] : [{ id, seq }],
        );
      const send = () => [...said.values()].some(({ told }) => told);
      const wake = () => [...said.values()].some(({ toRoute }) => toRoute);
      const rows = await sayMessages(after({ send, message, wake }), workspaceId, batch);
      for (const [place, saying] of batch.entries()) said.set(saying, rows[place] as Said);
    });
    return firsts.map((saying) => said.get(saying) as Said);
  },
);

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
