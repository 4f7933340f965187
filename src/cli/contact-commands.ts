// `usher contacts`: finds contacts, and hands out or erases what is kept of one; blocks, merges, and takes that back.
import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { Erased, ListedContact } from '../contract/contacts.ts';
import { spellCommand } from '../program/usher-command.ts';
import { CommandFailed } from './api-client.ts';
import type { Session } from './session.ts';

type Open = () => Promise<Session>;

const at = (id: string, end: string) => `/api/v1/contacts/${encodeURIComponent(id)}/${end}`;

export function addContactCommands(program: Command, open: Open): void {
  const contacts = program.command('contacts').description('find contacts, or act on one');
  addList(contacts, open);
  addErasure(contacts, open);
  addVerbs(contacts, open);
}

function addList(contacts: Command, open: Open): void {
  contacts
    .command('list', { isDefault: true })
    .description('newest first')
    .option('--search <text>', 'words of a name, an address, a phone number or an id')
    .option('--tag <tag>')
    .option('--blocked', 'only who is blocked')
    .option('--limit <n>', 'how many, up to 200', '50')
    .action(async (options: { search?: string; tag?: string; blocked?: true; limit: string }) => {
      const { api, print } = await open();
      const query = new URLSearchParams({ limit: options.limit });
      if (options.search !== undefined) query.set('q', options.search);
      if (options.tag !== undefined) query.set('tag', options.tag);
      if (options.blocked) query.set('blocked', 'true');
      const { items } = await api.get<{ items: ListedContact[] }>(`/api/v1/contacts?${query}`);
      print.table(
        items,
        ['ID', 'NAME', 'EMAIL', 'PHONE', 'BLOCKED', 'SEEN'],
        items.map((one) => [
          ...[one.id, one.displayName, one.email, one.phone, one.blockedAt, one.seenAt],
        ]),
        'No contact fits.',
      );
    });
}

function addErasure(contacts: Command, open: Open): void {
  contacts
    .command('export <contact>')
    .description('everything that is kept of one person, as JSON; on record')
    .option('--out <file>', 'write it there, readable by you alone; without: print it')
    .action(async (id: string, { out }: { out?: string }) => {
      const { api, print } = await open();
      const document = await api.get<{ conversations: unknown[] }>(at(id, 'export'));
      const text = JSON.stringify(document, null, 2);
      if (out === undefined) return print.lines(document, [text]);
      await writeFile(out, `${text}\n`, { mode: 0o600, flag: 'wx' }).catch((error: Error) => {
        throw new CommandFailed(`${out} could not be written: ${error.message}`);
      });
      print.lines({ file: out }, [`${document.conversations.length} conversations in ${out}.`]);
    });
  contacts
    .command('erase <contact>')
    .description('deletes everything that is kept of one person, for good; on record')
    .option('--confirm <name>', 'the contact’s display name, or its id')
    .action(async (id: string, { confirm }: { confirm?: string }) => {
      if (confirm === undefined) {
        const again = spellCommand(`contacts erase ${id} --confirm <its name>`);
        throw new CommandFailed(`What is erased does not come back. To do it: ${again}`, 2);
      }
      const { api, print } = await open();
      const erased = await api.send<Erased>('POST', at(id, 'erase'), { confirm });
      print.lines(erased, [
        `Erased ${erased.conversations} conversations, ${erased.messages} messages, ${erased.files} files, ${erased.identities} identities, ${erased.deliveries} deliveries.`,
        'Backups and logs, and what other systems were sent, have to be erased there.',
      ]);
    });
}

function addVerbs(contacts: Command, open: Open): void {
  contacts
    .command('block <contact>')
    .description('what is open ends; what the contact sends opens nothing')
    .requiredOption('--reason <text>', 'on record')
    .action(async (id: string, { reason }: { reason: string }) => {
      const { api, print } = await open();
      await api.send('POST', at(id, 'block'), { reason });
      print.lines({ blocked: id }, ['Blocked.']);
    });
  contacts
    .command('unblock <contact>')
    .description('the contact may write again')
    .action(async (id: string) => {
      const { api, print } = await open();
      await api.send('POST', at(id, 'unblock'));
      print.lines({ unblocked: id }, ['The contact may write again.']);
    });
  contacts
    .command('merge <kept> <merged>')
    .description('the second is the same person as the first, which stands for both')
    .action(async (kept: string, mergedId: string) => {
      const { api, print } = await open();
      const done = await api.send<{ mergeId: string }>('POST', at(kept, 'merge'), { mergedId });
      print.lines(done, [
        'Merged.',
        `To take it back: ${spellCommand(`contacts part ${kept} ${done.mergeId}`)}`,
      ]);
    });
  contacts
    .command('part <contact> <merging>')
    .description('takes a merging back: they are two again')
    .action(async (id: string, merging: string) => {
      const { api, print } = await open();
      await api.send('POST', at(id, `merges/${encodeURIComponent(merging)}/undo`));
      print.lines({ parted: merging }, ['They are two contacts again.']);
    });
}
