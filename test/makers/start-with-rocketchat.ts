// Usher between RapidPro, which brings customers, and an emulated Rocket.Chat, in which agents answer.
import { onTestFinished } from 'vitest';
import type { SettingValues } from '../../sandbox/rocketchat/settings.ts';
import { type RocketChat, startRocketChat } from '../../sandbox/rocketchat/start-rocketchat.ts';
import type { Room, User } from '../../sandbox/rocketchat/state.ts';
import type { Agent } from '../../src/contract/agents.ts';
import type { Channel } from '../../src/contract/channels.ts';
import type { Conversation } from '../../src/contract/conversation.ts';
import type { Decisions } from '../../src/contract/decisions.ts';
import { eventually } from './start-test-usher.ts';
import { type Desk, startWithRapidPro } from './start-with-rapidpro.ts';

export const WEBHOOK_SECRET = 'rocket-webhook-secret';

export interface RocketDesk extends Desk {
  rocket: RocketChat;
  bridge: Channel;
  agents: User[];
  read(conversationId: string): Promise<Conversation>;
  /** Waits until the conversation's room has an agent, and Usher knows it. */
  placed(conversationId: string): Promise<Room>;
  roomOf(conversationId: string): Room | undefined;
  /** What is in the room, system messages left out. */
  said(conversationId: string): string[];
  /** Hands a new team, into which RapidPro's tickets come, over to a new department of these agents. Answers both. */
  handOver(options?: {
    agents?: string[];
    seconds?: number | null;
  }): Promise<{ teamId: string; departmentId: string }>;
  /** Instead of what was handed over before. */
  setHandovers(handovers: object[]): Promise<{ status: number; text: string }>;
  why(conversationId: string): Promise<Decisions>;
  /** Until all that was told is done, and Usher has looked at agents and rooms by itself. */
  looked(): Promise<void>;
  listAgents(): Promise<Agent[]>;
  customerSays(of: Pick<Awaited<ReturnType<Desk['open']>>, 'contact'>, text: string): Promise<void>;
  tell(
    body: unknown,
    secret?: string | null,
    path?: string,
  ): Promise<{ status: number; text: string }>;
  /** The webhook's body for a message in the room. */
  envelope(conversationId: string, change: object): Record<string, unknown>;
}

const WEBHOOKS = ['start', 'close', 'chat_taken', 'chat_queued', 'forward', 'agent_message'].map(
  (name) => `Livechat_webhook_on_${name}`,
);

export interface RocketOptions {
  agents?: number;
  settings?: Partial<SettingValues>;
  /** Rocket.Chat tells nothing: what happens there is only looked at. */
  deaf?: boolean;
  /** null: its limiter is as it comes. */
  callsPerMinute?: number | null;
  capacity?: number;
}

export async function startWithRocketChat(options: RocketOptions = {}): Promise<RocketDesk> {
  const { agents: count = 1, deaf = false, capacity } = options;
  const rocket = await startServer(options);
  const agents = Array.from({ length: count }, (_, n) =>
    rocket.addAgent({ username: `agent.${n + 1}`, name: `Agent ${n + 1}` }),
  ).map(({ user }) => user);
  const desk = await startWithRapidPro();
  const { usher } = desk;
  if (capacity !== undefined) {
    const body = { defaultCapacity: capacity };
    const changed = await usher.call('PATCH', '/api/v1/settings', { body });
    if (changed.status !== 200) throw new Error(changed.text);
  }
  const bridge = await connect(desk, rocket, options);
  if (!deaf) setWebhooks(rocket, bridge);
  const listAgents = async () =>
    ((await usher.call('GET', '/api/v1/agents?limit=200')).body as { items: Agent[] }).items;
  const online = (found: Agent[]) =>
    found.filter(({ availability }) => availability === 'online').length;
  await eventually(listAgents, (found) => online(found) === count);
  return { ...desk, ...{ rocket, bridge, agents, listAgents }, ...looking(desk, rocket, bridge) };
}

async function startServer({ settings, callsPerMinute }: RocketOptions): Promise<RocketChat> {
  const rocket = await startRocketChat({
    settings: {
      Livechat_Routing_Method: 'Manual_Selection',
      ...(callsPerMinute !== null && { API_Enable_Rate_Limiter: false }),
      ...settings,
    },
  });
  onTestFinished(() => rocket.stop());
  for (const field of ['email', 'phone', 'channel', 'team']) rocket.addCustomField({ _id: field });
  return rocket;
}

