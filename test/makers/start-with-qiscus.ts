// Usher and an emulated Qiscus that know each other, as after the set-up in both dashboards.
import { onTestFinished } from 'vitest';
import { type QiscusEmulator, startQiscusEmulator } from '../../sandbox/qiscus/emulator.ts';
import type { Switches } from '../../sandbox/qiscus/switches.ts';
import { eventually, startTestUsher, type TestUsher } from './start-test-usher.ts';

export interface Pair {
  usher: TestUsher;
  qiscus: QiscusEmulator;
  /** How many rooms each agent is in, at Qiscus. */
  loads(): number[];
  /** Resolves once so many rooms have an agent at Qiscus, and no more come soon after. */
  served(count: number): Promise<void>;
}

export const SECRET = 'webhook-secret';

const ROOMS = '/customer_rooms';

export async function startWithQiscus(options: {
  agents: number;
  switches?: Partial<Switches>;
  environment?: Record<string, string>;
  skewMs?: number;
}): Promise<Pair> {
  const qiscus = await startQiscusEmulator({ switches: options.switches ?? {} });
  onTestFinished(() => qiscus.close());
  for (let n = 1; n <= options.agents; n += 1) qiscus.addAgent({ name: `Agent ${n}` });
  const environment = {
    QISCUS_BASE_URL: qiscus.url,
    QISCUS_APP_ID: qiscus.app.appId,
    QISCUS_SECRET: qiscus.app.secretKey,
    QISCUS_EMAIL: qiscus.app.adminEmail,
    QISCUS_PASSWORD: qiscus.app.adminPassword,
    QISCUS_WEBHOOK_SECRET: SECRET,
    QISCUS_SYNC_BUSY_MS: '500',
    QISCUS_SYNC_CALM_MS: '1000',
    QISCUS_SYNC_ROOMS_MS: '2000',
    ...options.environment,
  };
  const { skewMs = 0 } = options;
  const usher = await startTestUsher(environment, { skewMs });
  qiscus.setWebhooks({
    allocateAgentUrl: `${usher.url}/api/v1/webhook/agent_allocation/${SECRET}`,
    markAsResolvedUrl: `${usher.url}/api/v1/webhook/mark_as_resolved?secret=${SECRET}`,
  });
  const known = async () => {
    const { body } = await usher.call('GET', '/api/v1/agents?limit=200');
    return (body as { items: unknown[] }).items.length;
  };
  await eventually(known, (count) => count === options.agents);
  // The first look at the rooms comes after the agents, and would find what a test is about to write.
  await eventually(
    () => qiscus.calls().some(({ path, status }) => path.endsWith(ROOMS) && status !== null),
    (isAnswered) => isAnswered,
  );
  const withAgent = () => qiscus.rooms().filter(({ agentIds }) => agentIds.length > 0).length;
  return {
    usher,
    qiscus,
    loads: () => qiscus.agents().map(({ customerCount }) => customerCount),
    served: async (count) => {
      await eventually(withAgent, (found) => found >= count);
      await new Promise((done) => setTimeout(done, 300));
    },
  };
}
