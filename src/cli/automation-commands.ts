// `usher automation`: what happens by itself, as files that can live in a company's own git.
import type { Command } from 'commander';
import type { Automation, AutomationCheck, AutomationTrial } from '../contract/automations.ts';
import type { PolicyFault } from '../contract/policy/fault.ts';
import { CommandFailed } from './api-client.ts';
import { readDocument } from './policy-commands.ts';
import { clean } from './print.ts';
import type { Session } from './session.ts';

type Open = () => Promise<Session>;

const PATH = '/api/v1/automations';

export function addAutomationCommands(program: Command, open: Open): void {
  const automation = program
    .command('automation')
    .description('list what happens by itself, read one as a file, check one, put or remove one');
  automation.command('list', { isDefault: true }).action(async () => {
    const { api, print } = await open();
    const answer = await api.get<{ items: Automation[] }>(PATH);
    print.table(
      answer,
      ['ID', 'STATE', 'LAST RUN', 'FAULTS', 'NAME'],
      answer.items.map(toRow),
      'No automations yet. The guide “Automation” has one to begin with.',
    );
  });
  automation
    .command('get <name>')
    .description('print it as JSON, by its name or id')
    .action(async (name: string) => {
      const session = await open();
      const found = toDocument(await find(session, name));
      session.print.lines(found, [JSON.stringify(found, null, 2)]);
    });
  automation
    .command('delete <name>')
    .description('remove it, with the log of what it did')
    .action(async (name: string) => {
      const session = await open();
      const { id, name: shown } = await find(session, name);
      await session.api.send('DELETE', `${PATH}/${id}`);
      session.print.lines({ id }, [`Removed ${clean(shown)}.`]);
    });
  addFiles(automation, open);
}

function addFiles(automation: Command, open: Open): void {
  automation
    .command('check [file]')
    .description('what is wrong with a file; without a file: with what is piped in')
    .option('--try', 'also for which of the last thousand conversations it would act')
    .action(async (file: string | undefined, { try: isTried }: { try?: true }) => {
      const { api, print } = await open();
      const body = { automation: await readDocument(file), ...(isTried && { try: true }) };
      const found = await api.send<AutomationCheck>('POST', `${PATH}/check`, body);
      const { faults, trial } = found;
      print.lines(found, [
        ...(faults.length === 0 ? ['It holds.'] : faults.map(sayFault)),
        ...(trial === undefined ? [] : sayTrial(trial)),
      ]);
      if (faults.length > 0) process.exitCode = 1;
    });
  automation
    .command('put [file]')
    .description('make the automation of that name, or change it; without a file: what is piped in')
    .action(async (file: string | undefined) => {
      const { api, print } = await open();
      const document = (await readDocument(file)) as { name?: unknown };
      const { items } = await api.get<{ items: Automation[] }>(PATH);
      const before = items.find((one) => isCalled(one, String(document.name)));
      const put =
        before === undefined
          ? await api.send<Automation>('POST', PATH, document)
          : await api.send<Automation>('PATCH', `${PATH}/${before.id}`, document);
      const verb = before === undefined ? 'Made' : 'Changed';
      print.lines(put, [`${verb} ${clean(put.name)}: ${stateOf(put)}.`]);
    });
}

async function find({ api }: Session, written: string): Promise<Automation> {
  const { items } = await api.get<{ items: Automation[] }>(PATH);
  const found = items.find((one) => one.id === written || isCalled(one, written));
  if (found === undefined) throw new CommandFailed(`There is no automation ${clean(written)}.`);
  return found;
}

const isCalled = ({ name }: Automation, written: string) =>
  name.toLowerCase() === written.toLowerCase();

function toDocument({ name, enabled, position, on, when, actions }: Automation) {
  return { name, enabled, position, on, ...(when !== null && { when }), actions };
}

function toRow(one: Automation): string[] {
  const faults = one.faults.map(({ path }) => path).join(' ');
  return [one.id, stateOf(one), one.lastRunAt ?? '–', faults === '' ? '–' : faults, one.name];
}

const stateOf = ({ enabled, disabledReason }: Automation) =>
  enabled ? 'on' : disabledReason === 'failing' ? 'off: refused again and again' : 'off';

const sayFault = ({ path, detail, remedy }: PolicyFault) =>
  clean(`${path === '' ? '/' : path}: ${detail} ${remedy}`);

function sayTrial({ of, tried, matched, events, examples }: AutomationTrial): string[] {
  return [
    `Of ${tried} conversations${tried < of ? ` of ${of}` : ''} the condition holds for ${matched} now; ${events} events of theirs would have started it.`,
    ...examples.map((one) => clean(`${one.conversationId} ${one.contactName ?? ''}`).trim()),
  ];
}
