// Login, profile, channels, divisions and the two webhook registrations.
import { giveToken } from '../auth.ts';
import { readFlag, readText } from '../fields.ts';
import { numberedPage } from '../paging.ts';
import { presentAdmin, presentApp } from '../present-app.ts';
import type { Webhook } from '../state.ts';
import type { World } from '../world.ts';
import {
  type Answer,
  type ApiCall,
  answerV1,
  answerV2,
  type Route,
  refuseMissing,
  refuseV1,
} from './route.ts';

export const appRoutes: Route[] = [
  { method: 'POST', path: '/api/v1/auth', scheme: 'none', multipart: true, handle: logIn },
  {
    method: 'GET',
    path: '/api/v1/admin/get_profile',
    scheme: 'token',
    handle: ({ state }) => answerV1(presentAdmin(state)),
  },
  { method: 'GET', path: '/api/v2/channels', scheme: 'token', handle: listChannels },
  { method: 'GET', path: '/api/v2/divisions', scheme: 'either', handle: listDivisions },
  {
    method: 'POST',
    path: '/api/v1/app/webhook/mark_as_resolved',
    scheme: 'token',
    multipart: true,
    writes: true,
    handle: (world, call) => register(world, call, world.state.app.markAsResolved),
  },
  {
    method: 'POST',
    path: '/api/v1/app/webhook/agent_allocation',
    scheme: 'token',
    multipart: true,
    writes: true,
    handle: (world, call) => register(world, call, world.state.app.allocateAgent),
  },
];

function logIn(world: World, { body }: ApiCall): Answer {
  const { state } = world;
  const isRight =
    readText(body.email) === state.app.adminEmail &&
    readText(body.password) === state.app.adminPassword;
  if (!isRight) return refuseV1(401, 'Email or password is invalid');
  return answerV1({
    user: { ...presentAdmin(state), authentication_token: giveToken(world) },
    details: { is_integrated: true, app: presentApp(state) },
    // Of no use here: no call of ours is known to accept it.
    long_lived_token: `emulated-long-lived-${state.tokens.size}`,
    use_2fa: false,
  });
}

/** Every source has its list, empty or not. */
function listChannels({ state }: World): Answer {
  const sources = ['qiscus', 'wa', 'fb', 'ig', 'line', 'telegram', 'custom'];
  const lists = sources.map((source) => {
    const channels = [...state.channels.values()].filter((channel) => channel.source === source);
    return [
      `${source}_channels`,
      channels.map(({ id, name }) => ({ id, name, is_active: true, use_channel_responder: false })),
    ];
  });
  return answerV2(Object.fromEntries(lists));
}

function listDivisions({ state }: World, { query }: ApiCall): Answer {
  const at = new Date(state.admin.createdAt).toISOString();
  const divisions = [...state.divisions.values()].map(({ id, name }) => ({
    id,
    app_id: 1001,
    name,
    is_default_role: id === 1,
    created_at: at,
    updated_at: at,
  }));
  const { rows, page, limit, total, pages } = numberedPage(divisions, query);
  return answerV2(rows, { limit, page, total, total_page: pages });
}

/** Without `is_webhook_enabled` the flag stays as it is (assumption). */
function register({ state }: World, { body }: ApiCall, webhook: Webhook): Answer {
  const url = readText(body.webhook_url);
  if (url === undefined) return refuseMissing('webhook_url');
  if (!URL.canParse(url)) {
    return refuseV1(400, { webhook_url: ['The webhook url format is invalid.'] });
  }
  webhook.url = url;
  webhook.isEnabled = readFlag(body.is_webhook_enabled) ?? webhook.isEnabled;
  return answerV1(presentApp(state));
}
