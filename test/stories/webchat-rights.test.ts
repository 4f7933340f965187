// Who may publish, subscribe and call what in web chat: every role on every topic (chimp-assist.md §2, §6).
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { eventually } from '../makers/start-test-usher.ts';
import { makeRoles, ROLES, type Role, type RolesWorld } from '../makers/web-roles.ts';

const ELSEWHERE = 'w/6a0d1f3c-1111-4222-8333-944455556666';
const HEARD = ['client/control', 'messages', 'messages/viewed', 'typing'];
const SAID = ['server/messages', 'server/viewed', 'server/typing', 'messages', 'messages/viewed'];

interface Row {
  topic: string;
  /** Whom §6 lists. */
  may: Role[];
  payload?: object;
}

function filters({ sessions, agents }: RolesWorld): Row[] {
  const rows: Row[] = [];
  const add = (topic: string, ...may: Role[]) => rows.push({ topic, may });
  for (const end of HEARD) {
    add(`${sessions.assigned.sessionTopic}/${end}`, 'assigned', 'holding', 'supervisor', 'service');
    add(`${sessions.waiting.sessionTopic}/${end}`, 'waiting', 'supervisor', 'service');
    add(`${sessions.verified.sessionTopic}/${end}`, 'verified', 'supervisor', 'service');
    add(`server/sessions/c-unknown-${end.length}/+/${end}`, 'service');
  }
  for (const own of ['assigned', 'waiting', 'verified'] as const) {
    add(`client/sessions/c-${own}/+`, own, 'service');
    add(`client/sessions/c-${own}/r1`, own, 'service');
    add(`client/c-${own}/#`, own, 'service');
    add(`client/c-${own}/x`, own, 'service');
    add(`server/sessions/c-${own}/#`, 'service');
    add(`server/sessions/c-${own}/+/messages`, 'service');
    add(`${sessions[own].sessionTopic}/+`, 'service');
    add(`${sessions[own].sessionTopic}/server/messages`, 'service');
    add(`${sessions[own].sessionTopic}/server/control`, 'service');
  }
  for (const own of ['holding', 'idle', 'supervisor'] as const) {
    add(`client/attendants/assign/${agents[own]}`, own, 'service');
    add(`client/attendants/control/${agents[own]}`, own, 'service');
    add(`client/agents/${agents[own]}/changes`, own, 'service');
    add(`client/agents/${agents[own]}/typing`, own, 'service');
    add(`client/agents/${agents[own]}/onlookers`, own, 'service');
    add(`client/agents/${agents[own]}/#`, 'service');
  }
  const everybody = ['sessions/#', 'agents/#', 'attendants/#', 'attendants/assign/+', '+/x', '#'];
  for (const branch of [...everybody, '+/#', 'agents/+/changes', 'sessions/+/+', 'sessions/+']) {
    add(`client/${branch}`, 'service');
  }
  for (const branch of ['#', 'sessions/#', 'sessions/online', 'sessions/+/messages']) {
    add(`server/${branch}`, 'service');
  }
  for (const topic of ['#', '+', '+/#', '+/sessions/#', '$SYS/#', '$SYS/+/new/clients', 'taken']) {
    add(topic);
  }
  for (const topic of [
    'server',
    'client',
    '/client/c-assigned/x',
    '$share/g/client/c-assigned/x',
  ]) {
    add(topic);
  }
  for (const topic of ['#', 'client/c-assigned/#', `${sessions.assigned.sessionTopic}/messages`]) {
    add(`${ELSEWHERE}/${topic}`);
  }
  return rows;
}

test('a filter is granted to those who are listed for it, and to nobody else', async () => {
  const world = await makeRoles();
  const wrong = [];
  for (const role of ROLES) wrong.push(...(await listenAs(world, role)));
  expect(wrong).toEqual([]);
}, 180_000);

