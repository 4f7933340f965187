// `usher channels`: the sources of conversations, and what to paste into the other system.
import { randomBytes } from 'node:crypto';
import { type Command, Option } from 'commander';
import type { Channel, ResolveRegistration } from '../contract/channels.ts';
import { spellCommand } from '../usher-command.ts';
import { CommandFailed } from './api-client.ts';
import type { Session } from './session.ts';

const PATH = '/api/v1/channels';

interface RapidProOptions {
  secretEnv?: string;
  apiTokenEnv?: string;
  secondTicket?: string;
  unknownDepartment?: string;
  name?: string;
}

export function addChannelCommands(program: Command, open: () => Promise<Session>): void {
  const channels = program
    .command('channels')
    .description('list the sources of conversations, or connect one');
  channels.command('list', { isDefault: true }).action(async () => {
    const { api, print } = await open();
    const answer = await api.get<{ items: Channel[] }>(PATH);
    print.table(
      answer,
      ['ID', 'KIND', 'NAME', 'CONNECTED', 'TROUBLE'],
      answer.items.map((one) => [one.id, one.kind, one.name, one.connected, one.syncError]),
      `No channels. Connect Qiscus by QISCUS_APP_ID and QISCUS_SECRET, RapidPro by: ${spellCommand('channels add-rapidpro <name>')}`,
    );
  });
  withOptions(
    channels.command('add-rapidpro <name>').description('be the ticketer of a RapidPro'),
  ).action(async (name: string, options: RapidProOptions) => {
    const { api, print } = await open();
    const body = { kind: 'rapidpro', name, ...toBody(options) };
    const made = await api.send<Channel>('POST', PATH, body);
    print.lines(made, describe(made));
  });
  withOptions(
    channels
      .command('set-rapidpro <channel>')
      .description('change its secret or its rules')
      .option('--name <name>'),
  ).action(async (id: string, options: RapidProOptions) => {
    const { api, print } = await open();
    const name = options.name === undefined ? {} : { name: options.name };
    const body = { ...name, ...toBody(options) };
    const changed = await api.send<Channel>('PATCH', `${PATH}/${id}`, body);
    print.lines(changed, describe(changed));
  });
  channels
    .command('register-resolve [channel]')
    .description('have Qiscus tell us when a room is resolved; it has no page for that')
    .action(async (id: string | undefined) => {
      const { api, print } = await open();
      const channel = id ?? (await onlyQiscus(api));
      const path = `${PATH}/${channel}/register-resolve`;
      const answer = await api.send<ResolveRegistration>('POST', path);
      print.lines(answer, [
        `Qiscus calls ${answer.url} from now on.`,
        ...(answer.allocationEnabled
          ? []
          : [
              'Its custom agent allocation is off: switch it on in Qiscus under Settings → Custom Agent Allocation.',
            ]),
      ]);
    });
  channels
    .command('renew-secret [channel]')
    .description('make the secret of Qiscus’ webhooks anew; the addresses pasted before end')
    .action(async (id: string | undefined) => {
      const { api, print } = await open();
      const channel = id ?? (await onlyQiscus(api));
      const webhookSecret = randomBytes(24).toString('base64url');
      const body = { secrets: { webhookSecret } };
      const { urls } = await api.send<Channel>('PATCH', `${PATH}/${channel}`, body);
      const filled = Object.entries(urls).map(([name, url]) => [
        name,
        url.replace('<secret>', webhookSecret),
      ]);
      print.lines(Object.fromEntries(filled), [
        ...filled.map(([name, url]) => `${name}: ${url}`),
        `They are shown only now, and the addresses before them are refused. Paste the first at Qiscus, then run: ${spellCommand('channels register-resolve')}`,
        'If QISCUS_WEBHOOK_SECRET is set, change it too: it is what counts after the next start.',
      ]);
    });
  channels
    .command('remove <channel>')
    .description('take nothing more from it')
    .action(async (id: string) => {
      const { api, print } = await open();
      await api.send('DELETE', `${PATH}/${id}`);
      print.lines({ id }, [`Removed ${id}.`]);
    });
}

async function onlyQiscus(api: Session['api']): Promise<string> {
  const { items } = await api.get<{ items: Channel[] }>(PATH);
  const found = items.filter(({ kind }) => kind === 'qiscus');
  const [first, ...others] = found;
  if (first === undefined) {
    throw new CommandFailed(
      'No Qiscus channel. Set QISCUS_APP_ID and QISCUS_SECRET, and start.',
      2,
    );
  }
  if (others.length > 0) {
    const names = found.map(({ id, name }) => `  ${id}  ${name}`).join('\n');
    throw new CommandFailed(`Several Qiscus channels: name one of them.\n${names}`, 2);
  }
  return first.id;
}

function withOptions(command: Command): Command {
  return command
    .option('--secret-env <variable>', 'holds the secret that RapidPro’s page shows')
    .option(
      '--api-token-env <variable>',
      'holds a token of RapidPro’s API: shows what was said before',
    )
    .addOption(
      new Option(
        '--second-ticket <rule>',
        'a contact with an open conversation gets another ticket',
      ).choices(['supersede', 'refuse']),
    )
    .addOption(
      new Option(
        '--unknown-department <rule>',
        'a ticket for a department that is neither a team nor a skill',
      ).choices(['note', 'refuse']),
    );
}

/** Secrets come by the environment: arguments are seen by everybody on the machine. */
function toBody(options: RapidProOptions): object {
  const secrets = {
    secret: read(options.secretEnv),
    apiToken: read(options.apiTokenEnv),
  };
  const config = {
    onSecondTicket: options.secondTicket,
    unknownDepartment: options.unknownDepartment,
  };
  return { ...onlyGiven({ secrets }), ...onlyGiven({ config }) };
}

function read(variable: string | undefined): string | undefined {
  return variable === undefined ? undefined : process.env[variable];
}

/** Without what is undefined; {} when nothing is left. */
function onlyGiven(group: Record<string, Record<string, string | undefined>>): object {
  const entries = Object.entries(group).map(([name, values]) => {
    const given = Object.entries(values).filter(([, value]) => value !== undefined);
    return [name, Object.fromEntries(given)] as const;
  });
  return Object.fromEntries(entries.filter(([, values]) => Object.keys(values).length > 0));
}

function describe({ id, kind, name, urls, connected, shownOnce = {} }: Channel): string[] {
  return [
    `${id}  ${kind}  ${name}  ${connected === null ? 'not connected yet' : `connected to ${connected}`}`,
    ...Object.entries({ ...urls, ...shownOnce }).map(([what, value]) => `${what}: ${value}`),
    ...(Object.keys(shownOnce).length === 0 ? [] : ['The token is shown only now.']),
  ];
}
