// `usher backup` and `usher restore`: all of an installation in one file, and back.
import type { Command } from 'commander';
import { readConfig } from '../config.ts';
import { spellCommand } from '../program/usher-command.ts';
import type { Restored } from '../startup/back-up.ts';
import { clean, type Printer } from './print.ts';

interface Means {
  environment: NodeJS.ProcessEnv;
  print: () => Printer;
}

export function addBackupCommands(program: Command, { environment, print }: Means): void {
  program
    .command('backup <file>')
    .description('write everything into one file, while the server runs or not')
    .action(async (file: string) => {
      const { backUp } = await import('../startup/back-up.ts');
      const began = performance.now();
      const figures = await backUp(readConfig(environment), file);
      const seconds = secondsSince(began);
      print().lines({ file, ...figures, seconds }, [
        `Backed up ${figures.rows} rows of ${figures.tables} tables to ${clean(file)}: ${toMegabytes(figures.bytes)} MB in ${seconds} s.`,
        'USHER_SECRET_KEY is not in it. Keep it somewhere else.',
      ]);
    });
  program
    .command('restore <file>')
    .description('fill an empty data directory, or the empty database of DATABASE_URL')
    .option('--check', 'only read the file and say whether it is whole and fits this Usher')
    .action(async (file: string, { check }: { check?: true }) => {
      const { restore, inspect } = await import('../startup/back-up.ts');
      const config = readConfig(environment);
      const began = performance.now();
      const done = await (check ? inspect(config, file) : restore(config, file));
      const seconds = secondsSince(began);
      const { head, tables, rows, missingKeys, kept } = done;
      const value = { file, takenAt: head.takenAt, version: head.version, tables, rows };
      print().lines({ ...value, seconds, missingKeys, kept }, [
        `${check ? 'It is whole' : 'Restored'}: ${rows} rows of ${tables} tables as they were at ${clean(head.takenAt)}, in ${seconds} s.`,
        ...sayWhatIsLeft(done),
        ...(check ? [] : [`Start it: ${spellCommand('serve')}`]),
      ]);
    });
}

function sayWhatIsLeft({ missingKeys, kept }: Pick<Restored, 'missingKeys' | 'kept'>): string[] {
  const keys = missingKeys.map(clean).join(', ');
  return [
    ...(keys === ''
      ? []
      : [
          `Secrets in it are sealed with the key ${keys}, which is not set here: set USHER_SECRET_KEY as it was.`,
        ]),
    ...kept.map((file) => `${clean(file)} was there already and is left as it is.`),
  ];
}

const secondsSince = (began: number) => Number(((performance.now() - began) / 1000).toFixed(1));

const toMegabytes = (bytes: number) => (bytes / 1_000_000).toFixed(1);
