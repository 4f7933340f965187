// An emulated Rocket.Chat that an admin has not quite finished to set up, and its channel in Usher.
import type { Page } from 'playwright-core';
import { startRocketChat } from '../sandbox/rocketchat/start-rocketchat.ts';
import type { Scene } from '../test/browser/scenes.ts';
import type { Office } from '../test/browser/start-office.ts';

const WEBHOOKS = ['start', 'close', 'chat_taken', 'chat_queued', 'forward'];
const SECRET = 'rocket-webhook-secret';

export async function connectRocketChat({
  call,
}: Office): Promise<{ channelId: string; stop(): Promise<void> }> {
  const rocket = await startRocketChat({
    settings: { Livechat_Routing_Method: 'Manual_Selection' },
  });
  for (const field of ['email', 'phone', 'channel', 'team']) rocket.addCustomField({ _id: field });
  rocket.addAgent({ username: 'dewi', name: 'Dewi Lestari' });
  const { userId, authToken } = rocket.bot;
  const { id, urls } = await call<{ id: string; urls: { webhook: string } }>(
    'POST',
    '/api/v1/channels',
    {
      kind: 'rocketchat',
      name: 'Rocket.Chat',
      config: { baseUrl: rocket.url, userId },
      secrets: { authToken, webhookSecret: SECRET },
    },
  );
  Object.assign(rocket.world.settings, {
    Livechat_webhookUrl: urls.webhook,
    Livechat_secret_token: SECRET,
    ...Object.fromEntries(WEBHOOKS.map((name) => [`Livechat_webhook_on_${name}`, true])),
  });
  return { channelId: id, stop: () => rocket.stop() };
}

/** The page of the channel while something is still to be set in Rocket.Chat. */
export function rocketChatScenes(channelId: string): Scene[] {
  const card = (page: Page) => page.getByRole('region', { name: 'Settings in Rocket.Chat' });
  const openChannel: Scene['open'] = async (page, at) => {
    await page.goto(at(`/settings/channels/${channelId}`));
    await card(page).waitFor();
  };
  return [
    { name: 'rocketchat-channel', open: openChannel },
    {
      name: 'rocketchat-check',
      open: async (page, at) => {
        await openChannel(page, at);
        await card(page).getByRole('button', { name: 'Check' }).click();
        await card(page).getByRole('alert').first().waitFor();
        await card(page).evaluate((element) => element.scrollIntoView());
      },
    },
    {
      name: 'rocketchat-connection',
      open: async (page, at) => {
        await openChannel(page, at);
        const connection = page.getByRole('heading', { name: 'Connection to Rocket.Chat' });
        await connection.evaluate((element) => element.scrollIntoView());
      },
    },
  ];
}
