// Doctor's check of RapidPro's channels: whether the bodies of GET requests arrive.
import type { BodyCheck, BodyVerdict, Channel } from '../contract/channels.ts';
import { spellCommand } from '../program/usher-command.ts';
import type { Api } from './api-client.ts';
import type { Check } from './check.ts';

const GUIDE = 'see “A proxy that drops them” in docs/guides/rapidpro.md';

const words: Record<BodyVerdict, Pick<Check, 'state' | 'says'>> = {
  passed: { state: 'ok', says: 'the bodies of GET requests come through PUBLIC_URL' },
  dropped: {
    state: 'failed',
    says: `a proxy before PUBLIC_URL drops the bodies of GET requests, so that no ticket can be opened; ${GUIDE}`,
  },
  'no-answer': {
    state: 'warning',
    says: 'nothing answers at PUBLIC_URL from here; check the address, its name and the proxy. If only this machine cannot reach it, there is nothing to mend',
  },
  tls: {
    state: 'failed',
    says: 'there is no secure connection to PUBLIC_URL; check its certificate, with the whole chain',
  },
  redirected: {
    state: 'failed',
    says: 'PUBLIC_URL redirects to another address; set it to that one',
  },
  elsewhere: {
    state: 'failed',
    says: 'something else than this Usher answers at PUBLIC_URL; check where the proxy sends /api/apps/public/',
  },
  'no-public-url': {
    state: 'warning',
    says: 'set PUBLIC_URL to the address by which RapidPro reaches Usher',
  },
  'no-secret': {
    state: 'warning',
    says: `has no secret yet: ${spellCommand('channels set-rapidpro <id> --secret-env …')}`,
  },
};

/**
 * The server does the check, because it is reached from where it runs. Nothing when there is no
 * such channel.
 */
export async function checkRapidPro(open: () => Promise<Api>): Promise<Check[]> {
  try {
    const api = await open();
    const { items } = await api.get<{ items: Channel[] }>('/api/v1/channels');
    const checks: Check[] = [];
    for (const { id, kind, name } of items) {
      if (kind !== 'rapidpro') continue;
      const path = `/api/v1/channels/${id}/check-bodies`;
      const { verdict } = await api.send<BodyCheck>('POST', path);
      checks.push({ name: `RapidPro (${name})`, ...words[verdict] });
    }
    return checks;
  } catch (error) {
    const says = `not looked at: ${(error as Error).message}`;
    return [{ name: 'RapidPro', state: 'warning', says }];
  }
}
