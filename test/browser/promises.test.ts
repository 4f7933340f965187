// What screens promise is kept: events that can be chosen, and where an answer comes. In a browser on the real server.
import { expect, test } from 'vitest';
import { bindableTypes, isGitpleType } from '../../src/contract/event-types.ts';
import { writeSnippet } from '../../web/components/channels/write-snippet.ts';
import { signIn } from './browse-office.ts';
import { hasBrowser } from './launch-browser.ts';
import { shareOffice, startTestOffice } from './share-office.ts';
import { visitShop } from './visit-shop.ts';

const shared = shareOffice(() => startTestOffice());

test.skipIf(!hasBrowser)(
  'an endpoint is bound to every event of the contract by its boxes',
  { timeout: 120_000 },
  async () => {
    const office = shared.office();
    const page = await shared.open(null);
    await signIn(page, office);
    await page.goto(shared.at('/settings/integration'));
    await page.getByRole('button', { name: 'Add an endpoint' }).first().click();
    const dialog = page.getByRole('dialog', { name: 'Add an endpoint' });
    await dialog.getByLabel('URL').fill(office.receiver.url);
    for (const type of bindableTypes) {
      const name = isGitpleType(type) ? new RegExp(`\\(${type}\\)`) : type;
      await dialog.getByRole('checkbox', { name, exact: true }).check();
    }
    expect(await dialog.getByRole('checkbox').count()).toBe(bindableTypes.length);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    const { items } = await office.call<{ items: { events: string[] }[] }>(
      'GET',
      '/api/v1/endpoints',
    );
    expect(items[0]?.events.toSorted()).toEqual(bindableTypes.toSorted());
  },
);

test.skipIf(!hasBrowser)(
  'who writes while nobody is there is promised an answer in the chat, and no mail',
  { timeout: 120_000 },
  async () => {
    const office = shared.office();
    const { id: channelId } = await office.call<{ id: string }>('POST', '/api/v1/channels', {
      kind: 'webchat',
      name: 'Our pages',
      config: { offline: { enabled: true, text: '' } },
    });
    const visitor = await visitShop(shared.browser(), writeSnippet(office.url, channelId));
    await visitor.page.locator('.launcher').click();
    await visitor.frame
      .getByText('Nobody is here right now. Leave us a message: you find our answer here.')
      .waitFor();
  },
);
