// A channel of kind API, and a token that may use it and nothing else.
import { expect } from 'vitest';
import type { Agent } from '../../src/contract/agents.ts';
import type { TestUsher } from './start-test-usher.ts';

export interface TestApiChannel {
  id: string;
  token: string;
  /** An agent who is online, as a program that answers in the desk. */
  addAgent(name: string): Promise<{ id: string; token: string }>;
}

export async function makeApiChannel(usher: TestUsher): Promise<TestApiChannel> {
  const make = async <T>(path: string, body: object): Promise<T> => {
    const made = await usher.call('POST', `/api/v1/${path}`, { body });
    expect(made.status, made.text).toBe(201);
    return made.body as T;
  };
  const { id } = await make<{ id: string }>('channels', { kind: 'api', name: 'Our shop' });
  const own = { name: 'Shop', role: 'agent', scopes: [`channel:${id}`] };
  const { token } = await make<{ token: string }>('tokens', own);
  const addAgent = async (name: string) => {
    const agent = await make<Agent>('agents', { name });
    const availability = { body: { availability: 'online' } };
    await usher.call('PATCH', `/api/v1/agents/${agent.id}`, availability);
    const answering = { name, role: 'agent', agentId: agent.id };
    return { id: agent.id, token: (await make<{ token: string }>('tokens', answering)).token };
  };
  return { id, token, addAgent };
}
