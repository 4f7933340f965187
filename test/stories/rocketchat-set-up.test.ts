// The set-up is looked at from both sides: for each setting that is wrong, the check says which.
import { expect, test } from 'vitest';
import type { DeskCheck } from '../../src/contract/channels.ts';
import {
  type RocketDesk,
  startWithRocketChat,
  WEBHOOK_SECRET,
} from '../makers/start-with-rocketchat.ts';

const check = async ({ usher, bridge }: RocketDesk): Promise<DeskCheck['items']> => {
  const answer = await usher.call('POST', `/api/v1/channels/${bridge.id}/check-desk`);
  if (answer.status !== 200) throw new Error(answer.text);
  return (answer.body as DeskCheck).items;
};
const wrongIn = async (desk: RocketDesk) =>
  (await check(desk)).filter(({ state }) => state === 'wrong');

test('a set-up as the guide makes it has nothing wrong, and the address was really called', async () => {
  const desk = await startWithRocketChat();
  const items = await check(desk);
  expect(items.filter(({ state }) => state !== 'ok')).toEqual([]);
  expect(items.map(({ what }) => what)).toContain('webhook-arrives');
});

const settings: [string, string, unknown, string | null][] = [
  ['omnichannel', 'Livechat_enabled', false, 'Livechat_enabled'],
  ['webhook-off', 'Livechat_webhookUrl', '', 'Livechat_webhookUrl'],
  ['webhook-url', 'Livechat_webhookUrl', 'http://127.0.0.1:9/other', 'Livechat_webhookUrl'],
  ['webhook-secret', 'Livechat_secret_token', 'another-secret', 'Livechat_secret_token'],
  ['switches', 'Livechat_webhook_on_close', false, 'Livechat_webhook_on_close'],
  ['own-messages', 'Livechat_webhook_on_visitor_message', true, null],
  ['routing', 'Livechat_Routing_Method', 'Auto_Selection', 'Livechat_Routing_Method'],
];
test.each(settings)('%s: %s is seen when it is wrong', async (what, name, value, setting) => {
  const desk = await startWithRocketChat();
  Object.assign(desk.rocket.world.settings, { [name]: value });
  const wrong = await wrongIn(desk);
  expect(wrong.map((item) => item.what)).toEqual([what]);
  if (setting !== null) expect(wrong[0]?.setting).toBe(setting);
});

test('roles, token, address, fields and limiter are seen too', async () => {
  const desk = await startWithRocketChat({ callsPerMinute: null });
  const { world, bot } = desk.rocket;
  expect((await wrongIn(desk)).map(({ what }) => what)).toEqual(['limiter']);
  await desk.advance(61_000);
  desk.rocket.world.settings.API_Enable_Rate_Limiter = false;
  world.state.customFields.delete('phone');
  const fields = await wrongIn(desk);
  expect(fields).toContainEqual(
    expect.objectContaining({ what: 'custom-fields', setting: 'phone' }),
  );
  await desk.advance(61_000);
  const user = world.state.users.get(bot.userId);
  if (user) user.roles = ['user', 'livechat-agent'];
  const roles = await wrongIn(desk);
  expect(roles).toContainEqual(
    expect.objectContaining({ what: 'roles', setting: 'livechat-manager' }),
  );
  await desk.advance(61_000);
  world.state.authTokens.clear();
  expect((await wrongIn(desk)).map(({ what }) => what)).toEqual(['login']);
  await desk.advance(61_000);
  await desk.rocket.goDown();
  expect((await wrongIn(desk)).map(({ what }) => what)).toEqual(['reach']);
});

test('a limiter that is off is not enough: Usher still makes ten calls a minute until it is told more', async () => {
  const desk = await startWithRocketChat({ callsPerMinute: null });
  const { world, bot } = desk.rocket;
  world.settings.API_Enable_Rate_Limiter = false;
  const user = world.state.users.get(bot.userId);
  // Only an admin may read that it is off.
  if (user) user.roles = ['user', 'admin'];
  expect((await wrongIn(desk)).map(({ what }) => what)).toEqual(['limiter']);
});

const external = (desk: RocketDesk, url: string | undefined) =>
  Object.assign(desk.rocket.world.settings, {
    Livechat_Routing_Method: 'External',
    Livechat_External_Queue_URL: url,
    Livechat_External_Queue_Token: WEBHOOK_SECRET,
  });

test('External routing is right with our address, and wrong with another, where settings may be read', async () => {
  const desk = await startWithRocketChat();
  const user = desk.rocket.world.state.users.get(desk.rocket.bot.userId);
  if (user) user.roles = ['user', 'admin'];
  external(desk, desk.bridge.urls.externalQueue);
  expect(await wrongIn(desk)).toEqual([]);
  external(desk, 'http://127.0.0.1:9/other');
  expect(await wrongIn(desk)).toEqual([
    {
      what: 'routing',
      state: 'wrong',
      setting: 'Livechat_External_Queue_URL',
      found: 'http://127.0.0.1:9/other',
    },
  ]);
});

test('where they may not be read, External routing is right once Rocket.Chat has asked', async () => {
  const desk = await startWithRocketChat();
  external(desk, desk.bridge.urls.externalQueue);
  const routing = async () => (await check(desk)).find(({ what }) => what === 'routing')?.state;
  expect(await routing()).toBe('unknown');
  const headers = { 'x-rocketchat-secret-token': WEBHOOK_SECRET };
  const path = desk.bridge.urls.externalQueue ?? '';
  expect((await desk.usher.call('GET', path, { token: null, headers })).status).toBe(200);
  expect(await routing()).toBe('ok');
});

test('a channel of another kind has no desk to look at', async () => {
  const { usher, channelId } = await startWithRocketChat();
  expect((await usher.call('POST', `/api/v1/channels/${channelId}/check-desk`)).status).toBe(409);
});
