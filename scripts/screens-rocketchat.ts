// An emulated Rocket.Chat that an admin has not quite finished to set up, and its channel in Usher.
import { startRocketChat } from '../sandbox/rocketchat/start-rocketchat.ts';
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
