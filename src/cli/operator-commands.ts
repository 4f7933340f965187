// `usher workspace` and `usher secrets`: an operator's commands, with the operator's token.
import type { Command } from 'commander';
import type { Static } from 'typebox';
import type { Rotation, SecretFigures, Workspace, WorkspaceMade } from '../contract/operator.ts';
import { spellCommand } from '../program/usher-command.ts';
import { type Api, CommandFailed } from './api-client.ts';
import type { Session } from './session.ts';

type Open = () => Promise<Session>;

/** `open` works with USHER_OPERATOR_TOKEN. */
export function addOperatorCommands(program: Command, open: Open): void {
  addWorkspaceCommands(program, open);
  const secrets = program
    .command('secrets')
    .description('the key of the stored secrets (USHER_OPERATOR_TOKEN)');
  secrets
    .command('status', { isDefault: true })
    .description('how many are sealed with USHER_SECRET_KEY')
    .action(async () => {
      const { api, print } = await open();
      const found = await api.get<Static<typeof SecretFigures>>('/api/v1/operator/secrets');
      print.lines(found, [describeSecrets(found)]);
    });
  secrets
    .command('rotate')
    .description('seal all of them with USHER_SECRET_KEY; without one, open them all')
    .action(async () => {
      const { api, print } = await open();
      const path = '/api/v1/operator/secrets/rotation';
      const done = await api.send<Static<typeof Rotation>>('POST', path);
      const old = 'USHER_SECRET_KEY_OLD is not needed any more.';
      print.lines(done, [`Rewritten: ${done.resealed}. ${describeSecrets(done.secrets)} ${old}`]);
    });
}

function describeSecrets({ keyId, sealed, old, plain }: Static<typeof SecretFigures>): string {
  if (keyId === null) return `No USHER_SECRET_KEY: ${plain} plain, ${old} sealed.`;
  const left =
    old + plain === 0
      ? ''
      : ` ${old} under an old key, ${plain} plain: ${spellCommand('secrets rotate')}`;
  return `Key ${keyId}: ${sealed} sealed.${left}`;
}

function addWorkspaceCommands(program: Command, open: Open): void {
  const workspaces = program
    .command('workspace')
    .description('list, make, suspend, bound or remove workspaces (USHER_OPERATOR_TOKEN)');
  workspaces
    .command('list', { isDefault: true })
    .description('all of them, with their sign-in addresses')
    .action(async () => {
      const { api, print } = await open();
      const items = await listAll(api);
      const rows = items.map((one) => [
        ...[one.slug, one.name, one.agents, one.openConversations],
        describeStanding(one),
      ]);
      const head = ['WORKSPACE', 'NAME', 'AGENTS', 'OPEN', 'SIGN-IN, OR WHY NOT'];
      print.table(
        items,
        head,
        rows,
        `No workspace. Make one: ${spellCommand('workspace create <name>')}`,
      );
    });
  workspaces
    .command('create <name>')
    .description('make one, with its first admin; prints the invitation')
    .requiredOption('--admin <address>', 'the first admin’s e-mail address')
    .option('--admin-name <name>', 'the admin’s name')
    .option('--slug <word>', 'its word in the sign-in address')
    .action(async (name: string, options: { admin: string; adminName?: string; slug?: string }) => {
      const { api, print } = await open();
      const { admin: email, adminName = email, slug } = options;
      const body = {
        name,
        admin: { email, name: adminName },
        ...(slug === undefined ? {} : { slug }),
      };
      const path = '/api/v1/operator/workspaces';
      const made = await api.send<Static<typeof WorkspaceMade>>('POST', path, body);
      const { workspace, inviteUrl } = made;
      print.lines(made, [
        `Made ${workspace.slug}. Send this to ${email}; it is valid for seven days, once:`,
        inviteUrl,
        `Its people sign in at ${workspace.signInUrl}`,
      ]);
    });
  addChanges(workspaces, open);
  addHolds(workspaces, open);
}

function describeStanding({ removedAt, removeAt, suspendedAt, signInUrl }: Workspace): string {
  if (removedAt !== null) return 'is being removed';
  if (removeAt !== null) return `suspended, and removed at ${removeAt}`;
  return suspendedAt === null ? signInUrl : `suspended since ${suspendedAt}`;
}

