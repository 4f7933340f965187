// `usher policy`: the policy as a file, so that it can live in a company’s own git.
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { type Command, InvalidArgumentError } from 'commander';
import type {
  PolicyChange,
  PolicyCheck,
  PolicyDiff,
  PolicyVersion,
} from '../contract/policy/document.ts';
import type { PolicyFault } from '../contract/policy/fault.ts';
import { type Api, CommandFailed } from './api-client.ts';
import { clean } from './print.ts';
import { sayDryRun } from './say-dry-run.ts';
import type { Session } from './session.ts';

type Open = () => Promise<Session>;

const PATH = '/api/v1/policy';

export function addPolicyCommands(program: Command, open: Open): void {
  const policy = program
    .command('policy')
    .description('read the policy as a file, check one, compare it, put it in force');
  addGet(policy, open);
  addCheck(policy, open);
  addDiff(policy, open);
  addPut(policy, open);
}

function addGet(policy: Command, open: Open): void {
  policy
    .command('get')
    .description('print it as JSON, with names')
    .option('--at <version>', 'that one instead of the one in force', toVersion)
    .option('--ids', 'teams, skills, agents and channels by id, as they are stored')
    .action(async ({ at, ids }: { at?: number; ids?: true }) => {
      const { api, print } = await open();
      const query = ids === true ? '' : '?names=true';
      const path = at === undefined ? PATH : `${PATH}/versions/${at}`;
      const found = await api.get<PolicyVersion>(`${path}${query}`);
      print.lines(found, [JSON.stringify(found.policy, null, 2)]);
    });
}

function addCheck(policy: Command, open: Open): void {
  policy
    .command('check [file]')
    .description(
      'what is wrong with a file, or useless in it; without a file: with what is piped in',
    )
    .option('--try', 'also what would change for those who wait and for the last conversations')
    .action(async (file: string | undefined, { try: isTried }: { try?: true }) => {
      const { api, print } = await open();
      const found = await check(api, await readDocument(file), isTried);
      const { faults, warnings, dryRun } = found;
      const fine = `It holds; ${count(found.changes.length, 'change')} to the one in force.`;
      print.lines(found, [
        ...faults.map(sayFinding),
        ...warnings.map((one) => `warning: ${sayFinding(one)}`),
        ...(faults.length === 0 ? [fine] : []),
        ...(dryRun === undefined ? [] : sayDryRun(dryRun)),
      ]);
      if (faults.length > 0) process.exitCode = 1;
    });
}

function addDiff(policy: Command, open: Open): void {
  policy
    .command('diff [file]')
    .description('what a file would change; with --at: what that version changed')
    .option('--at <version>', 'of this version instead of a file', toVersion)
    .option(
      '--against <version>',
      'with --at: against this one (default: the one before)',
      toVersion,
    )
    .action(async (file: string | undefined, options: { at?: number; against?: number }) => {
      const { at: version, against } = options;
      if (version === undefined && against !== undefined) {
        throw new CommandFailed(
          'A file is compared with the version in force: leave --against out, or give --at.',
          2,
        );
      }
      const { api, print } = await open();
      if (version === undefined) {
        const found = await check(api, await readDocument(file));
        if (found.faults.length > 0) refuse(found.faults);
        print.lines(found.changes, sayChanges(found.changes));
        return;
      }
      const query = against === undefined ? '' : `?against=${against}`;
      const found = await api.get<PolicyDiff>(`${PATH}/versions/${version}/diff${query}`);
      print.lines(found, sayChanges(found.changes));
    });
}

function addPut(policy: Command, open: Open): void {
  policy
    .command('put [file]')
    .description('put a file in force, whole or not at all; without a file: what is piped in')
    .option('--if-version <version>', 'only while this version is in force', toVersion)
    .action(async (file: string | undefined, { ifVersion }: { ifVersion?: number }) => {
      const { api, print } = await open();
      const document = await readDocument(file);
      const { faults, warnings, changes } = await check(api, document);
      if (faults.length > 0) refuse(faults);
      const headers = ifVersion === undefined ? {} : { 'if-match': `"${ifVersion}"` };
      const put = await api.send<PolicyVersion>('PUT', PATH, document, headers);
      print.lines(put, [
        ...warnings.map((one) => `warning: ${sayFinding(one)}`),
        `Version ${put.version} is in force: ${count(changes.length, 'change')}.`,
      ]);
    });
}

function check(api: Api, policy: object, isTried?: true): Promise<PolicyCheck> {
  const body = { policy, ...(isTried && { try: true }) };
  return api.send<PolicyCheck>('POST', `${PATH}/check`, body);
}

function refuse(faults: readonly PolicyFault[]): never {
  throw new CommandFailed(faults.map(sayFinding).join('\n'), 1);
}

export const sayFinding = ({ path, detail, remedy }: PolicyFault) =>
  clean(`${path === '' ? '/' : path}: ${detail} ${remedy}`);

const signs = { added: '+', removed: '-', changed: '~', moved: '>' } as const;

function sayChanges(changes: readonly PolicyChange[]): string[] {
  if (changes.length === 0) return ['Nothing differs.'];
  return changes.map(({ path, kind, before, after }) => {
    const values = [before, after].filter((value) => value !== undefined);
    return clean(`${signs[kind]} ${path}: ${values.map((one) => JSON.stringify(one)).join(' → ')}`);
  });
}

const count = (many: number, what: string) => `${many} ${what}${many === 1 ? '' : 's'}`;

/** `-`: what is piped in. */
export async function readDocument(file = '-'): Promise<object> {
  if (file === '-' && process.stdin.isTTY) {
    throw new CommandFailed('Name a file, or pipe one in.', 2);
  }
  const written = file === '-' ? await text(process.stdin) : await readNamed(file);
  try {
    return JSON.parse(written) as object;
  } catch (error) {
    throw new CommandFailed(
      `${file === '-' ? 'What was piped in' : file} is no JSON: ${(error as Error).message}`,
    );
  }
}

async function readNamed(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new CommandFailed(`${file} cannot be read: ${(error as Error).message}`, 2);
  }
}

function toVersion(written: string): number {
  if (!/^[1-9]\d{0,8}$/.test(written))
    throw new InvalidArgumentError('It is a whole number from 1.');
  return Number(written);
}
