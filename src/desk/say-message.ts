// Somebody says something over the web: kept once, numbered, then shown to everybody in the conversation.
import { v7 as uuid } from 'uuid';
import { makeGather } from '../store/gather.ts';
import { type Said, type Saying, sayMessages } from '../store/say-messages.ts';
import type { Desk } from './context.ts';

export type WebSaying = Omit<Saying, 'messageId'> & { workspaceId: string };

/** Returns once it is committed. A repeat is answered, and shown, as it was stored. */
export async function sayMessage(desk: Desk, { workspaceId, ...words }: WebSaying): Promise<Said> {
  const saying: Saying = { ...words, messageId: uuid() };
  const said = await sayTogether(desk, workspaceId, saying);
  if (said.told) desk.send(workspaceId);
  if (said.seq !== null) {
    desk.changed(workspaceId, [{ kind: 'message', id: words.conversationId, seq: said.seq }]);
  }
  return said;
}

/** Repeats within the batch are answered with the first of them. */
const sayTogether = makeGather(
  async ({ db }: Pick<Desk, 'db'>, workspaceId: string, sayings: Saying[]): Promise<Said[]> => {
    const firsts = findFirsts(sayings);
    const batch = [...new Set(firsts)];
    const said = await sayMessages(db, workspaceId, batch);
    const byMessage = new Map(
      batch.map((saying, place) => [saying.messageId, said[place] as Said]),
    );
    return firsts.map(({ messageId }) => byMessage.get(messageId) as Said);
  },
);

/** For each the one that it repeats, or itself. One without a name is known by its text. */
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
