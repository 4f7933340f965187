import { describe, expect, it } from 'vitest';
import { json, startStandIn } from '../../../test/makers/start-qiscus-stand-in.ts';

const app = {
  app_code: 'app',
  secret_key: 'secret-key',
  mark_as_resolved_webhook_url: 'https://u.example/hook',
  is_mark_as_resolved_webhook_enabled: true,
  is_allocate_agent_webhook_enabled: true,
};
const auth = (token: string) => ({ data: { user: { authentication_token: token, app } } });
const admin = { email: 'a@example.com', password: 'pass word' };
const registration = { url: 'https://u.example/hook', enabled: true };

describe('the admin login', () => {
  it('registers the webhook with one multipart form and keeps the secret key to itself', async () => {
    const { client, seen } = await startStandIn((request, response) => {
      json(response, 200, request.url === '/api/v1/auth' ? auth('token-1') : { data: app });
    }, admin);
    const outcome = await client.registerResolveWebhook(registration);
    expect(outcome).toEqual({
      ok: true,
      value: {
        markAsResolvedWebhookUrl: 'https://u.example/hook',
        isAllocateAgentWebhookEnabled: true,
      },
    });
    expect(seen[0]?.body).toBe('email=a%40example.com&password=pass+word');
    expect(seen[1]?.headers).toMatchObject({ authorization: 'token-1', 'qiscus-app-id': 'app' });
    expect(seen[1]?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
    expect(seen[1]?.body).toMatch(/name="webhook_url"\r\n\r\nhttps:\/\/u\.example\/hook\r\n/);
    expect(seen[1]?.body).toMatch(/name="is_webhook_enabled"\r\n\r\ntrue\r\n/);
  });

  it('happens once for many callers, and once more when its token is refused', async () => {
    let logins = 0;
    const { client } = await startStandIn(async (request, response) => {
      if (request.url === '/api/v1/auth') {
        logins += 1;
        return json(response, 200, auth(`token-${logins}`));
      }
      const isSpent = request.headers.authorization === 'token-1';
      json(response, isSpent ? 401 : 200, isSpent ? { errors: 'Unauthorized' } : { data: app });
    }, admin);
    const calls = Array.from({ length: 6 }, () => client.registerResolveWebhook(registration));
    expect((await Promise.all(calls)).every((outcome) => outcome.ok)).toBe(true);
    expect(logins).toBe(2);
  });

  it('is tried only once more', async () => {
    const { client, seen } = await startStandIn((request, response) => {
      if (request.url === '/api/v1/auth') return json(response, 200, auth('token'));
      json(response, 403, { errors: 'no' });
    }, admin);
    expect(await client.registerResolveWebhook(registration)).toMatchObject({
      failure: { kind: 'unauthorized', status: 403 },
    });
    expect(seen).toHaveLength(4);
  });

  it('that is refused tells so without the password', async () => {
    const { client } = await startStandIn((_request, response) => {
      json(response, 400, { errors: 'wrong password: pass word' });
    }, admin);
    expect(await client.registerResolveWebhook(registration)).toMatchObject({
      failure: { kind: 'unauthorized', text: 'login: wrong password: …' },
    });
  });
});

describe('what the login shows', () => {
  it('without credentials sends nothing', async () => {
    const { client, seen } = await startStandIn((_request, response) => json(response, 200, {}));
    expect(await client.readApp()).toMatchObject({ failure: { kind: 'unauthorized' } });
    expect(seen).toHaveLength(0);
  });

  it.each([
    { user: { authentication_token: 't', app } },
    { user: { authentication_token: 't' }, details: { app } },
  ])('shows what Qiscus has on record of the app, wherever it stands', async (data) => {
    const { client } = await startStandIn(
      (_request, response) => json(response, 200, { data }),
      admin,
    );
    expect(await client.readApp()).toEqual({
      ok: true,
      value: {
        appId: 'app',
        allocateAgentWebhookUrl: null,
        isAllocateAgentWebhookEnabled: true,
        markAsResolvedWebhookUrl: 'https://u.example/hook',
        isMarkAsResolvedWebhookEnabled: true,
      },
    });
  });
});
