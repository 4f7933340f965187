// `usher channels add-rapidpro` and `set-rapidpro`: connects RapidPro and changes its settings.
import { type Command, Option } from 'commander';
import type { Channel } from '../contract/channels.ts';
import type { Session } from './session.ts';

const PATH = '/api/v1/channels';

interface RapidProOptions {
  secretEnv?: string;
  apiTokenEnv?: string;
  secondTicket?: string;
  unknownDepartment?: string;
  name?: string;
}

export function addRapidProCommands(channels: Command, open: () => Promise<Session>): void {
  withOptions(
    channels.command('add-rapidpro <name>').description('connect a RapidPro, as its ticketer'),
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

/** Secrets come from the environment: everybody on the machine can see arguments. */
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

/** Without undefined fields; {} when nothing is left. */
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
