// `usher channels register-resolve` and `renew-secret`: the addresses that Qiscus calls.
import { randomBytes } from 'node:crypto';
import type { Command } from 'commander';
import type { Channel, ResolveRegistration } from '../contract/channels.ts';
import { spellCommand } from '../program/usher-command.ts';
import { type Api, CommandFailed } from './api-client.ts';
import type { Session } from './session.ts';

const PATH = '/api/v1/channels';

export function addQiscusCommands(channels: Command, open: () => Promise<Session>): void {
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
    .description('make a new secret for Qiscus’ webhooks; the addresses pasted before stop working')
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
}

async function onlyQiscus(api: Api): Promise<string> {
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
