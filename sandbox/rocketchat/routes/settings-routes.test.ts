import { expect, test } from 'vitest';
import { startTestReceiver } from '../test-receiver.ts';
import { startTestRocketChat } from '../test-rocketchat.ts';

test('an admin reads and changes settings; a manager may not', async () => {
  const { asAdmin, asBot, world } = await startTestRocketChat();
  const id = 'settings/Livechat_accept_chats_with_no_agents';
  expect((await asBot.get(id)).status).toBe(403);
  expect((await asAdmin.get(id)).json).toMatchObject({ value: false });
  expect((await asAdmin.post(id, { value: 'yes' })).status).toBe(400);
  expect((await asAdmin.post(id, { value: true })).json).toEqual({ success: true });
  expect(world.settings.Livechat_accept_chats_with_no_agents).toBe(true);
});

test('a manager sets the webhook: values are coerced, unknown names refused', async () => {
  const { asBot, world } = await startTestRocketChat();
  const save = (body: object) => asBot.post('omnichannel/integrations', body);
  const saved = await save({ LivechatWebhookUrl: 8000, LivechatWebhookOnClose: true });
  expect(saved.json).toEqual({ success: true });
  expect(world.settings).toMatchObject({
    ...{ Livechat_webhookUrl: '8000', Livechat_webhook_on_close: true },
    Livechat_webhook_on_start: false,
  });
  const refused = await save({ LivechatWebhookOnClose: false, LivechatWebhook_url: 'x' });
  expect(refused.status).toBe(400);
  expect(world.settings.Livechat_webhook_on_close).toBe(true);
  const listed = await asBot.get('livechat/integrations.settings');
  const ids = listed.json.settings.map(({ _id }: { _id: string }) => _id);
  expect(ids).toEqual(
    expect.arrayContaining(['Livechat_webhookUrl', 'Livechat_webhook_on_forward']),
  );
});

test('the webhook is tested with a sample, and only 200 will do', async () => {
  const receiver = await startTestReceiver();
  const { asBot, world } = await startTestRocketChat();
  expect((await asBot.post('livechat/webhook.test')).json.error).toBe('Webhook_URL_not_set');
  Object.assign(world.settings, receiver.settings);
  expect((await asBot.post('livechat/webhook.test')).json).toEqual({ success: true });
  expect(receiver.bodies).toMatchObject([{ type: 'LivechatSession', _id: 'sampleRoomOfTheTest' }]);
  receiver.status = 201;
  const refused = await asBot.post('livechat/webhook.test');
  expect([refused.status, refused.json.error]).toEqual([400, 'error-invalid-webhook-response']);
});
