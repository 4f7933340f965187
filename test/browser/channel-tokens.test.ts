// An admin makes a token that opens one channel to a company's own program. In a browser.
import { expect, test } from 'vitest';
import { signIn } from './browse-office.ts';
import { hasBrowser } from './launch-browser.ts';
import { expectAccessible } from './open-browser.ts';
import { shareFilledOffice } from './share-office.ts';

const shared = shareFilledOffice();

test.skipIf(!hasBrowser)(
  'a token of one API channel is made in the form, and opens a conversation there',
  { timeout: 60_000 },
  async () => {
    const office = shared.office();
    const body = { kind: 'api', name: 'Our shop' };
    const { id } = await office.call<{ id: string }>('POST', '/api/v1/channels', body);
    const page = await shared.open(null, { width: 390 });
    await signIn(page, office);
    await page.goto(shared.at('/settings/tokens'));
    await page.getByRole('button', { name: 'New token' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Shop');
    await dialog.getByLabel('What it may do').click();
    await page.getByRole('option', { name: 'One API channel alone' }).click();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('Choose a channel.').waitFor();
    await expectAccessible(page);
    await dialog.getByLabel('API channel').first().click();
    await page.getByRole('option', { name: 'Our shop' }).click();
    expect(await dialog.getByLabel('Role').count()).toBe(0);
    await dialog.getByRole('button', { name: 'Save' }).click();
    const made = page
      .getByRole('dialog')
      .getByText(/^ushr_|^[A-Za-z0-9_-]{30,}$/)
      .first();
    const token = (await made.textContent()) ?? '';
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByText('One API channel alone').waitFor();
    const answer = await fetch(shared.at(`/api/v1/channels/${id}/conversations`), {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ externalId: 'case-1', contact: { externalId: 'c-1' } }),
    });
    expect(answer.status).toBe(201);
    await page.context().close();
  },
);
