// The page that says whether everything is well, by a server that is well and by one that is not.
import { expect, onTestFinished, test } from 'vitest';
import { startReceiver } from '../../sandbox/receiver/start-receiver.ts';
import { hasBrowser } from './launch-browser.ts';
import { expectAccessible } from './open-browser.ts';
import { shareOffice, startTestOffice } from './share-office.ts';
import { shoot } from './shoot.ts';

const shared = shareOffice(() =>
  startTestOffice({ environment: { USHER_ALLOW_PRIVATE_NETWORKS: '127.0.0.0/8' } }),
);
const limit = { timeout: 120_000 };
const inBrowser = test.skipIf(!hasBrowser);

const looks = [
  { name: '1920', width: 1920, height: 1080, scheme: 'light' },
  { name: '1280-dark', width: 1280, height: 900, scheme: 'dark' },
  { name: '390', width: 390, height: 844, scheme: 'light' },
  { name: '390-dark', width: 390, height: 844, scheme: 'dark' },
] as const;

inBrowser(
  'what fails is named with its next step, and the step leads to where it is done',
  limit,
  async () => {
    const receiver = await startReceiver({ behaviour: { status: 500 } });
    onTestFinished(receiver.stop);
    const page = await shared.openAsAdmin('/settings/health');
    const server = page.getByRole('table', { name: 'Server' });
    await server.getByText('PostgreSQL').waitFor();
    await server.getByText('None was taken').waitFor();
    const { call } = shared.office();
    const { id } = await call<{ id: string }>('POST', '/api/v1/endpoints', {
      url: receiver.url,
      events: ['conversation.opened'],
    });
    const channel = await call<{ id: string }>('POST', '/api/v1/channels', {
      kind: 'api',
      name: 'Program',
    });
    const opening = { externalId: '1', contact: { externalId: 'c' } };
    await call('POST', `/api/v1/channels/${channel.id}/conversations`, opening);
    const endpoints = page.getByRole('table', { name: 'Endpoints' });
    await endpoints.getByText('Failing').waitFor({ timeout: 30_000 });
    await expectAccessible(page);
    for (const { name, width, height, scheme } of looks) {
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme: scheme });
      await shoot(page, `health-${name}`);
    }
    await page.setViewportSize({ width: 1280, height: 900 });
    await endpoints.getByRole('link', { name: /Read its log/ }).click();
    await expect.poll(() => new URL(page.url()).pathname).toBe(`/settings/integration/${id}`);
  },
);