/** Answers what came out otherwise than listed. */
async function listenAs(world: RolesWorld, role: Role): Promise<string[]> {
  const wrong: string[] = [];
  const client = await world.enter(role);
  if (client === null) return [];
  for (const { topic, may } of filters(world)) {
    const [code] = await client.listen(topic);
    const granted = code !== 128;
    if (granted !== may.includes(role)) wrong.push(`${role} ${granted ? 'got' : 'not'} ${topic}`);
    if (granted) await client.mqtt.unsubscribeAsync(topic);
  }
  // One SUBSCRIBE with many filters: each is judged for itself.
  const codes = await client.listen('#', 'client/c-assigned/x', '$SYS/#');
  const middle = role === 'assigned' || role === 'service' ? 1 : 128;
  if (codes.join() !== `128,${middle},128`) wrong.push(`${role}: ${codes} of three`);
  await client.close();
  return wrong;
}

function publishes({ sessions, agents, heldConversation: conversationId }: RolesWorld): Row[] {
  const rows: Row[] = [];
  const add = (topic: string, payload: object, ...may: Role[]) =>
    rows.push({ topic, payload, may });
  const words = { content: 'x', clientMessageId: 'm', upToSeq: 1, typing: true };
  for (const end of SAID) {
    add(`${sessions.assigned.sessionTopic}/${end}`, words, 'assigned', 'holding');
    add(`${sessions.waiting.sessionTopic}/${end}`, words, 'waiting');
    add(`${sessions.verified.sessionTopic}/${end}`, words, 'verified');
    add(`server/sessions/c-unknown/${end}`, words);
  }
  for (const own of ['assigned', 'waiting', 'verified'] as const) {
    const { sessionId, sessionTopic, customerId } = sessions[own];
    const wish = { customerId, requestID: 'r1' };
    add('server/sessions/request', wish, own);
    // Knowing the session is not enough where the company vouches for the visitor.
    const old: Role[] = own === 'verified' ? [] : ['anonymous'];
    add('server/sessions/request', { ...wish, sessionId, sessionTopic }, own, ...old);
    add('server/sessions/online', { sessionId, customer: { id: customerId } }, own);
    add('server/sessions/online', { ...wish, sessionId: sessions.guest.sessionId });
    const asking = { userRequesting: customerId, responseTopic: `client/${customerId}/x` };
    add('server/channels/request', { ...asking, sessionId }, ...old, ...VISITORS);
    for (const end of ['client/control', 'typing', 'server/control', 'x', '']) {
      add(`${sessionTopic}/${end}`, words);
    }
    add(`client/sessions/${customerId}/r1`, {});
    add(`client/${customerId}/x`, {});
  }
  add('server/attendants/online', { attendantInfo: { id: agents.holding } }, 'holding');
  add('server/attendants/online', {});
  add('server/attendants/quit', { attendantInfo: { id: agents.idle } }, 'idle');
  const sessionInfo = { sessionId: sessions.assigned.sessionId };
  const acceptance = { attendantInfo: { id: agents.holding }, sessionInfo };
  add('server/attendants/assign', acceptance, 'holding');
  // As through the API, those who may act for anybody may here.
  add('server/agents/typing', { conversationId, typing: true }, 'holding', 'supervisor');
  add('server/agents/looking', { conversationId, tab: 't1' }, 'holding', 'idle', 'supervisor');
  for (const topic of ['assign', 'control'])
    add(`client/attendants/${topic}/${agents.holding}`, {});
  for (const topic of ['changes', 'typing', 'onlookers'])
    add(`client/agents/${agents.holding}/${topic}`, {});
  for (const topic of ['$SYS/x', 'taken', 'x', '/', 'server/attendants/request', 'server/agents']) {
    add(topic, {});
  }
  add(`${ELSEWHERE}/server/sessions/request`, { customerId: 'c-assigned' });
  add(`${ELSEWHERE}/server/sessions/close`, { sessionId: sessions.assigned.sessionId });
  // Of the verified, who wait: nobody here but the visitor and supervisors may end that.
  return rows;
}
const VISITORS: Role[] = ['waiting', 'assigned', 'guest', 'verified'];

