// `usher mcp`: what a model may ask and do here, for a client that speaks the Model Context Protocol.
import type { Command } from 'commander';
import { spellCommand } from '../program/usher-command.ts';
import { CommandFailed } from './api-client.ts';
import type { Session } from './session.ts';

const HELP = `
A client starts it by itself. From a checkout: npm run --silent usher -- mcp
Without --write it only reads. Give it a token of its own: ${spellCommand('token create')}`;

/** `hasToken`: one was named. The admin's own, which commands otherwise use, is not lent to a model. */
export function addMcpCommand(
  program: Command,
  open: () => Promise<Session>,
  hasToken: () => boolean,
): void {
  program
    .command('mcp')
    .description('let a model ask about queue, conversations and reports (MCP, on standard input)')
    .option('--write', 'also let it assign, transfer, requeue, close, note and label')
    .addHelpText('after', HELP)
    .action(async ({ write = false }: { write?: boolean }) => {
      if (!hasToken()) {
        throw new CommandFailed(
          'Give the model a token of its own: set USHER_TOKEN, or give --token.',
          2,
        );
      }
      const { api } = await open();
      const { serveMcp } = await import('./mcp/serve-mcp.ts');
      serveMcp(api, { mayWrite: write });
    });
}
