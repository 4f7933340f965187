// A shop with a channel of its own program, a bot that is first by the plan, and people behind it.
import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { Agent } from '../../src/contract/agents.ts';
import type { Conversation } from '../../src/contract/conversation.ts';
import type { Message } from '../../src/contract/messages.ts';
import { startBot, type TestBot } from './start-bot.ts';
import { type Call, eventually, startTestUsher, type TestUsher } from './start-test-usher.ts';

const THEN = 'then';

export interface Shop {
  call: Call;
  channelId: string;
  bot: TestBot;
  ana: Agent;
  /** Answers the conversation's id. */
  open(text?: string): Promise<string>;
  /** The contact writes. */
  write(conversationId: string, text: string): Promise<void>;
  read(conversationId: string): Promise<Conversation>;
  messages(conversationId: string): Promise<Message[]>;
  /** Who has it, once somebody has whom `wanted` accepts. */
  until(conversationId: string, wanted: (one: Conversation) => boolean): Promise<Conversation>;
  putPlan(fields: object): Promise<void>;
}

export const ALLOWED = { USHER_ALLOW_PRIVATE_NETWORKS: '127.0.0.0/8' };

export async function startShopWithBot(
  options: Parameters<typeof startBot>[1] & { plan?: object } = {},
): Promise<Shop & { usher: TestUsher }> {
  const usher = await startTestUsher(ALLOWED);
  return { ...(await setUpShop(usher.call, options)), usher };
}

/** `plan`: fields of the only plan; `bot` in it are those beside the agent. */
export async function setUpShop(
  call: Call,
  { plan = {}, ...bots }: Parameters<typeof startBot>[1] & { plan?: object } = {},
): Promise<Shop> {
  const must = async <T>(method: string, path: string, body?: object) => {
    const answer = await call(method, `/api/v1/${path}`, body === undefined ? {} : { body });
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.text}`);
    return answer.body as T;
  };
  const channel = await must<{ id: string }>('POST', 'channels', { kind: 'api', name: 'Shop' });
  const person = { name: 'Ana', availability: 'online', capacity: 1000 };
  const ana = await must<Agent>('POST', 'agents', person);
  const bot = await startBot(call, bots);
  const putPlan = async (fields: object) => {
    const { policy } = await must<{ policy: object }>('GET', 'policy');
    const plans = [{ name: 'Default', steps: [{ after: 0 }], ...fields }];
    const rules = [{ name: 'Everybody', [THEN]: { plan: 'Default' } }];
    await must('PUT', 'policy', { ...policy, plans, rules });
  };
  await putPlan({ bot: { agent: 'Botty' }, ...plan });
  const names = new Map<string, string>();
  const read = (id: string) => must<Conversation>('GET', `conversations/${id}`);
  return {
    ...{ call, channelId: channel.id, bot, ana, read, putPlan },
    open: async (text = 'Where is my parcel?') => {
      const externalId = randomUUID();
      const opening = { externalId, contact: { externalId: `c-${externalId}` } };
      const { id } = await must<{ id: string }>('POST', `channels/${channel.id}/conversations`, {
        ...{ ...opening, ...(text !== '' && { message: { text } }) },
      });
      names.set(id, externalId);
      return id;
    },
    write: async (id, text) => {
      const said = { conversation: names.get(id), externalId: randomUUID(), text };
      await must('POST', `channels/${channel.id}/messages`, said);
    },
    messages: async (id) =>
      (await must<{ items: Message[] }>('GET', `conversations/${id}/messages`)).items,
    until: (id, wanted) => eventually(() => read(id), wanted),
  };
}

export const withBot = ({ agentKind }: Conversation) => agentKind === 'bot';
export const withPerson = ({ agentKind }: Conversation) => agentKind === 'human';

/** Within so much time from now; answers how long it took. */
export async function expectPersonWithin(
  { until }: Pick<Shop, 'until'>,
  conversationId: string,
  ms = 5000,
): Promise<number> {
  const began = performance.now();
  await until(conversationId, withPerson);
  const took = performance.now() - began;
  expect(took, 'until a person had it').toBeLessThanOrEqual(ms);
  return took;
}