async function connect(
  { usher }: Desk,
  rocket: RocketChat,
  { callsPerMinute = 100_000 }: RocketOptions,
): Promise<Channel> {
  const { userId, authToken } = rocket.bot;
  const made = await usher.call('POST', '/api/v1/channels', {
    body: {
      kind: 'rocketchat',
      name: 'Rocket.Chat',
      config: { baseUrl: rocket.url, userId, ...(callsPerMinute !== null && { callsPerMinute }) },
      secrets: { authToken, webhookSecret: WEBHOOK_SECRET },
    },
  });
  if (made.status !== 201) throw new Error(made.text);
  return made.body as Channel;
}

export function setWebhooks(rocket: RocketChat, bridge: Channel): void {
  Object.assign(rocket.world.settings, {
    Livechat_webhookUrl: bridge.urls.webhook,
    Livechat_secret_token: WEBHOOK_SECRET,
    ...Object.fromEntries(WEBHOOKS.map((name) => [name, true])),
  });
}

function looking(
  desk: Desk,
  rocket: RocketChat,
  bridge: Channel,
): Pick<
  RocketDesk,
  | 'read'
  | 'handOver'
  | 'setHandovers'
  | 'why'
  | 'roomOf'
  | 'placed'
  | 'said'
  | 'looked'
  | 'customerSays'
  | 'tell'
  | 'envelope'
> {
  const { usher } = desk;
  const { rooms, messagesByRoom } = rocket.world.state;
  const read = async (id: string) =>
    (await usher.call('GET', `/api/v1/conversations/${id}`)).body as Conversation;
  const roomOf = (id: string) =>
    [...rooms.values()].findLast(({ v }) => v.token.startsWith(`usher-${id}`));
  const setHandovers = async (handovers: object[], more: object = {}) => {
    const config = { ...bridge.config, handovers, ...more };
    return usher.call('PATCH', `/api/v1/channels/${bridge.id}`, { body: { config } });
  };
  return {
    ...{ read, roomOf, setHandovers },
    handOver: async ({ agents = ['agent.1'], seconds } = {}) => {
      const team = await usher.call('POST', '/api/v1/teams', { body: { name: 'Billing' } });
      const { id: teamId } = team.body as { id: string };
      const { _id: departmentId } = rocket.addDepartment({ name: 'Billing there', agents });
      const body = { teamId };
      await usher.call('PATCH', `/api/v1/channels/${desk.channelId}`, { body });
      const entry = { teamId, departmentId, department: 'Billing there' };
      const more = seconds === undefined ? {} : { handoverSeconds: seconds };
      const set = await setHandovers([entry], more);
      if (set.status !== 200) throw new Error(set.text);
      return { teamId, departmentId };
    },
    why: async (id) =>
      (await usher.call('GET', `/api/v1/conversations/${id}/decisions`)).body as Decisions,
    placed: async (id) => {
      const isPlaced = ({ confirmedAt }: Conversation) => confirmedAt !== null;
      await eventually(() => read(id), isPlaced);
      return roomOf(id) as Room;
    },
    said: (id) =>
      (messagesByRoom.get(roomOf(id)?._id ?? '') ?? []).flatMap(({ t, msg }) =>
        t === undefined ? [msg] : [],
      ),
    looked: () => look(desk, rocket),
    customerSays: async ({ contact }, text) => {
      const sent = await desk.organisation.sendMessage({ contact, text });
      if (!sent.forwarded) throw new Error(`Not forwarded: ${sent.because}`);
    },
    tell: async (body, secret = WEBHOOK_SECRET, path = bridge.urls.webhook ?? '') => {
      const headers: Record<string, string> =
        secret === null ? {} : { 'x-rocketchat-livechat-token': secret };
      const { status, text } = await usher.call('POST', path, { body, token: null, headers });
      return { status, text };
    },
    envelope: (id, change) => ({
      ...{ _id: roomOf(id)?._id, type: 'Message', messages: [] },
      ...change,
    }),
  };
}

async function look({ usher, advance }: Desk, { requests }: RocketChat): Promise<void> {
  const looks = () => requests.filter(({ path }) => path.endsWith('/livechat/rooms')).length;
  await eventually(
    () => usher.database.pool.query(`select from delivery where state = 'pending'`),
    ({ rowCount }) => rowCount === 0,
  );
  // What begins after the next look has seen what that did.
  const before = looks();
  for (let seen = before; seen <= before + 2; seen = looks()) {
    await advance(20_000);
    // Time that runs ahead of a slow machine ends what waits. A look under way when it moved needs another move.
    await eventually(looks, (count) => count > seen, 2000).catch(() => {});
  }
}
