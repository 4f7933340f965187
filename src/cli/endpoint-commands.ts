// `usher endpoints` and `usher deliveries`: where events go, what became of each, and sending it again.
import { type Command, InvalidArgumentError, Option } from 'commander';
import type {
  DeliveryDetail,
  DeliverySummary,
  Endpoint,
  EndpointTestResult,
  EndpointWithSecret,
} from '../contract/endpoints.ts';
import { spellCommand } from '../program/usher-command.ts';
import { CommandFailed } from './api-client.ts';
import type { Session } from './session.ts';

type Open = () => Promise<Session>;

interface Fields {
  to?: string;
  events?: string;
  secret?: string;
  secretEnv?: string;
  tls?: boolean;
  encoding?: string;
  keepOld?: number;
}

const PATH = '/api/v1/endpoints';
const header = ['ID', 'STATE', 'FAILURES', 'EVENTS', 'URL'];

export function addEndpointCommands(program: Command, open: Open): void {
  const endpoints = program
    .command('endpoints')
    .description('list the addresses that events are sent to, or change one');
  endpoints.command('list', { isDefault: true }).action(async () => {
    const { api, print } = await open();
    const answer = await api.get<{ items: Endpoint[] }>(PATH);
    print.table(
      answer,
      header,
      answer.items.map(toRow),
      `No endpoints yet. Add one: ${spellCommand('endpoints add https://example.com/hook --secret-env HOOK_SECRET --events session_state_open')}`,
    );
  });
  addChanges(endpoints, open);
  addActs(endpoints, open);
  addDeliveries(program, open);
}

function withFields(command: Command): Command {
  return command
    .option(
      '--events <types>',
      'separated by commas, such as session_state_open,conversation.closed',
    )
    .option(
      '--secret <text>',
      'signs every request (seen by others on this machine: prefer the next)',
    )
    .option('--secret-env <name>', 'the environment variable that holds the secret')
    .addOption(new Option('--encoding <form>', 'of X-Hub-Signature').choices(['hex', 'base64']))
    .option('--no-tls', 'accept any certificate');
}

function addChanges(endpoints: Command, open: Open): void {
  withFields(endpoints.command('add <url>').description('send events to an address')).action(
    async (url: string, options: Fields) => {
      const { api, print } = await open();
      const body = { events: [], ...toBody({ ...options, to: url }) };
      const answer = await api.send<EndpointWithSecret>('POST', PATH, body);
      print.lines(answer, describe(answer, answer.librarySecret));
    },
  );
  withFields(
    endpoints
      .command('set <endpoint>')
      .description('change its address, events, secret or checks')
      // --url is the server's own address: mistaken for it, an endpoint's address would be sent the
      // token.
      .option('--to <address>', 'where events go from now on')
      .option(
        '--keep-old <seconds>',
        'how long the old secret signs too: a day unless given',
        toSeconds,
      ),
  ).action(async (id: string, options: Fields) => {
    const { api, print } = await open();
    const keep = options.keepOld === undefined ? {} : { keepOldSecretSeconds: options.keepOld };
    const body = { ...toBody(options), ...keep };
    const answer = await api.send<EndpointWithSecret>('PATCH', `${PATH}/${id}`, body);
    print.lines(answer, describe(answer, answer.librarySecret));
  });
  endpoints
    .command('remove <endpoint>')
    .description('remove one: nothing more is sent to it')
    .action(async (id: string) => {
      const { api, print } = await open();
      await api.send('DELETE', `${PATH}/${id}`);
      print.lines({ removed: id }, ['Removed.']);
    });
}

function addActs(endpoints: Command, open: Open): void {
  const switched = (name: string, description: string, body: (drop: boolean) => object) =>
    endpoints
      .command(`${name} <endpoint>`)
      .description(description)
      .option('--drop', 'with enable: drop the events held meanwhile')
      .action(async (id: string, { drop = false }: { drop?: boolean }) => {
        const { api, print } = await open();
        const answer = await api.send<Endpoint>('PATCH', `${PATH}/${id}`, body(drop));
        print.lines(answer, describe(answer));
      });
  switched('enable', 'send to it again, first what was held meanwhile', (drop) => ({
    enabled: true,
    held: drop ? 'drop' : 'send',
  }));
  switched('pause', 'hold its events back until it is enabled', () => ({ enabled: false }));
  endpoints
    .command('test <endpoint>')
    .description('send it a sample, once, and show the answer')
    .option('--type <type>', 'one of its events')
    .action(async (id: string, options: { type?: string }) => {
      const { api, print } = await open();
      const path = `${PATH}/${id}/test`;
      const answer = await api.send<EndpointTestResult>('POST', path, options);
      const ms = `${answer.latencyMs} ms`;
      print.lines(answer, [
        `${answer.delivered ? '✓' : '✗'} ${answer.type}: ${answer.result} after ${ms}`,
        ...(answer.answer ? [answer.answer] : []),
      ]);
      if (!answer.delivered) process.exitCode = 1;
    });
}

