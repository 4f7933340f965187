// Looks at Rocket.Chat's settings with the channel's own user, and says which of them is not as the bridge needs it.
import type { DeskCheckItem, Handover } from '../../contract/channels.ts';
import type { RocketChatClient } from './client.ts';
import { judgeDepartments } from './judge-departments.ts';
import { type Fields, readFields, readList, readText } from './read-fields.ts';
import type { Outcome } from './types.ts';

export interface Wanted {
  webhookUrl: string;
  webhookSecret: string | null;
  externalUrl: string;
  /** Rocket.Chat has asked us for agents lately. */
  wasAsked: boolean;
  userId: string;
  callsPerMinute: number | null;
  handovers: readonly Handover[];
}

const ROLES = ['livechat-agent', 'livechat-manager'];
const FIELDS = ['email', 'phone', 'channel', 'team'];
const ON = ['start', 'close', 'chat_taken', 'chat_queued', 'forward', 'agent_message'].map(
  (name) => `Livechat_webhook_on_${name}`,
);
const OFF = 'Livechat_webhook_on_visitor_message';

/** In the order in which an admin would set them. Stops where nothing further can be known. */
export async function checkDesk(
  client: RocketChatClient,
  wanted: Wanted,
): Promise<DeskCheckItem[]> {
  const me = await client.get('me');
  const reached = judgeLogin(me);
  if (!me.ok) return [reached];
  return [
    reached,
    judgeRoles(me.value),
    await checkOmnichannel(client),
    await checkAgents(client, wanted),
    ...(await checkWebhook(client, wanted)),
    await checkFields(client),
    await checkRouting(client, wanted),
    ...(await checkDepartments(client, wanted)),
    await checkLimiter(client, wanted),
  ];
}

type What = DeskCheckItem['what'];

const ok = (what: What): DeskCheckItem => ({ what, state: 'ok', setting: null, found: null });
const wrong = (what: What, setting: string | null, found: string | null): DeskCheckItem => ({
  ...{ what, setting, found },
  state: 'wrong',
});
const unknown = (what: What, found: string): DeskCheckItem => ({
  ...{ what, found, setting: null },
  state: 'unknown',
});

function judgeLogin(me: Outcome<Fields>): DeskCheckItem {
  if (me.ok) return ok('login');
  const { status, text } = me.failure;
  return status === 401 || status === 403 ? wrong('login', null, text) : wrong('reach', null, text);
}

function judgeRoles(me: Fields): DeskCheckItem {
  const roles = readList(me.roles).map((role) => readText(role, 100));
  const missing = ROLES.filter((role) => !roles.includes(role));
  const isEnough = missing.length === 0 || roles.includes('admin');
  return isEnough ? ok('roles') : wrong('roles', missing.join(', '), roles.join(', '));
}

/** Without it no room opens. Anybody may read it, as the visitors' chat does. */
async function checkOmnichannel(client: RocketChatClient): Promise<DeskCheckItem> {
  const answer = await client.get('livechat/config');
  if (!answer.ok) return unknown('omnichannel', answer.failure.text);
  const { enabled } = readFields(answer.value.config);
  if (typeof enabled !== 'boolean') return unknown('omnichannel', 'config.enabled');
  return enabled ? ok('omnichannel') : wrong('omnichannel', 'Livechat_enabled', 'false');
}

async function checkAgents(client: RocketChatClient, { userId }: Wanted): Promise<DeskCheckItem> {
  const agents = await client.listAgents({ awayCounts: true });
  if (!agents.ok) return unknown('agents', agents.failure.text);
  const others = agents.value.filter(({ externalId }) => externalId !== userId);
  return others.length > 0 ? ok('agents') : wrong('agents', null, null);
}

