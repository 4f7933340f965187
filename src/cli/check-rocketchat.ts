// Doctor's check of Rocket.Chat's channels: which setting over there is not as the bridge needs it.
import type { Channel, DeskCheck, DeskCheckItem } from '../contract/channels.ts';
import type { Api } from './api-client.ts';
import type { Check } from './check.ts';

const GUIDE = 'see docs/guides/rocketchat-desk.md';

const words: Record<DeskCheckItem['what'], { state: 'failed' | 'warning'; says: string }> = {
  reach: { state: 'failed', says: 'does not answer at its address' },
  login: {
    state: 'failed',
    says: 'refuses the bot: set its user id and a new personal access token',
  },
  roles: { state: 'failed', says: 'the bot lacks roles' },
  omnichannel: {
    state: 'failed',
    says: 'Omnichannel is off, so no room opens: turn it on in Settings, Omnichannel',
  },
  agents: { state: 'warning', says: 'has no agents: add them in Omnichannel' },
  'webhook-off': {
    state: 'warning',
    says: 'calls no webhook: paste its address there, unless the app tells Usher',
  },
  'webhook-url': { state: 'failed', says: 'calls another webhook than this channel’s' },
  'webhook-secret': { state: 'failed', says: 'its secret token is not the one of this channel' },
  switches: { state: 'failed', says: 'webhooks are switched off' },
  'own-messages': { state: 'warning', says: 'sends visitors’ messages, which Usher wrote itself' },
  'webhook-arrives': { state: 'failed', says: 'cannot reach Usher at PUBLIC_URL' },
  'custom-fields': { state: 'warning', says: 'custom fields of visitors are missing' },
  routing: {
    state: 'warning',
    says: 'gives out rooms by itself: set the routing method to Manual Selection',
  },
  departments: {
    state: 'failed',
    says: 'a department that takes a team over cannot: look at its members in Omnichannel, Departments',
  },
  limiter: {
    state: 'warning',
    says: 'its API rate limiter lets a few rooms open a minute: turn it off (raising it is not enough: some calls have limits of their own), and set Calls a minute on the channel’s page',
  },
};

/** The server does the check, because Rocket.Chat is reached from where it runs. */
export async function checkRocketChat(open: () => Promise<Api>): Promise<Check[]> {
  try {
    const api = await open();
    const { items } = await api.get<{ items: Channel[] }>('/api/v1/channels');
    const checks: Check[] = [];
    for (const { id, kind, name } of items) {
      if (kind !== 'rocketchat') continue;
      const found = await api.send<DeskCheck>('POST', `/api/v1/channels/${id}/check-desk`);
      checks.push(...found.items.map((item) => judge(`Rocket.Chat (${name})`, item)));
    }
    return checks;
  } catch (error) {
    const says = `not looked at: ${(error as Error).message}`;
    return [{ name: 'Rocket.Chat', state: 'warning', says }];
  }
}

function judge(name: string, { what, state, setting, found }: DeskCheckItem): Check {
  if (state === 'ok') return { name, state: 'ok', says: `${what} is as it should be` };
  if (state === 'unknown') {
    return { name, state: 'warning', says: `${what} could not be looked at: ${found ?? ''}` };
  }
  const { says, state: judged } = words[what];
  const details = [setting, found].filter((part) => part !== null).join('; ');
  return { name, state: judged, says: `${says}${details && ` (${details})`}; ${GUIDE}` };
}