function addChanges(workspaces: Command, open: Open): void {
  workspaces
    .command('rename <workspace> <name>')
    .description('change its name, or its word')
    .option('--slug <word>', 'its word in the sign-in address')
    .action(async (named: string, name: string, { slug }: { slug?: string }) => {
      const { api, print } = await open();
      const body = { name, ...(slug === undefined ? {} : { slug }) };
      const path = `/api/v1/operator/workspaces/${(await find(api, named)).id}`;
      const now = await api.send<Static<typeof Workspace>>('PATCH', path, body);
      print.lines(now, [`${now.slug} is called ${now.name}. Sign-in: ${now.signInUrl}`]);
    });
  workspaces
    .command('invite <workspace> <address>')
    .description('invite another admin')
    .option('--name <name>', 'their name')
    .action(async (named: string, email: string, { name = email }: { name?: string }) => {
      const { api, print } = await open();
      const path = `/api/v1/operator/workspaces/${(await find(api, named)).id}/admins`;
      const made = await api.send<{ inviteUrl: string }>('POST', path, { email, name });
      print.lines(made, [made.inviteUrl]);
    });
  workspaces
    .command('remove <workspace>')
    .description('shut everybody out at once, and delete all of it after a wait')
    .requiredOption('--confirm <word>', 'its word once more')
    .option('--after-days <n>', 'until then it can be resumed as it was; 0: delete now', '7')
    .action(async (named: string, options: { confirm: string; afterDays: string }) => {
      const { api, print } = await open();
      const { id, slug } = await find(api, named);
      const { confirm, afterDays } = options;
      const query = new URLSearchParams({ confirm, afterDays });
      await api.send('DELETE', `/api/v1/operator/workspaces/${id}?${query}`);
      const said =
        afterDays === '0'
          ? `Removed ${slug}; its data is being deleted.`
          : `Suspended ${slug}; it is removed in ${afterDays} days. To call that off: ${spellCommand(`workspace resume ${slug}`)}`;
      print.lines({ id, slug }, [said]);
    });
}

function addHolds(workspaces: Command, open: Open): void {
  const send = async (named: string, method: 'PUT' | 'DELETE', part: string, body?: object) => {
    const { api, print } = await open();
    const path = `/api/v1/operator/workspaces/${(await find(api, named)).id}/${part}`;
    return { now: await api.send<Static<typeof Workspace>>(method, path, body), print };
  };
  workspaces
    .command('suspend <workspace>')
    .description('let nobody in, and route and deliver nothing, until it is resumed')
    .option('--why <text>', 'for the audit')
    .action(async (named: string, { why }: { why?: string }) => {
      const { now, print } = await send(named, 'PUT', 'suspension', { ...(why && { why }) });
      print.lines(now, [
        `Suspended ${now.slug}. It goes on as it was: ${spellCommand(`workspace resume ${now.slug}`)}`,
      ]);
    });
  workspaces
    .command('resume <workspace>')
    .description('let it go on as it was; it is not removed either')
    .action(async (named: string) => {
      const { now, print } = await send(named, 'DELETE', 'suspension');
      print.lines(now, [`Resumed ${now.slug}.`]);
    });
  workspaces
    .command('bound <workspace>')
    .description('bound what it may use; what is not named is not bounded any more')
    .option('--requests-per-second <n>', 'over all its doors, at each node')
    .option('--open-conversations <n>', 'at a time')
    .option('--storage-mb <n>', 'of files')
    .action(async (named: string, options: Record<string, string>) => {
      const { requestsPerSecond, openConversations, storageMb: storageMegabytes } = options;
      const given = { requestsPerSecond, openConversations, storageMegabytes };
      const set = Object.entries(given).filter(([, value]) => value !== undefined);
      const bounds = Object.fromEntries(set.map(([name, value]) => [name, Number(value)]));
      const { now, print } = await send(named, 'PUT', 'bounds', bounds);
      const said = Object.entries(now.bounds).map(([name, value]) => `${name} ${value}`);
      print.lines(now, [`${now.slug}: ${said.length === 0 ? 'no bounds' : said.join(', ')}.`]);
    });
}

async function listAll(api: Api): Promise<Workspace[]> {
  return (await api.get<{ items: Workspace[] }>('/api/v1/operator/workspaces')).items;
}

async function find(api: Api, named: string): Promise<Workspace> {
  const found = (await listAll(api)).find(({ id, slug }) => id === named || slug === named);
  if (found === undefined) {
    throw new CommandFailed(
      `There is no workspace ${named}. List them: ${spellCommand('workspace list')}`,
      4,
    );
  }
  return found;
}
