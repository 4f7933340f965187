// `usher people` and `usher sign-in`: the operator's way in when nobody else can let anybody in.
import type { Command } from 'commander';
import type { User } from '../contract/people.ts';
import { spellCommand } from '../program/usher-command.ts';
import { type Api, CommandFailed } from './api-client.ts';
import type { Session } from './session.ts';

type Open = () => Promise<Session>;

export function addPeopleCommands(program: Command, open: Open): void {
  const people = program.command('people').description('list who signs in, or help one back in');
  people
    .command('list', { isDefault: true })
    .description('everybody who signs in, and how')
    .action(async () => {
      const { api, print } = await open();
      const items = await readUsers(api);
      const head = ['ID', 'NAME', 'E-MAIL', 'ROLE', 'SECOND FACTOR', 'SINGLE SIGN-ON'];
      print.table(
        items,
        head,
        items.map((one) => [
          one.id,
          one.name,
          one.email,
          one.role,
          one.secondFactor ? 'yes' : 'no',
          one.singleSignOn ? 'linked' : 'no',
        ]),
        'Nobody signs in yet. Open the back office and set the first admin up with the code of the first start.',
      );
    });
  const verb = (name: string, says: string, run: (api: Api, user: User) => Promise<string>) =>
    people
      .command(`${name} <email>`)
      .description(says)
      .action(async (email: string) => {
        const { api, print } = await open();
        const user = await findUser(api, email);
        print.lines({ id: user.id }, [await run(api, user)]);
      });
  people
    .command('reset <email>')
    .description('print a link with which the person chooses a password')
    .action(async (email: string) => {
      const { api, print } = await open();
      const { id } = await findUser(api, email);
      const made = await api.send<{ inviteUrl: string }>('POST', `/api/v1/users/${id}/reset`);
      print.lines(made, [made.inviteUrl]);
    });
  verb('reset-second-factor', 'for whoever has lost it; signs them out', async (api, user) => {
    await api.send('DELETE', `/api/v1/users/${user.id}/second-factor`);
    return `${user.name} signs in without a second factor.`;
  });
  verb('unlink', 'from the person at the identity provider; signs them out', async (api, user) => {
    await api.send('DELETE', `/api/v1/users/${user.id}/single-sign-on`);
    return `${user.name} is linked to nobody at the identity provider.`;
  });

  addSignIn(program, open);
}

function addSignIn(program: Command, open: Open): void {
  program
    .command('sign-in')
    .description('how people sign in')
    .command('passwords <on|off>')
    .description('off: only by the identity provider; on: the way back when that is down')
    .action(async (state: string) => {
      if (state !== 'on' && state !== 'off') throw new CommandFailed('Say on or off.', 2);
      const { api, print } = await open();
      const body = { onlySingleSignOn: state === 'off' };
      await api.send('PATCH', '/api/v1/settings', body);
      const says =
        state === 'on'
          ? `Passwords let people in. Who has none gets a link: ${spellCommand('people reset <email>')}`
          : 'People sign in by the identity provider only.';
      print.lines(body, [says]);
    });
}

async function findUser(api: Api, email: string): Promise<User> {
  const wanted = email.trim().toLowerCase();
  const user = (await readUsers(api)).find((one) => one.email.toLowerCase() === wanted);
  if (user === undefined) {
    throw new CommandFailed(
      `Nobody signs in with ${email}. See: ${spellCommand('people list')}`,
      1,
    );
  }
  return user;
}

async function readUsers(api: Api): Promise<User[]> {
  const users: User[] = [];
  let cursor = '';
  do {
    const path = `/api/v1/users?limit=200${cursor && `&cursor=${encodeURIComponent(cursor)}`}`;
    const page = await api.get<{ items: User[]; nextCursor: string | null }>(path);
    users.push(...page.items);
    cursor = page.nextCursor ?? '';
  } while (cursor !== '');
  return users;
}
