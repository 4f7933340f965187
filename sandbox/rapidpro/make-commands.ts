// The commands that the emulator takes from outside its process: one JSON object a line.
import type { Plan } from './behaviour.ts';
import type { ConnectArgs } from './connect-ticketer.ts';
import type { Organisation } from './make-organisation.ts';
import type { Mailroom } from './start-mailroom.ts';
import type { Contact } from './state.ts';

interface Command {
  do: string;
  /** By name; the first use makes it. */
  organisation?: string;
  [field: string]: unknown;
}

/** Remembers the organisations and contacts that commands have made. */
export function makeCommands(mailroom: Mailroom) {
  const organisations = new Map<string, Organisation>();
  const contacts = new Map<string, Contact>();

  const organisationOf = ({ organisation: name = 'default' }: Command): Organisation => {
    const known = organisations.get(name) ?? mailroom.addOrganisation({ name });
    organisations.set(name, known);
    return known;
  };

  const contactOf = (command: Command): Contact => {
    const given = (command.contact ?? {}) as Partial<Contact>;
    const key = `${command.organisation} ${given.token}`;
    const contact = contacts.get(key) ?? organisationOf(command).addContact(given);
    contacts.set(`${command.organisation} ${contact.token}`, contact);
    return contact;
  };

  const doings: Record<string, (command: Command) => unknown> = {
    page: (command) => ({ secret: organisationOf(command).visitConnectPage() }),
    connect: (command) => organisationOf(command).connect(command as unknown as ConnectArgs),
    disconnect: (command) => organisationOf(command).disconnect(),
    open: async (command) => {
      const contact = contactOf(command);
      const outcome = await organisationOf(command).openTicket({ ...command, contact });
      return { contact, ...outcome };
    },
    message: (command) =>
      organisationOf(command).sendMessage({ ...command, contact: contactOf(command) }),
    close: (command) => organisationOf(command).closeTicket(String(command.ticketUuid)),
    tickets: (command) => organisationOf(command).tickets(),
    behaviour: ({ plan }) => mailroom.setBehaviour(plan as Plan),
    history: ({ plan }) => mailroom.setHistoryBehaviour(plan as Plan),
    unknown: ({ ms }) => mailroom.setTicketUnknownMs(Number(ms)),
    down: () => mailroom.goDown(),
    up: () => mailroom.comeBack(),
  };

  /** The outcome as a line of JSON, with bodies as text. */
  return async (line: string): Promise<string> => {
    try {
      const command = JSON.parse(line) as Command;
      const doing = doings[command.do];
      if (doing === undefined) {
        return JSON.stringify({ error: `unknown; there are: ${Object.keys(doings).join(', ')}` });
      }
      return write({ did: command.do, outcome: (await doing(command)) ?? null });
    } catch (error) {
      return JSON.stringify({ error: String(error) });
    }
  };
}

/** Before JSON sees it, a buffer has already become an object with its numbers. */
function write(value: unknown): string {
  return JSON.stringify(value, (_key, inner) =>
    inner?.type === 'Buffer' && Array.isArray(inner.data)
      ? Buffer.from(inner.data).toString()
      : inner,
  );
}
