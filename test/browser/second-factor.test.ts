// The second factor as its owner meets it: set up with an app, asked for, its phone lost, turned off.
import { Secret, TOTP } from 'otpauth';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { startTestUsher, type TestUsher } from '../makers/start-test-usher.ts';
import { hasBrowser } from './launch-browser.ts';
import { expectAccessible, openPage } from './open-browser.ts';
import { shareBrowser } from './share-office.ts';

const ADMIN = { email: 'ana@example.com', password: 'a good long password' };
const browser = shareBrowser();

/**
 * Of so many steps from now; the server takes that of the step before and after too, each once. The one
 * before is not asked for: it may be over on its way.
 */
const codeOf = (secret: string, steps: number): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({
    timestamp: Date.now() + steps * 30_000,
  });
const inbox = (page: Page) => page.getByRole('heading', { name: /Mine/ });
const card = (page: Page) => page.getByRole('region', { name: 'Second factor' });

async function enterPassword(page: Page): Promise<void> {
  await page.getByLabel('E-mail').fill(ADMIN.email);
  await page.getByLabel('Password').first().fill(ADMIN.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}
async function showCode(page: Page, code: string): Promise<void> {
  await page.getByLabel('Code', { exact: true }).fill(code);
  await page.getByRole('button', { name: 'Continue' }).click();
}
async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Ana' }).first().click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
}
/** What can be copied under that name. */
async function read(page: Page, name: string): Promise<string> {
  const shown = page.getByRole('dialog').getByRole('group', { name });
  return (await shown.locator('code').textContent()) ?? '';
}
async function openProfile(page: Page, usher: TestUsher): Promise<void> {
  await page.goto(new URL('/profile', usher.url).href);
  await card(page).waitFor();
}
const refused = (page: Page) => page.getByText('The code is wrong').waitFor();

test.skipIf(!hasBrowser)(
  'set up, asked for at the next sign-in, recovered without the phone, renewed and turned off',
  async () => {
    const usher = await startTestUsher({
      USHER_ADMIN_EMAIL: ADMIN.email,
      USHER_ADMIN_PASSWORD: ADMIN.password,
    });
    const { page } = await openPage(browser(), usher.url, { locale: 'en' });
    await enterPassword(page);
    await inbox(page).waitFor();
    await openProfile(page, usher);

    await card(page).getByRole('button', { name: 'Set up' }).click();
    await page.getByRole('img', { name: 'QR code for the authenticator app' }).waitFor();
    await expectAccessible(page);
    const secret = await read(page, 'Or type this key');
    await page.getByLabel('The code that the app shows').fill('000000');
    await page.getByRole('button', { name: 'Turn on' }).click();
    await refused(page);
    await page.getByLabel('The code that the app shows').fill(codeOf(secret, 0));
    await page.getByRole('button', { name: 'Turn on' }).click();
    await page.getByRole('group', { name: 'Recovery codes' }).waitFor();
    const [first = '', second = '', ...others] = (await read(page, 'Recovery codes')).split('\n');
    expect(others).toHaveLength(8);
    // They are shown this once: neither a key nor a click beside them takes them away.
    await page.keyboard.press('Escape');
    await page.mouse.click(5, 5);
    await page.getByRole('button', { name: 'I have kept them' }).click();
    await card(page).getByText('10 recovery codes left').waitFor();

    await signOut(page);
    await enterPassword(page);
    await page.getByRole('heading', { name: 'Second factor' }).waitFor();
    await expectAccessible(page);
    await showCode(page, '000000');
    await refused(page);
    await showCode(page, codeOf(secret, 1));
    await inbox(page).waitFor();

    await signOut(page);
    await enterPassword(page);
    await showCode(page, first);
    await inbox(page).waitFor();
    await signOut(page);
    await enterPassword(page);
    await showCode(page, first);
    await refused(page);
    await showCode(page, second);
    await inbox(page).waitFor();
    await openProfile(page, usher);
    await card(page).getByText('8 recovery codes left').waitFor();

    await card(page).getByRole('button', { name: 'New recovery codes' }).click();
    const asks = page.getByRole('dialog', { name: 'Second factor' });
    await asks.getByRole('button', { name: 'New recovery codes' }).click();
    await page.getByRole('group', { name: 'Recovery codes' }).waitFor();
    const [renewed = ''] = (await read(page, 'Recovery codes')).split('\n');
    await page.getByRole('button', { name: 'I have kept them' }).click();
    await card(page).getByText('10 recovery codes left').waitFor();
    await signOut(page);
    await enterPassword(page);
    // Not used, and no longer good: its list has been replaced.
    await showCode(page, others[0] ?? '');
    await refused(page);
    await showCode(page, renewed);
    await inbox(page).waitFor();

    await openProfile(page, usher);
    await card(page).getByRole('button', { name: 'Turn off' }).click();
    await asks.getByText(/your password alone/i).waitFor();
    await asks.getByRole('button', { name: 'Turn off' }).click();
    await card(page).getByRole('button', { name: 'Set up' }).waitFor();
    await signOut(page);
    await enterPassword(page);
    await inbox(page).waitFor();
  },
  120_000,
);
