// A newcomer connects Rocket.Chat on the screens, is told what is wrong over there, and mends it with what the page shows.
import { expect, onTestFinished, test } from 'vitest';
import { startRocketChat } from '../../sandbox/rocketchat/start-rocketchat.ts';
import { startTestUsher } from '../makers/start-test-usher.ts';
import { hasBrowser } from './launch-browser.ts';
import { expectAccessible, openPage } from './open-browser.ts';
import { shareBrowser } from './share-office.ts';

const ADMIN = { email: 'ana@example.com', password: 'a good long password' };
const browser = shareBrowser();

test.skipIf(!hasBrowser)(
  'what is wrong is named until nothing is',
  async () => {
    const rocket = await startRocketChat({ settings: { API_Enable_Rate_Limiter: false } });
    onTestFinished(() => rocket.stop());
    rocket.addAgent({ username: 'ada', name: 'Ada' });
    const usher = await startTestUsher({
      USHER_ADMIN_EMAIL: ADMIN.email,
      USHER_ADMIN_PASSWORD: ADMIN.password,
      USHER_ALLOW_PRIVATE_NETWORKS: '127.0.0.0/8',
    });
    const { page } = await openPage(browser(), usher.url, { locale: 'en' });
    await page.getByLabel('E-mail').fill(ADMIN.email);
    await page.getByLabel('Password').first().fill(ADMIN.password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('heading', { name: /Mine/ }).waitFor();
    await page.goto(new URL('/settings/channels', usher.url).href);
    await page.getByRole('button', { name: 'Add a channel' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('combobox', { name: 'Kind' }).click();
    await page.getByRole('option', { name: 'Rocket.Chat' }).click();
    await dialog.getByLabel('Name').fill('Support');
    await dialog.getByLabel('Address of Rocket.Chat').fill(rocket.url);
    await dialog.getByLabel('User id of the bot').fill(rocket.bot.userId);
    await dialog.getByLabel('Personal access token').fill(rocket.bot.authToken);
    await dialog.getByRole('button', { name: 'Connect' }).click();
    const card = page.getByRole('region', { name: 'Settings in Rocket.Chat' });
    const check = card.getByRole('button', { name: 'Check' });

    // It brings no conversations, so nothing is asked or said of them.
    await page.getByText('Settings of the channel').waitFor();
    for (const name of ['Latest conversation', 'Team', 'Weight', 'Skills', 'App code']) {
      expect(await page.getByText(name, { exact: true }).count(), name).toBe(0);
    }
    await check.click();
    await card.getByText('Livechat_webhookUrl').waitFor();
    await card.getByText('email, phone, channel, team').waitFor();
    await card.getByText('Manual Selection').waitFor();
    await expectAccessible(page);

    const { settings } = rocket.world;
    const read = async (text: RegExp) => (await page.getByText(text).first().textContent()) ?? '';
    settings.Livechat_webhookUrl = await read(/^http\S+\/webhook$/);
    settings.Livechat_secret_token = await read(/^[\w-]{32}$/);
    for (const name of ['start', 'close', 'chat_taken', 'chat_queued', 'forward'] as const) {
      settings[`Livechat_webhook_on_${name}`] = true;
    }
    for (const field of ['email', 'phone', 'channel', 'team'])
      rocket.addCustomField({ _id: field });
    settings.Livechat_Routing_Method = 'Manual_Selection';
    await check.click();
    await card.getByText('Livechat_webhook_on_agent_message').waitFor();
    settings.Livechat_webhook_on_agent_message = true;
    await check.click();
    await card.getByText(/Rocket.Chat reaches Usher/).waitFor();
    // What the bot may not read is for the admin to say: how many calls a minute there may be.
    await card.getByRole('alert').getByText('Rate limiter', { exact: true }).waitFor();
    expect(await card.getByRole('alert').count()).toBe(1);
  },
  90_000,
);
