// Automations as an admin makes them, on a channel whose conversations a test opens itself.
import { expect } from 'vitest';
import type { Automation, AutomationRun } from '../../src/contract/automations.ts';
import type { Conversation } from '../../src/contract/conversation.ts';
import type { Call } from './start-test-usher.ts';
import { eventually } from './start-test-usher.ts';

export interface Shop {
  channelId: string;
  /** Answers its id. */
  open(change?: { meta?: object; contact?: object; externalId?: string }): Promise<string>;
  automate(automation: object): Promise<Automation>;
  read(id: string): Promise<Conversation>;
  runs(id: string): Promise<AutomationRun[]>;
  /** Once there are as many. */
  ran(id: string, count: number): Promise<AutomationRun[]>;
  events(conversationId: string): Promise<{ type: string; data: Record<string, unknown> }[]>;
  send(method: string, path: string, body?: object): Promise<Record<string, unknown>>;
}

let customers = 0;

export async function openShop(call: Call): Promise<Shop> {
  const send: Shop['send'] = async (method, path, body) => {
    const sent = body === undefined ? {} : { body };
    const answer = await call(method, `/api/v1/${path}`, sent);
    expect(answer.status, `${method} ${path}: ${answer.text}`).toBeLessThan(300);
    return answer.body as Record<string, unknown>;
  };
  const channel = await send('POST', 'channels', { kind: 'api', name: 'Shop' });
  const channelId = channel.id as string;
  const runs: Shop['runs'] = async (id) =>
    (await send('GET', `automations/${id}/runs?limit=200`)).items as AutomationRun[];
  return {
    ...{ channelId, send, runs },
    open: async (change = {}) => {
      customers += 1;
      const contact = { externalId: `customer-${customers}`, name: 'Sari', ...change.contact };
      const body = { externalId: `case-${customers}`, ...change, contact };
      return (await send('POST', `channels/${channelId}/conversations`, body)).id as string;
    },
    automate: async (automation) =>
      (await send('POST', 'automations', automation)) as unknown as Automation,
    read: async (id) => (await send('GET', `conversations/${id}`)) as unknown as Conversation,
    ran: (id, count) =>
      eventually(
        () => runs(id),
        (found) => found.length >= count,
        10_000,
      ),
    events: async (id) =>
      (await send('GET', `conversations/${id}/events`)).items as {
        type: string;
        data: Record<string, unknown>;
      }[],
  };
}

/** Puts a policy with these plans in force, of which the first is for everybody. */
export async function putPlans(shop: Pick<Shop, 'send'>, names: readonly string[]): Promise<void> {
  const { policy } = await shop.send('GET', 'policy');
  const plans = names.map((name) => ({ name, steps: [{ after: 0 }] }));
  const rules = [{ name: 'Everybody', [THEN]: { plan: names[0] } }];
  await shop.send('PUT', 'policy', { ...(policy as object), plans, rules });
}
const THEN = 'then';
