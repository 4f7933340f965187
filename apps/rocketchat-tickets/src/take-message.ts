// Takes a visitor's message. RapidPro never repeats one: what is refused is lost for ever, so it is
// refused only where there is truly nobody to read it.
import { noteRoomClosed } from './close-ticket';
import { tryFindRoom } from './find-room';
import type { Means } from './means';
import type { VisitorMessage } from './read';
import { sayAsVisitor } from './say-as-visitor';
import { isOpen, listTicketsOf, type Ticket } from './ticket';
import { writeNote } from './write-note';

/** null: there is no conversation of this token. */
export function takeMessage(means: Means, said: VisitorMessage): Promise<string | null> {
  return means.inTurn(`token:${said.token}`, async () => {
    const ticket = (await listTicketsOf(means, said.token)).pop();
    if (ticket === undefined) return null;
    if (isOpen(ticket) && !(await hasClosedUnseen(means, ticket))) {
      return sayAsVisitor(means, ticket, said);
    }
    const isKnownToBeOver = ticket.isTold && ticket.state !== 'open';
    return isKnownToBeOver ? null : keepLate(means, ticket, said);
  });
}

/** The room ended while the engine was away. */
async function hasClosedUnseen(means: Means, ticket: Ticket): Promise<boolean> {
  if (ticket.roomId === null) return false;
  const room = await tryFindRoom(means, ticket.roomId);
  if (room === null || room.isOpen !== false) return false;
  await noteRoomClosed(means, ticket);
  return true;
}

/** RapidPro does not know yet that the room is closed: the message is left there for the agent. */
async function keepLate(means: Means, ticket: Ticket, said: VisitorMessage): Promise<string> {
  const files = said.attachments.map(({ url }) => url);
  const text = ['Written after the end:', said.text, ...files].join('\n');
  const id = await writeNote(means, ticket, text);
  return id ?? `late-${ticket.ticketId}-${means.number('late', means.now())}`;
}
