// Who may say and hear what: every kind of topic, for every kind of client.
import { expect, test } from 'vitest';
import type { Role } from '../contract/agents.ts';
import type { WebSessionRow } from '../store/web-sessions.ts';
import type { Identity } from './identity.ts';
import { mayPublish, maySubscribe, type Subscribing } from './may.ts';
import { parseTopic, type Topic } from './topics.ts';

const CHANNEL = '00000000-0000-7000-8000-000000000001';
const AGENT = '00000000-0000-7000-8000-000000000002';
const OTHER = '00000000-0000-7000-8000-000000000003';
const workspaceId = '00000000-0000-7000-8000-000000000004';
const proof = { sessionId: null, tokenId: null };

const visitor = (named: boolean): Identity => ({
  kind: 'visitor',
  workspaceId,
  session: { customerId: 'dewi', channelId: CHANNEL, named } as WebSessionRow,
});
const agent = (role: Role): Identity => ({
  ...{ kind: 'agent', workspaceId, agentId: AGENT, role, scopes: null, name: 'Ana', proof },
  agentsSee: 'everything',
});
const service = (role: Role): Identity => ({
  ...{ kind: 'service', workspaceId, name: 'reports', role, proof },
});
const clients = {
  anonymous: { kind: 'anonymous', workspaceId } satisfies Identity,
  visitor: visitor(true),
  agent: agent('agent'),
  service: service('admin'),
};

const SAID = ['server/messages', 'server/viewed', 'server/typing', 'messages', 'messages/viewed'];
const HEARD = ['client/control', 'messages', 'messages/viewed', 'typing'];

test.each<[string, (keyof typeof clients)[]]>([
  ['server/channels/request', ['anonymous', 'visitor']],
  ['server/sessions/request', ['anonymous', 'visitor']],
  ['server/sessions/online', ['visitor']],
  ['server/sessions/close', ['visitor', 'agent']],
  ['server/attendants/online', ['agent']],
  ['server/attendants/quit', ['agent']],
  ['server/attendants/assign', ['agent']],
  ['server/agents/typing', ['agent']],
  ['server/agents/looking', ['agent']],
  ['server/onlookers', []],
  ...SAID.flatMap((end): [string, (keyof typeof clients)[]][] => [
    [`server/sessions/dewi/${end}`, ['visitor', 'agent']],
    [`server/sessions/rini/${end}`, ['agent']],
  ]),
  ['server/sessions/dewi/client/control', []],
  ['server/sessions/dewi/typing', []],
  ['client/sessions/dewi/1', []],
  ['client/dewi/anything', []],
  [`client/agents/${AGENT}/changes`, []],
  [`client/agents/${AGENT}/onlookers`, []],
  [`server/channels/${CHANNEL}/presence`, []],
])('on %s nobody publishes but %j', (name, allowed) => {
  const topic = parseTopic(name) as Topic;
  for (const [kind, client] of Object.entries(clients))
    expect(mayPublish(client, topic), kind).toBe(allowed.some((one) => one === kind));
});

const session = `server/sessions/dewi/${OTHER}`;

test.each<[who: string, client: Identity, filter: string, answer: Subscribing]>([
  ['an anonymous client', clients.anonymous, 'client/dewi/x', 'refused'],
  ['an anonymous client', clients.anonymous, 'server/sessions/dewi/messages', 'refused'],
  ['a visitor', clients.visitor, 'nothing/of/ours', 'refused'],
  ['a visitor', clients.visitor, `server/channels/${CHANNEL}/presence`, 'granted'],
  ['a visitor', clients.visitor, `server/channels/${OTHER}/presence`, 'refused'],
  ...HEARD.flatMap((end): [string, Identity, string, Subscribing][] => [
    ['a visitor', clients.visitor, `server/sessions/dewi/${end}`, 'granted'],
  ]),
  ['a visitor', clients.visitor, 'server/sessions/dewi/server/messages', 'refused'],
  ['a visitor', clients.visitor, 'server/sessions/rini/messages', 'refused'],
  ['a visitor', clients.visitor, 'client/sessions/dewi/7', 'granted'],
  ['a visitor', clients.visitor, 'client/sessions/dewi/#', 'refused'],
  ['a visitor', clients.visitor, 'client/dewi/anything', 'granted'],
  ['a visitor', clients.visitor, 'client/rini/anything', 'refused'],
  ['a visitor', clients.visitor, 'server/sessions/close', 'refused'],
  ['a visitor', clients.visitor, `client/agents/${AGENT}/changes`, 'refused'],
  ['a guest', visitor(false), 'client/rini/anything', { ifNamed: 'rini' }],
  ['a guest', visitor(false), 'client/+/anything', 'refused'],
  ['a guest', visitor(false), 'server/sessions/close', 'refused'],
  ['a guest', visitor(false), `client/agents/${AGENT}/changes`, 'refused'],
  ['a guest', visitor(false), 'server/sessions/#/messages', 'refused'],
  ['a guest', visitor(false), 'server/sessions/+/messages', 'refused'],
  ['an agent', clients.agent, `client/agents/${AGENT}/changes`, 'granted'],
  ['an agent', clients.agent, `client/agents/${OTHER}/changes`, 'refused'],
  ['an agent', clients.agent, `${session}/messages`, { ifHolds: session }],
  ['an agent', clients.agent, `${session}/client/control`, { ifHolds: session }],
  ['an agent', clients.agent, `${session}/server/messages`, 'refused'],
  ['an agent', clients.agent, 'server/sessions/+/messages', 'refused'],
  ['an agent', clients.agent, 'server/sessions/#/messages', 'refused'],
  ['an agent', clients.agent, `server/channels/${CHANNEL}/presence`, 'refused'],
  ['an agent', clients.agent, 'client/dewi/anything', 'refused'],
  ['a supervisor', agent('supervisor'), `${session}/messages`, 'granted'],
  ['a supervisor', agent('supervisor'), `${session}/server/messages`, 'refused'],
  ['a supervisor', agent('supervisor'), 'server/sessions/+/messages', 'refused'],
  ['a supervisor’s token', service('supervisor'), 'server/#', 'granted'],
  ['a supervisor’s token', service('supervisor'), 'client/#', 'granted'],
  ['a supervisor’s token', service('supervisor'), '#', 'refused'],
  ['a supervisor’s token', service('supervisor'), '$SYS/server/client/', 'refused'],
  ['an agent’s token', service('agent'), 'server/#', 'refused'],
])('%s is answered as the table says (line %#)', (_who, client, filter, answer) => {
  expect(maySubscribe(client, filter)).toEqual(answer);
});
