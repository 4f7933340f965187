// A customer who writes by WhatsApp: through the stand-in of RapidPro, which opens a ticket at Usher.
import type { Organisation } from '../../rapidpro/make-organisation.ts';
import type { Customer, Persona } from './customer.ts';

export async function comeByTicket(
  organisation: Organisation,
  args: { persona: Persona; first: string; team?: string | undefined; skill?: string | undefined },
): Promise<Customer> {
  const { persona, first, team, skill } = args;
  const { name, email, phone } = persona;
  const contact = organisation.addContact({ name, email, phone });
  const opened = await organisation.openTicket({
    contact,
    ...(team && { department: team }),
    ...(skill && { customFields: { skills: skill } }),
  });
  if (!opened.opened) throw new Error(`RapidPro opened no ticket: ${opened.message}`);
  const ticket = organisation.ticket(opened.ticketUuid);
  if (ticket === undefined) throw new Error('RapidPro lost the ticket.');
  const say = async (text: string): Promise<void> => {
    const { forwarded, message } = await organisation.sendMessage({ contact, text });
    if (!forwarded) throw new Error(`RapidPro could not forward: ${message}`);
  };
  await say(first);
  return {
    conversationId: ticket.externalId,
    say,
    heard: () => ticket.messages.map(({ text }) => text),
    leave: async () => void (await organisation.closeTicket(opened.ticketUuid)),
    rate: async () => {},
    stop: () => {},
  };
}
