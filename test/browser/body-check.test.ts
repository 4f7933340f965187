// The page of a RapidPro channel looks whether bodies of GET come through, and says what to do where they do not.
import { expect, test } from 'vitest';
import { startHttpProxy } from '../makers/start-http-proxy.ts';
import { startTestUsher } from '../makers/start-test-usher.ts';
import { hasBrowser } from './launch-browser.ts';
import { expectAccessible, openPage } from './open-browser.ts';
import { shareBrowser } from './share-office.ts';

const ADMIN = { email: 'ana@example.com', password: 'a good long password' };
const browser = shareBrowser();

test.skipIf(!hasBrowser)(
  'the check tells that it is under way, what came of it and what to do',
  async () => {
    const proxy = await startHttpProxy();
    const usher = await startTestUsher({
      USHER_ADMIN_EMAIL: ADMIN.email,
      USHER_ADMIN_PASSWORD: ADMIN.password,
      PUBLIC_URL: proxy.url,
    });
    proxy.standBefore(usher.url);
    const made = await usher.call('POST', '/api/v1/channels', {
      body: { kind: 'rapidpro', name: 'TextIt', secrets: { secret: 'a secret of theirs' } },
    });
    const { id } = made.body as { id: string };
    const { page } = await openPage(browser(), usher.url, { locale: 'en' });
    await page.getByLabel('E-mail').fill(ADMIN.email);
    await page.getByLabel('Password').first().fill(ADMIN.password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('heading', { name: /Mine/ }).waitFor();
    await page.goto(new URL(`/settings/channels/${id}`, usher.url).href);
    const card = page.getByRole('region', { name: 'Bodies of GET requests' });
    const check = card.getByRole('button', { name: 'Check' });

    await check.click();
    await card.getByText('They come through unchanged.').waitFor();
    proxy.behave('drops');
    await check.click();
    await card.getByText('The body does not arrive').waitFor();
    await card.getByText(/docs\/guides\/rapidpro\.md/).waitFor();
    expect(await card.getByText('They come through unchanged.').count()).toBe(0);
    await expectAccessible(page);

    proxy.behave('hangs');
    await check.click();
    await card.getByText('Usher calls itself at PUBLIC_URL…').waitFor();
    expect(await card.getByText('The body does not arrive').count()).toBe(0);
    await card.getByText('Nothing answers at PUBLIC_URL').waitFor();
  },
  90_000,
);