function addDeliveries(program: Command, open: Open): void {
  const deliveries = program
    .command('deliveries')
    .description('what an endpoint was sent and how it went');
  addDeliveryList(deliveries, open);
  addRedeliver(deliveries, open);
  deliveries
    .command('show <delivery>')
    .description('its body and every attempt')
    .action(async (id: string) => {
      const { api, print } = await open();
      const one = await api.get<DeliveryDetail>(`/api/v1/deliveries/${id}`);
      print.lines(one, [
        `${one.type} ${one.triggerId}: ${one.state} after ${one.attempts} attempts`,
        one.body ?? '(not sent yet)',
        ...one.log.map(
          (entry) =>
            `${entry.startedAt}  ${entry.result} in ${entry.latencyMs} ms  ${entry.address ?? ''}  ${entry.answer ?? ''}`,
        ),
      ]);
    });
}

function addDeliveryList(deliveries: Command, open: Open): void {
  deliveries
    .command('list <endpoint>', { isDefault: true })
    .option('--state <state>', 'pending, sending, held, done or failed')
    .option('--limit <n>', 'how many, up to 200', '50')
    .action(async (id: string, options: { state?: string; limit: string }) => {
      const { api, print } = await open();
      const query = new URLSearchParams({ ...options });
      const path = `${PATH}/${id}/deliveries?${query}`;
      const answer = await api.get<{ items: DeliverySummary[] }>(path);
      print.table(
        answer,
        ['ID', 'TYPE', 'STATE', 'ATTEMPTS', 'OUTCOME', 'CREATED', 'NEXT'],
        answer.items.map((one) => [
          one.id,
          one.type,
          one.parked && one.state === 'pending' ? 'parked' : one.state,
          one.attempts,
          one.outcome,
          one.createdAt,
          one.nextAttemptAt,
        ]),
        `Nothing was sent yet. Try it: ${spellCommand('endpoints test <endpoint>')}`,
      );
    });
}

function addRedeliver(deliveries: Command, open: Open): void {
  deliveries
    .command('redeliver [delivery]')
    .description('send one again, or all that failed since a time')
    .option('--endpoint <id>', 'with --since: the endpoint')
    .option('--since <time>', 'such as 2026-01-31T08:00:00Z')
    .option('--all', 'also what arrived')
    .action(async (id: string | undefined, options: Record<string, string | true>) => {
      const { api, print } = await open();
      if (id !== undefined) {
        const answer = await api.send<{ id: string }>('POST', `/api/v1/deliveries/${id}/redeliver`);
        print.lines(answer, [`On its way as ${answer.id}.`]);
        return;
      }
      if (options.endpoint === undefined || options.since === undefined) {
        throw new CommandFailed('Name a delivery, or --endpoint and --since together.', 2);
      }
      const path = `${PATH}/${options.endpoint}/redeliver`;
      const body = { since: options.since, states: options.all ? 'all' : 'failed' };
      const answer = await api.send<{ redelivered: number }>('POST', path, body);
      print.lines(answer, [`${answer.redelivered} on their way.`]);
    });
}

function toBody({ to, events, secret, secretEnv, tls, encoding }: Fields): Record<string, unknown> {
  const typed = secretEnv === undefined ? secret : readSecret(secretEnv);
  const body = {
    url: to,
    events: events?.split(',').map((type) => type.trim()),
    secret: typed,
    verifyTls: tls === false ? false : undefined,
    signatureEncoding: encoding,
  };
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
}

/** A wrong variable name must not make an endpoint that signs nothing. */
function readSecret(name: string): string {
  const secret = process.env[name];
  if (secret === undefined) throw new CommandFailed(`The environment has no ${name}: set it.`, 2);
  return secret;
}

function toSeconds(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Give a whole number of seconds.');
}

function toRow(one: Endpoint): (string | number)[] {
  return [one.id, one.state, one.failures, one.events.join(','), one.url];
}

function describe(endpoint: Endpoint, librarySecret?: string): string[] {
  return [
    `${endpoint.id}  ${endpoint.state}  ${endpoint.url}`,
    `events: ${endpoint.events.join(', ') || 'none'}`,
    ...endpoint.warnings.map((warning) => `! ${warning}`),
    ...(librarySecret === undefined
      ? []
      : [`For Standard Webhooks libraries, shown only now: ${librarySecret}`]),
  ];
}
