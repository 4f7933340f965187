// `usher export-workspace` and `usher import-workspace`: one workspace in one file, from one installation to another.
import type { Command } from 'commander';
import { readConfig } from '../config.ts';
import { spellCommand } from '../program/usher-command.ts';
import type { MovedIn } from '../startup/move-workspace.ts';
import { CommandFailed } from './api-client.ts';
import { clean, type Printer } from './print.ts';

interface Means {
  environment: NodeJS.ProcessEnv;
  print: () => Printer;
}

interface ImportOptions {
  check?: true;
  slug?: string;
  admin?: string;
  largest: string;
}

export function addMoveCommands(program: Command, means: Means): void {
  addExport(program, means);
  addImport(program, means);
}

function addExport(program: Command, { environment, print }: Means): void {
  program
    .command('export-workspace <workspace> <file>')
    .description('write one workspace into one file, while the server runs or not')
    .action(async (named: string, file: string) => {
      const { moveOut } = await import('../startup/move-workspace.ts');
      const began = performance.now();
      const { head, tables, rows, bytes } = await moveOut(readConfig(environment), {
        named,
        path: file,
      });
      const seconds = secondsSince(began);
      const { workspace, secrets, unmade } = head;
      const waiting = unmade === 0 ? [] : [sayUnmade(unmade)];
      print().lines({ file, workspace, tables, rows, bytes, seconds, secrets, unmade }, [
        `Exported ${clean(workspace.slug)} to ${clean(file)}: ${rows} rows of ${tables} tables, ${(bytes / 1_000_000).toFixed(1)} MB in ${seconds} s.`,
        `No secret, password or token is in it; ${secrets.length} are to be entered again over there.`,
        ...waiting,
        `Over there: ${spellCommand(`import-workspace ${clean(file)}`)}`,
      ]);
    });
}

const sayUnmade = (count: number) =>
  `${count} deliveries to channels and endpoints were not made yet: this installation still makes them while it runs, the other one does not.`;

function addImport(program: Command, { environment, print }: Means): void {
  program
    .command('import-workspace <file>')
    .description('make a workspace of an exported one; its channels and endpoints are switched off')
    .option('--check', 'only read the file and say whether it is whole and fits this Usher')
    .option('--slug <word>', 'its word in the sign-in address; otherwise as it was')
    .option('--admin <address>', 'which of its admins is invited; otherwise the first')
    .option('--largest <GB>', 'refuse what unpacks to more', '100')
    .action(async (file: string, options: ImportOptions) => {
      const largest = Number(options.largest);
      if (!(largest > 0)) throw new CommandFailed('--largest is a number of GB.', 2);
      const { inspectWorkspace, moveIn } = await import('../startup/move-workspace.ts');
      const config = readConfig(environment);
      if (options.check) {
        const { head, tables, rows } = await inspectWorkspace(file, largest);
        const { workspace, takenAt, version, secrets, unmade } = head;
        print().lines({ file, workspace, takenAt, version, tables, rows, secrets, unmade }, [
          `It is whole: ${clean(workspace.name)} as it was at ${clean(takenAt)}, ${rows} rows of ${tables} tables.`,
        ]);
        return;
      }
      const began = performance.now();
      const { slug, admin } = options;
      const done = await moveIn(config, { path: file, slug, admin, largest });
      const { policy: _, ...shown } = done;
      print().lines(
        { ...shown, seconds: secondsSince(began) },
        sayMovedIn(done, secondsSince(began)),
      );
    });
}

function sayMovedIn(done: MovedIn, seconds: number): string[] {
  const { slug, rows, channels, endpoints, invited, signInUrl, head, unmade } = done;
  const door =
    invited === null
      ? [`Invite an admin: ${spellCommand(`workspace invite ${slug} <address>`)}`]
      : [`Send this to ${clean(invited.email)}; it is valid for seven days, once:`, invited.url];
  return [
    `Imported ${slug}: ${rows} rows in ${seconds} s. Nobody is online in it, and nothing is sent.`,
    ...door,
    `Its people sign in at ${signInUrl}, each with a new password: ${spellCommand('people reset <email>')}`,
    ...head.secrets.map(
      (one) => `Enter again: ${one.what} ${clean(one.name)}, ${clean(one.secret)}`,
    ),
    'Then switch its channels off where it comes from, and on here:',
    ...channels.map(({ id, name }) => `  ${spellCommand(`channels on ${id}`)}   (${clean(name)})`),
    ...(endpoints === 0 ? [] : [`Switch its ${endpoints} endpoints on in Settings, Endpoints.`]),
    ...(unmade === 0
      ? []
      : [
          `${unmade} deliveries had not been made when it was exported. They stand as failed; those to endpoints can be sent again from their logs.`,
        ]),
  ];
}

const secondsSince = (began: number) => Number(((performance.now() - began) / 1000).toFixed(1));
