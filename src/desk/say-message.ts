// Somebody says something over the web: kept once, numbered, then shown to everybody in the conversation.
import { v7 as uuid } from 'uuid';
import { type Said, type Saying, sayMessages } from '../store/say-messages.ts';
import type { Desk } from './context.ts';

export type WebSaying = Omit<Saying, 'messageId'> & { workspaceId: string };

/** Returns once it is committed. A repeat is answered, and shown, as it was stored. */
export async function sayMessage(desk: Desk, { workspaceId, ...words }: WebSaying): Promise<Said> {
  const saying: Saying = { ...words, messageId: uuid() };
  const said = await desk.gather(`say ${workspaceId}`, saying, (sayings: Saying[]) =>
    sayOnce(desk, workspaceId, sayings),
  );
  if (said.told) desk.send(workspaceId);
  if (said.seq !== null) {
    desk.changed(workspaceId, [{ kind: 'message', id: words.conversationId, seq: said.seq }]);
  }
  return said;
}

/** Repeats within the batch are answered with the first of them. */
async function sayOnce(desk: Desk, workspaceId: string, sayings: Saying[]): Promise<Said[]> {
  const firsts = new Map<string, Saying>();
  for (const saying of sayings) {
    const name = nameOf(saying);
    if (!firsts.has(name)) firsts.set(name, saying);
  }
  const batch = [...firsts.values()];
  const said = await sayMessages(desk.db, workspaceId, batch);
  const byMessage = new Map(batch.map((saying, place) => [saying.messageId, said[place] as Said]));
  return sayings.map((saying) => {
    const first = firsts.get(nameOf(saying)) as Saying;
    return byMessage.get(first.messageId) as Said;
  });
}

function nameOf(saying: Saying): string {
  const { conversationId, authorKind, authorId, clientMessageId, isRepeat, text } = saying;
  const own = clientMessageId ?? (isRepeat ? ` ${text}` : ` ${saying.messageId}`);
  return `${conversationId} ${authorKind} ${authorId} ${own}`;
}
