// How the events of each hour arrived, on the page of an endpoint: bars, words for who does not see them, and a table.
import { expect, test } from 'vitest';
import { hasBrowser } from './launch-browser.ts';
import { expectAccessible } from './open-browser.ts';
import { shareFilledOffice } from './share-office.ts';

const shared = shareFilledOffice();
const limit = { timeout: 120_000 };
const inBrowser = test.skipIf(!hasBrowser);

interface Endpoint {
  id: string;
}
const list = async () =>
  (await shared.office().call<{ items: Endpoint[] }>('GET', '/api/v1/endpoints')).items;

inBrowser(
  'bars say in words what they show, and unfold as a table; light, dark, on a phone',
  limit,
  async () => {
    const [endpoint] = await list();
    for (const look of [
      { width: 1280, scheme: 'light' },
      { width: 390, scheme: 'dark' },
    ] as const) {
      const page = await shared.openAsAdmin(`/settings/integration/${endpoint?.id}`, look);
      const card = page.getByRole('region', { name: 'Deliveries by hour' });
      await card.getByRole('img', { name: /^\d+ delivered, 0 failed, \d+ pending\.$/ }).waitFor();
      await card.getByText('7 days', { exact: true }).click();
      await card.getByRole('img', { name: /^\d+ delivered/ }).waitFor();
      await card.getByText('As a table').press('Enter');
      const table = card.getByRole('table', { name: 'Deliveries by hour' });
      expect(await table.getByRole('row').count()).toBeGreaterThan(1);
      await expectAccessible(page);
      const wider = await page.evaluate(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      expect(wider).toBe(0);
    }
  },
);

inBrowser('where nothing was sent it says so', limit, async () => {
  const made = await shared
    .office()
    .call<Endpoint>('POST', '/api/v1/endpoints', { url: shared.office().receiver.url, events: [] });
  const page = await shared.openAsAdmin(`/settings/integration/${made.id}`);
  const card = page.getByRole('region', { name: 'Deliveries by hour' });
  await card.getByText('Nothing was sent in this time').waitFor();
  await expectAccessible(page);
});
