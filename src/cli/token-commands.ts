// `usher token`: API tokens.
import type { Command } from 'commander';
import type { Static } from 'typebox';
import type { Token } from '../contract/workspace.ts';
import { spellCommand } from '../program/usher-command.ts';
import type { Session } from './session.ts';

interface NewToken {
  role: string;
  scopes?: string;
  days?: number;
  forever?: true;
}

const NONE = `No tokens. Make one: ${spellCommand('token create <name> --role supervisor')}`;

export function addTokenCommands(program: Command, open: () => Promise<Session>): void {
  const tokens = program.command('token').description('list, make or revoke API tokens');
  tokens
    .command('list', { isDefault: true })
    .description('those in force')
    .action(async () => {
      const { api, print } = await open();
      const { items } = await api.get<{ items: Static<typeof Token>[] }>('/api/v1/tokens');
      const rows = items.map((one) => [
        one.id,
        one.name,
        one.role,
        one.scopes === null ? 'all' : one.scopes.join(','),
        one.madeBy ?? 'server',
        one.usedAt ?? 'never',
        one.expiresAt ?? 'never',
      ]);
      const head = ['ID', 'NAME', 'ROLE', 'SCOPES', 'MADE BY', 'LAST USE', 'EXPIRES'];
      print.table(items, head, rows, NONE);
    });
  tokens
    .command('create <name>')
    .description('make one; it is shown once')
    .requiredOption('--role <role>', 'admin, supervisor or agent')
    .option(
      '--scopes <list>',
      'limit it: read, names of actions, or channel:<id> of an API channel, with commas between',
    )
    .option('--days <n>', 'expires after so many days (default 90)', Number)
    .option('--forever', 'expires only when it is revoked')
    .action(async (name: string, options: NewToken) => {
      const { role, scopes, days, forever } = options;
      const { api, print } = await open();
      const body = {
        name,
        role,
        ...(scopes === undefined ? {} : { scopes: scopes.split(',').map((one) => one.trim()) }),
        ...(days === undefined ? {} : { expiresInDays: days }),
        ...(forever === true ? { expiresInDays: null } : {}),
      };
      const made = await api.send<{ id: string; token: string }>('POST', '/api/v1/tokens', body);
      print.lines(made, [made.token]);
    });
  tokens
    .command('revoke <id>')
    .description('it stops working at once')
    .action(async (id: string) => {
      const { api, print } = await open();
      await api.send('DELETE', `/api/v1/tokens/${id}`);
      print.lines({ id }, [`Revoked ${id}.`]);
    });
}