async function checkWebhook(client: RocketChatClient, wanted: Wanted): Promise<DeskCheckItem[]> {
  const answer = await client.get('livechat/integrations.settings');
  if (!answer.ok) return [unknown('webhook-url', answer.failure.text)];
  const rows = readList(answer.value.settings).map(readFields);
  const settings = new Map(rows.map(({ _id, value }) => [readText(_id, 100), value]));
  const url = readText(settings.get('Livechat_webhookUrl'), 500);
  if (url === '') return [wrong('webhook-off', 'Livechat_webhookUrl', null)];
  const isUrl = url.replace(/\/+$/, '') === wanted.webhookUrl;
  const off = ON.filter((name) => settings.get(name) !== true);
  const isSecret = settings.get('Livechat_secret_token') === wanted.webhookSecret;
  const items = [
    isUrl ? ok('webhook-url') : wrong('webhook-url', 'Livechat_webhookUrl', url),
    isSecret ? ok('webhook-secret') : wrong('webhook-secret', 'Livechat_secret_token', null),
    off.length === 0 ? ok('switches') : wrong('switches', off.join(', '), null),
    settings.get(OFF) === true ? wrong('own-messages', OFF, null) : ok('own-messages'),
  ];
  // It would be refused for what is wrong already.
  if (!isUrl || !isSecret) return items;
  const test = await client.testWebhook();
  if (test.ok) return [...items, ok('webhook-arrives')];
  const { kind, text } = test.failure;
  const judged = kind === 'refused' ? wrong('webhook-arrives', null, text) : null;
  return [...items, judged ?? unknown('webhook-arrives', text)];
}

async function checkFields(client: RocketChatClient): Promise<DeskCheckItem> {
  const answer = await client.get('livechat/custom-fields', { count: '100' });
  if (!answer.ok) return unknown('custom-fields', answer.failure.text);
  const known = readList(answer.value.customFields)
    .map(readFields)
    .filter(({ scope }) => scope === 'visitor')
    .map(({ _id }) => readText(_id, 100));
  const missing = FIELDS.filter((name) => !known.includes(name));
  return missing.length === 0
    ? ok('custom-fields')
    : wrong('custom-fields', missing.join(', '), null);
}

/**
 * Where Rocket.Chat gives out rooms by itself, people get what Usher did not choose for them, unless
 * it asks Usher. Only an admin may read which method it is, and the bot need not be one. Everybody
 * sees traits of the method: Auto_Selection alone both assigns and shows a link to its queue.
 */
async function checkRouting(
  client: RocketChatClient,
  { externalUrl, wasAsked, handovers }: Wanted,
): Promise<DeskCheckItem> {
  const answer = await client.get('livechat/config/routing');
  if (!answer.ok) return unknown('routing', answer.failure.text);
  const { autoAssignAgent, showQueueLink } = readFields(answer.value.config);
  // A department that takes a team over is to give out rooms by itself.
  if (autoAssignAgent !== true || handovers.length > 0) return ok('routing');
  const method = await readSetting(client, METHOD);
  if (method === null) {
    if (showQueueLink !== false) return wrong('routing', METHOD, 'Auto_Selection');
    return wasAsked ? ok('routing') : unknown('routing', METHOD);
  }
  if (method !== 'External') return wrong('routing', METHOD, method);
  const url = (await readSetting(client, EXTERNAL_URL)) ?? '';
  return url.replace(/\/+$/, '') === externalUrl
    ? ok('routing')
    : wrong('routing', EXTERNAL_URL, url);
}

async function checkDepartments(
  client: RocketChatClient,
  { handovers }: Wanted,
): Promise<DeskCheckItem[]> {
  if (handovers.length === 0) return [];
  const departments = await client.listDepartments();
  if (!departments.ok) return [unknown('departments', departments.failure.text)];
  const unfit = judgeDepartments(handovers, departments.value);
  return [unfit.length === 0 ? ok('departments') : wrong('departments', null, unfit.join('; '))];
}

const METHOD = 'Livechat_Routing_Method';
const EXTERNAL_URL = 'Livechat_External_Queue_URL';

/** null: it may not be read. */
async function readSetting(client: RocketChatClient, name: string): Promise<string | null> {
  const answer = await client.get(`settings/${name}`);
  return answer.ok ? readText(answer.value.value, 500) : null;
}

async function checkLimiter(
  client: RocketChatClient,
  { callsPerMinute }: Wanted,
): Promise<DeskCheckItem> {
  const setting = 'API_Enable_Rate_Limiter';
  // Only an admin may read it; the bot need not be one.
  const answer = await client.get(`settings/${setting}`);
  const isOff = answer.ok && answer.value.value === false;
  // Without that number Usher keeps to the limiter's own, whether it is on or off.
  if (callsPerMinute === null) return wrong('limiter', isOff ? null : setting, null);
  if (!answer.ok) return ok('limiter');
  return isOff ? ok('limiter') : wrong('limiter', setting, 'true');
}
