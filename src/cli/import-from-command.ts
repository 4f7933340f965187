// `usher import-from`: the past of another desk, from its database.
import type { Command } from 'commander';
import { readConfig } from '../config.ts';
import { spellCommand } from '../program/usher-command.ts';
import type { Imported, OtherDesk } from '../startup/import-from.ts';
import { CommandFailed } from './api-client.ts';
import { clean, type Printer } from './print.ts';

interface Options {
  from?: string;
  workspace: string;
  schema: string;
  account?: string;
  label?: string;
  dryRun?: true;
}

export function addImportFromCommand(
  program: Command,
  { environment, print }: { environment: NodeJS.ProcessEnv; print: () => Printer },
): void {
  program
    .command('import-from <desk>')
    .description(
      'bring agents, contacts, canned replies and past conversations: chatwoot, libredesk',
    )
    .option('--from <url>', 'the address of its PostgreSQL, as postgres://user@host/database')
    .option('--workspace <workspace>', 'into which one', 'default')
    .option('--schema <name>', 'where its tables are', 'public')
    .option('--account <id>', 'of a Chatwoot with several accounts')
    .option('--label <word>', 'tells two of the same kind apart; the same in each run')
    .option('--dry-run', 'only count')
    .addHelpText('after', '\nThe password may be in PGPASSWORD instead of the address.')
    .action(async (named: string, options: Options) => {
      const { importFrom, otherDesks } = await import('../startup/import-from.ts');
      const desk = otherDesks.find((one) => one === named);
      if (desk === undefined) {
        throw new CommandFailed(`Known are ${otherDesks.join(' and ')}.`, 2);
      }
      const done = await importFrom(readConfig(environment), readWish(desk, options));
      const dryRun = options.dryRun === true;
      print().lines({ ...done, dryRun }, sayImported(done, dryRun));
    });
}

function readWish(desk: OtherDesk, options: Options) {
  const { from, workspace, schema, label = desk } = options;
  if (from === undefined) throw new CommandFailed('Give its address with --from.', 2);
  if (!/^[\w.-]{1,60}$/.test(label)) {
    throw new CommandFailed('--label is a word of letters, digits, dots and hyphens.', 2);
  }
  const account = options.account === undefined ? null : Number(options.account);
  if (account !== null && !Number.isSafeInteger(account)) {
    throw new CommandFailed('--account is a number.', 2);
  }
  return { desk, from, workspace, schema, account, label, dryRun: options.dryRun === true };
}

const WHAT = {
  agents: 'agents',
  teams: 'teams',
  tags: 'tags',
  replies: 'canned replies',
  contacts: 'contacts',
  conversations: 'conversations',
  messages: 'messages and notes',
} as const;

function sayImported({ name, counts, open, openCount }: Imported, dryRun: boolean): string[] {
  const lines = (Object.keys(WHAT) as (keyof typeof WHAT)[]).map((what) => {
    const { found, added, leftOut } = counts[what];
    const known = found - added - leftOut;
    return `  ${WHAT[what]}: ${found} found, ${added} ${dryRun ? 'would be added' : 'added'}, ${known} known, ${leftOut} left out`;
  });
  const shown = open.map(clean).join(', ');
  return [
    dryRun ? `${name} has:` : `Brought from ${name}:`,
    ...lines,
    ...(openCount === 0
      ? []
      : [
          `${openCount} are not over there (${shown}${openCount > open.length ? ', …' : ''}). They are past here too: answer them there to the end, and run this again.`,
        ]),
    ...(dryRun || counts.agents.added === 0
      ? []
      : [`Nobody was written to. A way in for each: ${spellCommand('people reset <email>')}`]),
  ];
}
