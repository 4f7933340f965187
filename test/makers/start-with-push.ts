// Usher beside a push service, a shop whose conversations come by the API, and Budi, who answers by phone.
import { randomUUID } from 'node:crypto';
import { expect, onTestFinished } from 'vitest';
import { type PushService, startPushService } from '../../sandbox/push/start-push-service.ts';
import type { Agent } from '../../src/contract/agents.ts';
import type { Conversation } from '../../src/contract/conversation.ts';
import { addPerson, type Browser } from './browse.ts';
import { eventually, startTestUsher, type TestUsher } from './start-test-usher.ts';
import { connectAgent } from './web-client.ts';

export const LEASE_MS = 30_000;
export const ASLEEP_MS = 600_000;
export const ALLOWED = { USHER_ALLOW_PRIVATE_NETWORKS: '127.0.0.1' };

export async function startWithPush({
  asleepAnswerSeconds,
}: {
  asleepAnswerSeconds?: number;
} = {}) {
  const service = await startPushService();
  onTestFinished(() => service.stop());
  const usher = await startTestUsher({
    ...ALLOWED,
    ATTENDANT_KEEP_ALIVE_TIME: String(LEASE_MS),
    USHER_PUSH_CONTACT: 'mailto:ops@example.com',
  });
  const { call } = usher;
  const { policy } = (await call('GET', '/api/v1/policy')).body as { policy: object };
  const slept = { ...policy, asleepSeconds: ASLEEP_MS / 1000 };
  expect((await call('PUT', '/api/v1/policy', { body: slept })).status).toBe(200);
  if (asleepAnswerSeconds !== undefined) {
    const set = await call('PATCH', '/api/v1/settings', { body: { asleepAnswerSeconds } });
    expect(set.status, set.text).toBe(200);
  }
  const made = await call('POST', '/api/v1/channels', { body: { kind: 'api', name: 'Shop' } });
  const { id: channelId } = made.body as { id: string };
  return { usher, service, ...makeShop(usher, channelId) };
}

function makeShop({ call }: TestUsher, channelId: string) {
  const get = async (id: string) =>
    (await call('GET', `/api/v1/conversations/${id}`)).body as Conversation;
  return {
    channelId,
    get,
    open: async (name = 'Eka') => {
      const externalId = randomUUID();
      const body = { externalId, contact: { externalId: randomUUID(), name } };
      const path = `/api/v1/channels/${channelId}/conversations`;
      const answer = await call('POST', path, { body });
      expect(answer.status, answer.text).toBeLessThan(300);
      return { id: (answer.body as Conversation).id, externalId };
    },
    /** As the customer. */
    write: async ({ externalId: conversation }: { externalId: string }, text: string) => {
      const body = { conversation, externalId: randomUUID(), text };
      const answer = await call('POST', `/api/v1/channels/${channelId}/messages`, { body });
      expect(answer.status, answer.text).toBe(201);
    },
    heldBy: (id: string, agentId: string) =>
      eventually(
        () => get(id),
        (one) => one.agentId === agentId,
      ),
    agent: async (id: string) => (await call('GET', `/api/v1/agents/${id}`)).body as Agent,
  };
}

export interface PhonePerson {
  browser: Browser;
  userId: string;
  agentId: string;
  email: string;
  password: string;
  /** The device, at the push service. */
  phone: ReturnType<PushService['addDevice']>;
}

/** Somebody who has switched pushes on in this browser. */
export async function addPhonePerson(
  { usher, service }: { usher: TestUsher; service: PushService },
  {
    name = 'Budi',
    sleeps = true,
    role = 'agent' as const,
  }: { name?: string; sleeps?: boolean; role?: 'agent' | 'supervisor' } = {},
): Promise<PhonePerson> {
  const email = `${name.toLowerCase()}@example.com`;
  const added = await addPerson(usher, { name, email, role });
  const phone = service.addDevice();
  await subscribe(added.browser, { ...phone.subscription, sleeps });
  return { ...added, email, phone };
}

export async function subscribe(
  browser: Browser,
  { sleeps = true, ...subscription }: { endpoint: string; keys: object; sleeps?: boolean },
): Promise<void> {
  const body = { ...subscription, sleeps, language: 'en' };
  const answer = await browser.send('PUT', '/api/v1/session/push', { body });
  expect(answer.status, answer.text).toBe(204);
}

/** The phone tells that it is there, and is put to sleep: its line breaks without a word. */
export async function fallAsleep(usher: TestUsher, agentId: string): Promise<void> {
  const client = await connectAgent(usher, { agentId });
  const said = { attendantInfo: { id: agentId }, sleeps: true };
  await client.mqtt.publishAsync('server/attendants/online', JSON.stringify(said), { qos: 1 });
  const { pool } = usher.database;
  const version = async (): Promise<string> =>
    (await pool.query('select roster_version as v from agent where agent_id = $1', [agentId]))
      .rows[0].v;
  await eventually(
    async () => ((await usher.call('GET', `/api/v1/agents/${agentId}`)).body as Agent).availability,
    (availability) => availability === 'online',
  );
  const before = await version();
  client.mqtt.stream.destroy();
  await eventually(version, (after) => after !== before);
}

/** What was pushed to the device, once there is as much. */
export function pushed(service: PushService, device: string, count: number) {
  const mine = () => service.messages.filter((one) => one.device === device);
  return eventually(mine, ({ length }) => length >= count);
}
