#!/usr/bin/env node
// The `usher` command. Each command loads what only it needs: the server alone takes most of a
// second.
import { Command, CommanderError } from 'commander';
import { spellCommand } from '../program/usher-command.ts';
import { version } from '../program/version.ts';
import { addAgentCommands } from './agent-commands.ts';
import { CommandFailed, makeApiClient } from './api-client.ts';
import { addAutomationCommands } from './automation-commands.ts';
import { addBackupCommands } from './backup-commands.ts';
import { addBalanceCommands } from './balance-commands.ts';
import { addChannelCommands } from './channel-commands.ts';
import { addContactCommands } from './contact-commands.ts';
import { addConversationCommands } from './conversation-commands.ts';
import { addEndpointCommands } from './endpoint-commands.ts';
import { addExamples } from './examples.ts';
import { addImportFromCommand } from './import-from-command.ts';
import { addMcpCommand } from './mcp-command.ts';
import { addMoveCommands } from './move-commands.ts';
import { addOperatorCommands } from './operator-commands.ts';
import { addPeopleCommands } from './people-commands.ts';
import { addPolicyCommands } from './policy-commands.ts';
import { makePrinter } from './print.ts';
import { readEnvironment } from './read-environment.ts';
import { addReplayCommand } from './replay-command.ts';
import type { Session } from './session.ts';
import { addSimulateCommand } from './simulate-command.ts';
import { addStaffCommand } from './staff-command.ts';
import { addTokenCommands } from './token-commands.ts';
import { addTortureCommand } from './torture-command.ts';

const environment = readEnvironment();

/** The command's words after `usher`. */
function nameWords(command: Command): string {
  return command.parent === null ? '' : `${nameWords(command.parent)} ${command.name()}`.trim();
}

const EXIT_CODES = `
Exit codes: 0 done · 1 failed (of demo and torture: a promise was broken; of doctor:
                       something is missing)
            2 wrong usage · 3 no server answers · 4 the server refused`;

const DEMO_PORTS = `
PORT: where the desk listens, and the shop on the next one (default: any that are free).
As in: PORT=8080 ${spellCommand('demo')}`;

const program = new Command('usher')
  .description('Shows every customer to the right agent.')
  .version(version, '--version', 'say which version this is')
  .option('--json', 'answer in JSON')
  .option('--url <address>', 'the server’s address (USHER_URL; http://127.0.0.1:3000)')
  .option('--token <token>', 'an API token (USHER_TOKEN; else the data directory’s)')
  .addHelpText('after', EXIT_CODES)
  .configureHelp({
    commandUsage: (command) => spellCommand(`${nameWords(command)} ${command.usage()}`.trim()),
  })
  .exitOverride();

const write = (text: string) => void process.stdout.write(text);
const print = () => makePrinter(program.opts<{ json?: true }>().json === true, write);
const open = async (): Promise<Session> => {
  const options = program.opts<{ url?: string; token?: string }>();
  return { api: await makeApiClient(options, environment), print: print() };
};

const openAsOperator = async (): Promise<Session> => {
  const options = program.opts<{ url?: string; token?: string }>();
  const token = options.token ?? environment.USHER_OPERATOR_TOKEN;
  if (token === undefined) {
    throw new CommandFailed(
      'No operator’s token: set USHER_OPERATOR_TOKEN for the server and here, or give --token.',
      2,
    );
  }
  return { api: await makeApiClient({ ...options, token }, environment), print: print() };
};

program
  .command('serve')
  .description('run the server until SIGTERM or SIGINT')
  .action(async () => {
    const { serve } = await import('./serve.ts');
    process.exitCode = await serve(environment);
  });
program
  .command('demo')
  .description('show a company at work, to look at and to try: the shop, the desk, the promises')
  .option('--duration <seconds>', 'when it ends (default 7200; when judged 20)')
  .option('--check', 'instead: a rush beside an emulated Qiscus, judged at the end, for CI')
  .option(
    '--rocketchat',
    'instead: RapidPro’s customers, answered in an emulated Rocket.Chat, judged too',
  )
  .option('--lab', 'instead: forecast, staffing and what-if on sample data, in the terminal')
  .option('--agents <n>', 'with those: how many agents (default 8)')
  .option('--rate <n>', 'with those: conversations a second (default 6)')
  .option('--chaos', 'with those: the other side misbehaves: lost and doubled webhooks, errors')
  .option('--seed <n>', 'with those: seed of the random choices (default 1)')
  .addHelpText('after', DEMO_PORTS)
  .action(async (options: Record<string, string | boolean>) => {
    const json = program.opts<{ json?: true }>().json === true;
    const { refuseWithoutCheck, runDemo } = await import('./demo.ts');
    refuseWithoutCheck({ ...options, ...(json && { json }) });
    process.exitCode = await runDemo({ ...options, json });
  });
program
  .command('migrate')
  .description('bring the database’s schema up to date')
  .action(async () => {
    const { migrateOnly } = await import('./migrate-only.ts');
    const applied = await migrateOnly(environment);
    const nothing = applied.length === 0;
    print().lines(
      { applied },
      nothing ? ['Up to date.'] : applied.map((name) => `Applied ${name}`),
    );
  });
program
  .command('doctor')
  .description('check configuration, database, Qiscus and RapidPro, and say what to do')
  .action(async () => {
    const { doctor } = await import('./doctor.ts');
    const options = program.opts<{ url?: string; token?: string }>();
    const where = options.url === undefined ? {} : { USHER_URL: options.url };
    const open = () => makeApiClient(options, environment);
    process.exitCode = await doctor({ ...environment, ...where }, print(), open);
  });
program
  .command('listen')
  .description('receive event webhooks here, verify them and print them')
  .option('--port <n>', 'where on 127.0.0.1 it listens; 0 takes any free port', '4000')
  .option(
    '--secret <secret>',
    'the endpoint’s secret (USHER_WEBHOOK_SECRET); without it none is verified',
  )
  .option('--forward <url>', 'pass each event on unchanged, and answer what comes back')
  .action(async (options: { port: string; secret?: string; forward?: string }) => {
    const json = program.opts<{ json?: true }>().json === true;
    const { listen } = await import('./listen.ts');
    process.exitCode = await listen({ ...options, json }, environment);
  });
addAgentCommands(program, open);
addAutomationCommands(program, open);
addBackupCommands(program, { environment, print });
addBalanceCommands(program, open);
addChannelCommands(program, open);
addContactCommands(program, open);
addConversationCommands(program, open);
addEndpointCommands(program, open);
addImportFromCommand(program, { environment, print });
addMcpCommand(program, open, () =>
  [program.opts<{ token?: string }>().token, environment.USHER_TOKEN].some((one) => one),
);
addMoveCommands(program, { environment, print });
addPeopleCommands(program, open);
addPolicyCommands(program, open);
addReplayCommand(program, open);
addSimulateCommand(program, print);
addStaffCommand(program, { print, open });
addTokenCommands(program, open);
addTortureCommand(program, print);
addOperatorCommands(program, openAsOperator);
addExamples(program);

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = error instanceof CommandFailed ? error.exitCode : 1;
  }
}
