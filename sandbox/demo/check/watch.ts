// Looks at the running Usher through its API, as any user could.
import { setTimeout as delay } from 'node:timers/promises';
import type { Static } from 'typebox';
import type { Agent } from '../../../src/contract/agents.ts';
import type { Conversation } from '../../../src/contract/conversation.ts';
import type { Decisions } from '../../../src/contract/decisions.ts';
import type { Queue } from '../../../src/contract/workspace.ts';
import { askPatiently } from '../ask-patiently.ts';

export interface Watch {
  registerResolveWebhook(endpoint: string): Promise<void>;
  waitForAgents(count: number): Promise<void>;
  agents(): Promise<Agent[]>;
  queue(): Promise<Static<typeof Queue>>;
  /** Newest first; all pages up to the limit. */
  conversations(limit: number, state?: string): Promise<Conversation[]>;
  decisions(conversationId: string): Promise<Decisions>;
  /** Resolves when nothing waits or is assigned any more, or after some seconds. */
  settled(): Promise<void>;
}

const PATIENCE_MS = 15_000;
const LOOK_MS = 50;

export function openWatch({ url, token }: { url: string; token: string }): Watch {
  const call = async <T>(path: string, body?: object): Promise<T> => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const response = await askPatiently(`${url}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!response.ok)
      throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as T;
  };
  const agents = async () => (await call<{ items: Agent[] }>('/api/v1/agents?limit=200')).items;
  const queue = () => call<Static<typeof Queue>>('/api/v1/queue');
  return {
    agents,
    queue,
    registerResolveWebhook: async (endpoint) => {
      await call('/api/v1/settings/set_mark_as_resolved', { endpoint, enable: true });
    },
    waitForAgents: (count) => until(async () => (await agents()).length >= Math.min(count, 200)),
    conversations: async (limit, state) => {
      const found: Conversation[] = [];
      let cursor: string | null = null;
      do {
        const query = new URLSearchParams({ limit: String(Math.min(limit, 200)) });
        if (state !== undefined) query.set('state', state);
        if (cursor !== null) query.set('cursor', cursor);
        const page: { items: Conversation[]; nextCursor: string | null } = await call(
          `/api/v1/conversations?${query}`,
        );
        found.push(...page.items);
        cursor = page.nextCursor;
      } while (cursor !== null && found.length < limit);
      return found;
    },
    decisions: (conversationId) => call(`/api/v1/conversations/${conversationId}/decisions`),
    settled: () =>
      until(async () => {
        const { waiting, assigned } = await queue();
        return waiting + assigned === 0;
      }),
  };
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  while (Date.now() < end && !(await holds())) {
    await delay(LOOK_MS);
  }
}