/** true: answered, and the connection stands. */
async function publishAs(
  world: RolesWorld,
  role: Role,
  { topic, payload = {} }: { topic: string; payload?: object },
): Promise<boolean> {
  const client = await world.enter(role);
  if (client === null) return false;
  const answered = client.say(topic, payload).then(
    () => true,
    () => false,
  );
  const closed = eventually(client.isClosed, (is) => is, 20_000).then(
    () => false,
    () => true,
  );
  const taken = await Promise.race([answered, closed]);
  await client.close();
  return taken;
}

test('a publish is taken from those who are listed for it, and costs the others their connection', async () => {
  const world = await makeRoles();
  const wrong: string[] = [];
  for (const role of ROLES) {
    for (const row of publishes(world)) {
      const taken = await publishAs(world, role, row);
      if (taken === row.may.includes(role)) continue;
      wrong.push(
        `${role} ${taken ? 'may' : 'may not'} ${row.topic} ${JSON.stringify(row.payload)}`,
      );
    }
  }
  expect(wrong).toEqual([]);
  const states = (await world.usher.conversations()).map(({ state }) => state);
  expect(states.toSorted()).toEqual(['assigned', 'waiting', 'waiting']);
}, 180_000);

test('a session is closed by its visitor, by whoever holds it and by supervisors', async () => {
  const may: Partial<Record<Role, Role[]>> = {
    assigned: ['assigned', 'holding', 'supervisor'],
    waiting: ['waiting', 'supervisor'],
  };
  const world = await makeRoles();
  const wrong: string[] = [];
  for (const target of ['assigned', 'waiting'] as const) {
    const { sessionId } = world.sessions[target];
    const listed = may[target] ?? [];
    for (const role of ROLES.filter((one) => !listed.includes(one))) {
      if (
        await publishAs(world, role, { topic: 'server/sessions/close', payload: { sessionId } })
      ) {
        wrong.push(`${role} closed ${target}`);
      }
    }
  }
  expect(wrong).toEqual([]);
  expect(await world.usher.conversations('closed')).toEqual([]);
  const { sessionId } = world.sessions.assigned;
  const topic = 'server/sessions/close';
  expect(await publishAs(world, 'holding', { topic, payload: { sessionId } })).toBe(true);
  const waiting = { sessionId: world.sessions.waiting.sessionId };
  expect(await publishAs(world, 'waiting', { topic, payload: waiting })).toBe(true);
  expect(await world.usher.conversations('closed')).toHaveLength(2);
}, 180_000);

test('the calls at the root answer those who are listed for them, and nobody else', async () => {
  const world = await makeRoles();
  const wrong = [];
  for (const role of ROLES) wrong.push(...(await callAs(world, role)));
  expect(wrong).toEqual([]);
  const { sessions, usher } = world;
  for (const token of ['x', 'null', `${sessions.waiting.mqtt.password}x`, malformed]) {
    const path = `/session/${sessions.waiting.sessionId}`;
    expect((await usher.call('GET', path, { token })).status, token).toBe(401);
  }
}, 180_000);

interface Call {
  method: string;
  path: string;
  body?: object;
  may: Role[];
}

function calls({ sessions, agents }: RolesWorld): Call[] {
  const staff: Role[] = ['holding', 'idle', 'supervisor', 'service', 'worker'];
  const rows: Call[] = [];
  const add = (method: string, path: string, may: Role[], body?: object) =>
    rows.push({ method, path, may, ...(body && { body }) });
  for (const own of ['waiting', 'assigned', 'guest', 'verified'] as const) {
    const { sessionId, customerId } = sessions[own];
    add('GET', `/session/${sessionId}`, [own, ...staff]);
    add('GET', `/session/${sessionId}/messages`, [own, ...staff]);
    add('GET', `/session/${sessionId}/messages?afterSeq=0`, [own, ...staff]);
    const verified: Role[] = own === 'verified' ? ['verified'] : [];
    add('GET', `/customer/${customerId}/messages`, [...verified, ...staff]);
    add('GET', `/customer/${customerId}/sessions/last`, [...verified, ...staff]);
    // Without a conversation there is nothing to rate.
    const talking: Role[] = own === 'guest' ? [] : [own];
    add('POST', `/session/${sessionId}/rating`, talking, { score: 5 });
    add('POST', `/session/${sessionId}/transcript`, talking, { email: 'a@example.com' });
  }
  add('GET', `/attendant/${agents.holding}/sessions`, ['holding', 'supervisor', 'service']);
  add('GET', `/attendant/${agents.idle}/sessions`, ['idle', 'supervisor', 'service']);
  add('GET', '/config/attendant', [...ROLES]);
  add('GET', '/widget/config', [...ROLES]);
  add('GET', '/widget/presence', [...ROLES]);
  return rows;
}

