// Usher whose plan asks the agent first, and what agents do about it over HTTP.
import { randomUUID } from 'node:crypto';
import { Value } from 'typebox/value';
import { expect } from 'vitest';
import type { Agent } from '../../src/contract/agents.ts';
import type { Conversation } from '../../src/contract/conversation.ts';
import type { EventType } from '../../src/contract/event-types.ts';
import { eventData } from '../../src/contract/events.ts';
import type { Offers } from '../../src/contract/offers.ts';
import { type Call, eventually, startTestUsher } from './start-test-usher.ts';

/** Conversations over the API channel are offered for 20 seconds; who misses two becomes away. */
export async function startWithOffers(offer: object = { within: 20, misses: 2 }) {
  const usher = await startTestUsher();
  const { call } = usher;
  await putOffer(call, offer);
  const channel = await call('POST', '/api/v1/channels', { body: { kind: 'api', name: 'Shop' } });
  const { id: channelId } = channel.body as { id: string };
  const addAgent = async (name: string, capacity = 1) => {
    const body = { name, capacity, availability: 'online' };
    const made = (await call('POST', '/api/v1/agents', { body })).body as Agent;
    const limited = { name, role: 'agent', agentId: made.id };
    const { token } = (await call('POST', '/api/v1/tokens', { body: limited })).body as {
      token: string;
    };
    return { id: made.id, token };
  };
  const open = async () => {
    const body = { externalId: randomUUID(), contact: { externalId: randomUUID(), name: 'Eka' } };
    const made = await call('POST', `/api/v1/channels/${channelId}/conversations`, { body });
    return (made.body as Conversation).id;
  };
  const get = async (id: string) =>
    (await call('GET', `/api/v1/conversations/${id}`)).body as Conversation;
  const offeredTo = (id: string, agentId: string) =>
    eventually(
      () => get(id),
      (one) => one.agentId === agentId && one.offeredUntil !== null,
    );
  const answer = (id: string, verb: string, token: string, body?: unknown) =>
    call('POST', `/api/v1/conversations/${id}/${verb}`, { token, body });
  const eventsOf = async (id: string) => {
    const { body } = await call('GET', `/api/v1/conversations/${id}/events`);
    const { items } = body as { items: { type: EventType; data: Record<string, unknown> }[] };
    // As the reference of events has them.
    for (const { type, data } of items) {
      expect([...Value.Errors(eventData[type], data)], type).toEqual([]);
    }
    return items;
  };
  const agent = async (id: string) => (await call('GET', `/api/v1/agents/${id}`)).body as Agent;
  const offersOf = async (token: string | null) =>
    (await call('GET', '/api/v1/offers', token === null ? {} : { token })).body as Offers;
  return {
    usher,
    call,
    channelId,
    offersOf,
    addAgent,
    open,
    get,
    offeredTo,
    answer,
    eventsOf,
    agent,
  };
}

/** Everybody goes by a plan that asks the agent first. */
export async function putOffer(call: Call, offer: object): Promise<void> {
  const { policy } = (await call('GET', '/api/v1/policy')).body as { policy: object };
  const put = await call('PUT', '/api/v1/policy', {
    body: {
      ...policy,
      // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
      rules: [{ name: 'Everybody', then: { plan: 'Asked' } }],
      plans: [{ name: 'Asked', steps: [{ after: 0 }], offer }],
    },
  });
  expect(put.status, put.text).toBe(200);
}
