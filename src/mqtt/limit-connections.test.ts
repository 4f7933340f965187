import type { Client } from 'aedes';
import { expect, test } from 'vitest';
import type { Identity } from './identity.ts';
import { limitConnections } from './limit-connections.ts';

const workspaceId = crypto.randomUUID();
const makeVisitor = (sessionId: string): Identity => {
  const who = { channelId: crypto.randomUUID(), customerId: sessionId, named: true };
  const session = { workspaceId, sessionId, ...who, verified: false, chosen: false, profile: {} };
  return { kind: 'visitor', workspaceId, session };
};
const newClient = () => ({}) as Client;

test('one address holds two thousand visitors and no more, until one of them goes', () => {
  const holdings = limitConnections();
  const enter = (n: number, address: string, client = newClient()) =>
    holdings.take(client, makeVisitor(`s${n}`), address);
  const first = newClient();
  expect(enter(0, '2001:db8:1:2::1', first)).toBe(true);
  for (let n = 1; n < 2000; n += 1) expect(enter(n, `2001:db8:1:2::${n}`)).toBe(true);
  expect(enter(2000, '2001:db8:1:2::ffff')).toBe(false);
  expect(enter(2000, '2001:db8:1:3::1')).toBe(true);
  expect(enter(2001, '127.0.0.1')).toBe(true);
  holdings.giveBack(first);
  expect(enter(2002, '2001:db8:1:2::ffff')).toBe(true);
});

test('agents are counted by themselves, wherever they are', () => {
  const holdings = limitConnections();
  const proof = { sessionId: null, tokenId: null };
  const agent = {
    kind: 'agent',
    workspaceId,
    agentId: 'a',
    role: 'agent',
    agentsSee: 'everything',
    scopes: null,
    name: 'A',
    proof,
  } as const;
  for (let n = 0; n < 100; n += 1) {
    expect(holdings.take(newClient(), agent, '192.0.2.1')).toBe(true);
  }
  expect(holdings.take(newClient(), agent, '192.0.2.2')).toBe(false);
  expect(holdings.take(newClient(), { ...agent, agentId: 'b' }, '192.0.2.1')).toBe(true);
});
