// Says something to the agents of a room in the app's own name. RapidPro is not told: the app passes
// on what people write, and nothing that it wrote itself.
import { findRoom } from './find-room';
import type { Means } from './means';
import { splitText } from './split-text';
import type { Ticket } from './ticket';

/** null where Rocket.Chat refuses it: a note is worth no failure. */
export async function writeNote(
  means: Means,
  ticket: Pick<Ticket, 'ticketId' | 'roomId'>,
  text: string,
): Promise<string | null> {
  try {
    const room = ticket.roomId === null ? null : await findRoom(means, ticket.roomId);
    if (room === null) return null;
    let first: string | null = null;
    for (const part of splitText(text)) {
      const creator = means.modify.getCreator();
      const id = await creator.finish(creator.startMessage().setRoom(room).setText(part));
      first ??= id;
    }
    return first;
  } catch (error) {
    means.log.warn(`No note could be left for ticket ${ticket.ticketId}: ${String(error)}`);
    return null;
  }
}
