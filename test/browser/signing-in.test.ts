// The ways in, in a browser on the real server: a password, the company's sign-in, the company's check of passwords.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import {
  type IdentityProvider,
  startIdentityProvider,
} from '../../sandbox/identity-provider/start-identity-provider.ts';
import { hasBrowser } from './launch-browser.ts';
import { shareOffice, startTestOffice } from './share-office.ts';
import { ADMIN } from './start-office.ts';

let provider: IdentityProvider;
/** Chimp Assist's hook, `POST {it}/chimpassist/auth`. */
const company = createServer(async (request, response) => {
  let text = '';
  for await (const part of request) text += part;
  const { email, password } = JSON.parse(text || '{}');
  const known = email === 'budi@example.com';
  const status = !known ? 404 : password === 'theirs' ? 200 : 401;
  const person = {
    id: '7',
    name: 'Budi Hartono',
    email,
    avatarURL: '',
    type: 'support/supervisor',
  };
  response.writeHead(request.url === '/chimpassist/auth' ? status : 500, {
    'content-type': 'application/json',
  });
  response.end(JSON.stringify(status === 200 ? person : {}));
});

const shared = shareOffice(async () => {
  provider = await startIdentityProvider();
  await new Promise<void>((done) => company.listen(0, '127.0.0.1', done));
  return startTestOffice({
    environment: {
      OIDC_ISSUER: provider.issuer,
      OIDC_CLIENT_ID: provider.clientId,
      OIDC_CLIENT_SECRET: provider.clientSecret,
      OIDC_NAME: 'Company',
      AUTHENTICATION_ENDPOINT: `http://127.0.0.1:${(company.address() as AddressInfo).port}`,
    },
  });
});
afterAll(async () => {
  await provider?.stop();
  company.closeAllConnections();
  company.close();
});
const limit = { timeout: 60_000 };
const inBrowser = test.skipIf(!hasBrowser);

async function makeSignIn(path = '/sign-in') {
  const page = await shared.open(path);
  onTestFinished(() => page.context().close());
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  const enter = async (email: string, password: string) => {
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password').first().fill(password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  };
  return { page, enter };
}

inBrowser('who is not signed in comes back to where they wanted', limit, async () => {
  const { page, enter } = await makeSignIn('/reports');
  await enter(ADMIN.email, 'wrong');
  await page.getByText('E-mail or password is wrong.').waitFor();
  await enter(ADMIN.email, ADMIN.password);
  await page.getByRole('heading', { name: 'Reports' }).waitFor();
});

inBrowser(
  'the company’s sign-in lets in whom it vouches for, and says so when it does not',
  limit,
  async () => {
    const { page } = await makeSignIn();
    provider.claims = { email: 'nobody@example.com', email_verified: true };
    await page.getByRole('link', { name: /Company/ }).click();
    await page
      .getByRole('alert')
      .getByText(/Nobody here has the e-mail address/)
      .waitFor();
    provider.claims = { email: ADMIN.email, email_verified: false };
    await page.getByRole('link', { name: /Company/ }).click();
    await page
      .getByRole('alert')
      .getByText(/does not say that your e-mail address is verified/)
      .waitFor();
    provider.claims = { email: ADMIN.email, email_verified: true };
    await page.getByRole('link', { name: /Company/ }).click();
    await page.getByRole('heading', { name: /Mine/ }).waitFor();
  },
);

inBrowser(
  'whom the company’s check knows is let in with the role that it gives',
  limit,
  async () => {
    const { page, enter } = await makeSignIn();
    await enter('budi@example.com', 'not theirs');
    await page.getByText('E-mail or password is wrong.').waitFor();
    await enter('budi@example.com', 'theirs');
    await page.getByRole('heading', { name: /Mine/ }).waitFor();
    await page.getByRole('button', { name: /Budi Hartono/ }).waitFor();
    await page.getByRole('link', { name: 'Reports' }).first().waitFor();
    expect(await page.getByRole('link', { name: 'Settings' }).count()).toBeLessThan(2);
  },
);

inBrowser(
  'single sign-on alone is asked about before it counts, and so is the way back',
  limit,
  async () => {
    const { page } = await makeSignIn('/settings/security');
    provider.claims = { email: ADMIN.email, email_verified: true };
    await page.getByRole('link', { name: /Company/ }).click();
    await page.getByRole('heading', { name: /Mine/ }).waitFor();
    await page.goto(shared.at('/settings/security'));
    const rule = page.getByRole('switch', { name: 'Only by single sign-on' });
    const isOn = async () => {
      const answer = await page.request.get(shared.at('/api/v1/settings'));
      return ((await answer.json()) as { onlySingleSignOn: boolean }).onlySingleSignOn;
    };
    await rule.click();
    const asks = page.getByRole('dialog', { name: 'Only by single sign-on' });
    await asks.getByText(/signed out at once.*npm run usher -- sign-in passwords on/).waitFor();
    await asks.getByRole('button', { name: 'Cancel' }).click();
    await asks.waitFor({ state: 'detached' });
    expect([await rule.isChecked(), await isOn()]).toEqual([false, false]);
    await rule.click();
    await asks.getByRole('button', { name: 'Only by single sign-on' }).click();
    await expect.poll(() => rule.isChecked()).toBe(true);
    expect(await isOn()).toBe(true);

    await rule.click();
    const back = page.getByRole('dialog', { name: 'Allow passwords again' });
    await back.getByRole('button', { name: 'Allow passwords again' }).click();
    await expect.poll(() => rule.isChecked()).toBe(false);
    expect(await isOn()).toBe(false);
  },
);