/** Answers what came out otherwise than listed. */
async function callAs(world: RolesWorld, role: Role): Promise<string[]> {
  const { sessions, usher, tokens } = world;
  const token = tokens[role];
  const refusals = token === null ? [401] : [403, 404];
  const wrong: string[] = [];
  for (const { method, path, body, may } of calls(world)) {
    const { status, text } = await usher.call(method, path, { body, token });
    const fits = may.includes(role) ? status < 300 : refusals.includes(status);
    if (!fits) wrong.push(`${role} ${method} ${path}: ${status} ${text}`);
  }
  for (const other of Object.keys(sessions).filter((one) => one !== role)) {
    const { sessionId } = sessions[other as 'guest'];
    const { status } = await usher.call('POST', `/session/${sessionId}/forget`, { token });
    if (!refusals.includes(status)) wrong.push(`${role} ended the session of ${other}`);
  }
  return wrong;
}

/** In the shape of a visitor's token, with ids that are none. */
const malformed = `00000000-0000-0000-0000-000000000000.${'-'.repeat(36)}.${'a'.repeat(43)}`;

test('a last will is judged as a publish is, before anybody is let in', async () => {
  const world = await makeRoles();
  const { sessions, agents } = world;
  const will = (topic: string, more = {}) => ({
    ...{ topic, payload: '{"content":"boo"}', qos: 1 as const, retain: false },
    ...more,
  });
  const refused: [Role, string][] = [
    ['waiting', `${sessions.assigned.sessionTopic}/server/messages`],
    ['waiting', `${sessions.assigned.sessionTopic}/client/control`],
    ['waiting', 'server/attendants/quit'],
    ['waiting', `client/attendants/assign/${agents.holding}`],
    ['waiting', '$SYS/x'],
    ['waiting', `${ELSEWHERE}/server/sessions/request`],
    ['holding', 'server/sessions/request'],
    ['holding', `client/attendants/assign/${agents.idle}`],
    ['anonymous', `${sessions.assigned.sessionTopic}/server/messages`],
    ['service', 'server/attendants/quit'],
  ];
  for (const [role, topic] of refused) {
    await expect(world.enter(role, will(topic)), `${role} ${topic}`).rejects.toThrow();
  }
  // Let in, but what it says is somebody else’s: without effect when the link breaks.
  const idle = await world.enter('idle', will(`${sessions.assigned.sessionTopic}/server/messages`));
  idle?.mqtt.stream.destroy();
  const kept = await world.enter(
    'assigned',
    will(`${sessions.assigned.sessionTopic}/server/messages`, { retain: true }),
  );
  kept?.mqtt.stream.destroy();
  const own = await world.enter(
    'waiting',
    will(`${sessions.waiting.sessionTopic}/server/messages`),
  );
  own?.mqtt.stream.destroy();
  const said = () => readTexts(world);
  expect(await eventually(said, (texts) => texts.length > 0)).toEqual(['boo']);
  await sleep(300);
  expect(await said()).toEqual(['boo']);
});

async function readTexts({ usher }: RolesWorld): Promise<string[]> {
  const { rows } = await usher.database.pool.query<{ text: string }>('select text from message');
  return rows.map(({ text }) => text);
}
