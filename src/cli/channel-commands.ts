// `usher channels`: the sources of conversations.
import type { Command } from 'commander';
import type { Channel } from '../contract/channels.ts';
import { spellCommand } from '../program/usher-command.ts';
import { addQiscusCommands } from './qiscus-commands.ts';
import { addRapidProCommands } from './rapidpro-commands.ts';
import type { Session } from './session.ts';

const PATH = '/api/v1/channels';

export function addChannelCommands(program: Command, open: () => Promise<Session>): void {
  const channels = program
    .command('channels')
    .description('list the sources of conversations, or connect one');
  channels.command('list', { isDefault: true }).action(async () => {
    const { api, print } = await open();
    const answer = await api.get<{ items: Channel[] }>(PATH);
    print.table(
      answer,
      ['ID', 'KIND', 'NAME', 'CONNECTED', 'TROUBLE'],
      answer.items.map((one) => [
        ...[one.id, one.kind, one.name, one.connected],
        one.enabled ? one.syncError : 'switched off',
      ]),
      `No channels. Connect Qiscus by QISCUS_APP_ID and QISCUS_SECRET, RapidPro by: ${spellCommand('channels add-rapidpro <name>')}`,
    );
  });
  addRapidProCommands(channels, open);
  addQiscusCommands(channels, open);
  for (const [name, enabled] of [
    ['on', true],
    ['off', false],
  ] as const) {
    channels
      .command(`${name} <channel>`)
      .description(
        enabled
          ? 'switch one on again'
          : 'switch one off: nothing is taken from it and nothing told to it, and it keeps what it has',
      )
      .action(async (id: string) => {
        const { api, print } = await open();
        await api.send('PATCH', `${PATH}/${id}`, { enabled });
        print.lines({ id, enabled }, [`Switched ${id} ${name}.`]);
      });
  }
  channels
    .command('remove <channel>')
    .description('remove one: nothing more is taken from it')
    .action(async (id: string) => {
      const { api, print } = await open();
      await api.send('DELETE', `${PATH}/${id}`);
      print.lines({ id }, [`Removed ${id}.`]);
    });
}
