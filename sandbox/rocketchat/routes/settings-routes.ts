// The server's settings, and those of the Livechat webhook with its test.
import { request } from 'undici';
import { coded, plain } from '../refusal.ts';
import { changeSetting, isSettingId, type SettingId, settingType } from '../settings.ts';
import type { World } from '../world.ts';
import { type Answer, type ApiCall, failure, page, type Route, success } from './route.ts';

export const settingsRoutes: Route[] = [
  {
    method: 'GET',
    path: 'settings/:_id',
    auth: { needs: ['view-privileged-setting'] },
    handle: getSetting,
  },
  {
    method: 'POST',
    path: 'settings/:_id',
    auth: { needs: ['edit-privileged-setting'] },
    handle: saveSetting,
  },
  {
    method: 'GET',
    path: 'settings',
    auth: { needs: ['view-privileged-setting'] },
    handle: listSettings,
  },
  {
    method: 'GET',
    path: 'livechat/integrations.settings',
    auth: { needs: ['view-livechat-manager'] },
    handle: ({ settings }) =>
      success({
        success: true,
        settings: Object.values(INTEGRATION_FIELDS).map((id) => present(id, settings[id])),
      }),
  },
  {
    method: 'POST',
    path: 'omnichannel/integrations',
    auth: { needs: ['view-livechat-manager'] },
    handle: saveIntegration,
  },
  {
    method: 'POST',
    path: 'livechat/webhook.test',
    auth: { needs: ['view-livechat-webhooks'] },
    handle: testWebhook,
  },
];

/** The names of the call, and the settings that they mean. */
const INTEGRATION_FIELDS = {
  LivechatWebhookUrl: 'Livechat_webhookUrl',
  LivechatSecretToken: 'Livechat_secret_token',
  LivechatHttpTimeout: 'Livechat_http_timeout',
  LivechatWebhookOnStart: 'Livechat_webhook_on_start',
  LivechatWebhookOnClose: 'Livechat_webhook_on_close',
  LivechatWebhookOnChatTaken: 'Livechat_webhook_on_chat_taken',
  LivechatWebhookOnChatQueued: 'Livechat_webhook_on_chat_queued',
  LivechatWebhookOnForward: 'Livechat_webhook_on_forward',
  LivechatWebhookOnOfflineMsg: 'Livechat_webhook_on_offline_msg',
  LivechatWebhookOnVisitorMessage: 'Livechat_webhook_on_visitor_message',
  LivechatWebhookOnAgentMessage: 'Livechat_webhook_on_agent_message',
} as const satisfies Record<string, SettingId>;

function present(_id: SettingId, value: unknown) {
  return { _id, value, type: settingType(_id), enterprise: false, public: false };
}

function getSetting({ settings }: World, { params }: ApiCall): Answer {
  const id = params._id ?? '';
  if (!isSettingId(id)) return failure('');
  return success({ _id: id, value: settings[id] });
}

function saveSetting({ settings }: World, { params, body }: ApiCall): Answer {
  const id = params._id ?? '';
  if (!isSettingId(id)) throw coded('error-action-not-allowed', 'Editing settings is not allowed');
  if (!changeSetting(settings, id, body.value)) {
    throw coded('error-invalid-setting-value', `Invalid setting value ${String(body.value)}`);
  }
  return success();
}

function listSettings({ settings }: World, call: ApiCall): Answer {
  const all = Object.entries(settings).map(([id, value]) => present(id as SettingId, value));
  const { rows, ...counts } = page(all, call);
  return success({ settings: rows, ...counts });
}

/** Numbers pass for texts and the like, as they are coerced; a name that is not known refuses all. */
function saveIntegration({ settings }: World, { body }: ApiCall): Answer {
  const changes = Object.entries(body).map(([field, value]) => {
    const id = (INTEGRATION_FIELDS as Record<string, SettingId>)[field];
    if (id === undefined) throw coded('invalid-params', 'must NOT have additional properties');
    return [id, coerce(value, settingType(id))] as const;
  });
  for (const [id, value] of changes) changeSetting(settings, id, value);
  return success();
}

function coerce(value: unknown, type: ReturnType<typeof settingType>): unknown {
  if (type === 'string') return String(value);
  return type === 'int' ? Number(value) : value === true || value === 'true';
}

/** The body is a sample whose room nobody knows. */
async function testWebhook({ settings, clock }: World): Promise<Answer> {
  if (settings.Livechat_webhookUrl === '') return failure('Webhook_URL_not_set');
  const at = clock.date();
  const sample = {
    type: 'LivechatSession',
    _id: 'sampleRoomOfTheTest',
    label: 'title',
    topic: 'topic',
    createdAt: at,
    lastMessageAt: at,
    tags: ['tag1', 'tag2'],
    customFields: { productId: '123456' },
    visitor: {
      _id: '',
      name: 'visitor name',
      username: 'visitor-username',
      department: 'department',
      email: 'visitor@desk.example',
      phone: '5550100',
      ip: '192.0.2.1',
      browser: 'Chrome',
      os: 'Linux',
      customFields: { customerId: '123456' },
    },
    agent: {
      _id: 'sampleAgent',
      username: 'agent.username',
      name: 'Agent Name',
      email: 'agent@desk.example',
    },
    messages: [
      { username: 'visitor-username', msg: 'message content', ts: at },
      { username: 'agent.username', agentId: 'sampleAgent', msg: 'message of the agent', ts: at },
    ],
  };
  try {
    const answer = await request(settings.Livechat_webhookUrl, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        'X-RocketChat-Livechat-Token': settings.Livechat_secret_token,
      },
      body: JSON.stringify(sample),
    });
    await answer.body.dump();
    if (answer.statusCode === 200) return success();
  } catch {
    // Told the same as a status that is not 200.
  }
  throw plain('error-invalid-webhook-response');
}
