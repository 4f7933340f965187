// Registering the webhooks, and the channels (protocols/qiscus.md §3.2, §3.6).
import { expect, test } from 'vitest';
import { logIn, makeRoom, receiveHooks, startOutsider } from '../test-outsiders.ts';

const REGISTER = '/api/v1/app/webhook/mark_as_resolved';

test('a registered webhook is sent, and no more once it is registered as disabled', async () => {
  const outsider = await startOutsider();
  const { qiscus, call } = outsider;
  const arrivals = await receiveHooks(qiscus);
  const headers = await logIn(outsider);
  const url = 'http://127.0.0.1:9/elsewhere';
  const register = (is_webhook_enabled: string) =>
    call(REGISTER, { multipart: { webhook_url: url, is_webhook_enabled }, headers });
  expect((await register('true')).json).toMatchObject({
    data: {
      app_code: qiscus.app.appId,
      secret_key: qiscus.app.secretKey,
      mark_as_resolved_webhook_url: url,
      is_mark_as_resolved_webhook_enabled: true,
      is_allocate_agent_webhook_enabled: true,
    },
  });
  await register('false');
  qiscus.resolveByHand({ roomId: makeRoom(outsider) });
  await qiscus.idle();
  expect(arrivals.map(({ path }) => path)).toEqual(['/allocate']);
});

test('registering wants a token and a valid URL', async () => {
  const outsider = await startOutsider();
  const form = { webhook_url: 'http://a.example', is_webhook_enabled: 'true' };
  expect(await outsider.call(REGISTER, { form })).toMatchObject({ status: 401 });
  const headers = await logIn(outsider);
  expect(await outsider.call(REGISTER, { form: {}, headers })).toMatchObject({ status: 400 });
  const wrong = { webhook_url: 'no url' };
  expect(await outsider.call(REGISTER, { form: wrong, headers })).toMatchObject({ status: 400 });
});

test('channels come by source, a list for each, empty or not', async () => {
  const outsider = await startOutsider();
  outsider.qiscus.addChannel({ id: 900, name: 'Second line', source: 'wa' });
  const headers = await logIn(outsider);
  const { json } = await outsider.call('/api/v2/channels', { headers });
  expect(json).toMatchObject({
    data: {
      qiscus_channels: [{ id: 101 }],
      wa_channels: [{ id: 102 }, { id: 900, name: 'Second line', is_active: true }],
      custom_channels: [{ id: 107 }],
    },
  });
});
