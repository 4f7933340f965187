// Every command shows how it is used.
import { Command } from 'commander';
import { expect, test } from 'vitest';
import { addAgentCommands } from './agent-commands.ts';
import { addAutomationCommands } from './automation-commands.ts';
import { addBackupCommands } from './backup-commands.ts';
import { addBalanceCommands } from './balance-commands.ts';
import { addChannelCommands } from './channel-commands.ts';
import { addConversationCommands } from './conversation-commands.ts';
import { addEndpointCommands } from './endpoint-commands.ts';
import { addExamples, examples, listCommands } from './examples.ts';
import { addImportFromCommand } from './import-from-command.ts';
import { addMoveCommands } from './move-commands.ts';
import { addPeopleCommands } from './people-commands.ts';
import { addPolicyCommands } from './policy-commands.ts';
import { addReplayCommand } from './replay-command.ts';
import { addSimulateCommand } from './simulate-command.ts';
import { addStaffCommand } from './staff-command.ts';
import { addTokenCommands } from './token-commands.ts';
import { addTortureCommand } from './torture-command.ts';

const never = () => Promise.reject(new Error('No server is asked here.'));

function makeProgram(): Command {
  const program = new Command('usher');
  for (const add of [
    ...[
      addAgentCommands,
      addAutomationCommands,
      addBalanceCommands,
      addChannelCommands,
      addConversationCommands,
    ],
    ...[addEndpointCommands, addPeopleCommands, addPolicyCommands, addTokenCommands],
    addReplayCommand,
  ]) {
    add(program, never);
  }
  addBackupCommands(program, { environment: {}, print: never as never });
  addMoveCommands(program, { environment: {}, print: never as never });
  addImportFromCommand(program, { environment: {}, print: never as never });
  addSimulateCommand(program, never as never);
  addTortureCommand(program, never as never);
  addStaffCommand(program, { print: never as never, open: never });
  return program;
}

test('there is an example for every command', () => {
  const commands = listCommands(makeProgram());
  expect(commands.length).toBeGreaterThan(25);
  expect(commands.filter((name) => examples[name] === undefined)).toEqual([]);
});

test('every example begins with its own command', () => {
  for (const [name, lines] of Object.entries(examples)) {
    const words = name.replace(/ list$/, '');
    for (const line of lines) expect(line).toMatch(new RegExp(`^(--json )?${words}( |$)`));
  }
});

test('a command’s help ends with its examples, and a group’s with one of each', () => {
  const program = makeProgram();
  addExamples(program);
  const said: string[] = [];
  const find = (command: Command, name: string) =>
    command.commands.find((one) => one.name() === name) as Command;
  const agents = find(program, 'agents');
  for (const one of [agents, find(agents, 'add')]) {
    one.configureOutput({ writeOut: (text) => void said.push(text) });
    one.outputHelp();
  }
  expect(
    said
      .join('')
      .match(/Examples:\n {2}npm run usher -- agents\n {2}npm run usher -- agents add "Ana"/),
  ).not.toBeNull();
  expect(said.join('')).toMatch(
    /Examples:\n {2}npm run usher -- agents add "Ana" --email[^\n]*\n$/,
  );
});
