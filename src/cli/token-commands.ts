// `usher token`: API tokens.
import type { Command } from 'commander';
import type { Static } from 'typebox';
import type { Token } from '../contract/workspace.ts';
import type { Session } from './session.ts';

export function addTokenCommands(program: Command, open: () => Promise<Session>): void {
  const tokens = program.command('token').description('list, make or revoke API tokens');
  tokens
    .command('list', { isDefault: true })
    .description('those in force')
    .action(async () => {
      const { api, print } = await open();
      const { items } = await api.get<{ items: Static<typeof Token>[] }>('/api/v1/tokens');
      const rows = items.map((one) => [one.id, one.name, one.role, one.expiresAt]);
      print.table(items, ['ID', 'NAME', 'ROLE', 'EXPIRES'], rows);
    });
  tokens
    .command('create <name>')
    .description('make one; it is shown once')
    .requiredOption('--role <role>', 'admin, supervisor or agent')
    .option('--days <n>', 'expires after so many days', Number)
    .action(async (name: string, { role, days }: { role: string; days?: number }) => {
      const { api, print } = await open();
      const body = { name, role, ...(days === undefined ? {} : { expiresInDays: days }) };
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
