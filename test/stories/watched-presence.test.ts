// A system of the company's own tells over its own broker who is at work (chimp-assist.md §5.10).
import mqtt from 'mqtt';
import { describe, expect, onTestFinished, test } from 'vitest';
import { mosquittoMissing, startMosquitto } from '../makers/start-mosquitto.ts';
import { eventually, startTestUsher } from '../makers/start-test-usher.ts';
import { NO_BROKER } from '../makers/watch-errors.ts';
import { connectAgent, connectVisitor } from '../makers/web-client.ts';

const ABSENT = 'attendant/control/terminate/activity_monitor_offline';
const BACK = 'attendant/control/resume/activity_monitor_online';

async function begin(absentMs: string) {
  const broker = await startMosquitto();
  const sensor = await mqtt.connectAsync(broker.tcpUrl, { protocolVersion: 4 });
  onTestFinished(() => sensor.endAsync(true));
  const usher = await startTestUsher({
    ATTENDANT_PRESENCE_MQTT_BROKER_HOST: broker.webSocketUrl.replace('ws:', 'http:'),
    ATTENDANT_PRESENCE_TOPIC: 'floor/#',
    ATTENDANT_PRESENCE_KEEP_ALIVE_TIME: absentMs,
    ATTENDANT_KEEP_ALIVE_TIME: '1000',
  });
  const agent = await connectAgent(usher);
  const control = `client/attendants/control/${agent.agentId}`;
  const email = { email: 'Ana@Example.com' };
  await usher.call('PATCH', `/api/v1/agents/${agent.agentId}`, { body: email });
  /** With heartbeats, as a client sends them. */
  const beatUntil = async (over: () => Promise<boolean> | boolean) => {
    const beating = setInterval(() => void agent.beat(), 100);
    try {
      await eventually(over, (is) => is);
    } finally {
      clearInterval(beating);
    }
  };
  const hasHeard = (instruction: string) => () =>
    agent.heard.some(({ topic, body }) => topic === control && body.instruction === instruction);
  const isGone = async () => {
    const { rows } = await usher.database.pool.query(
      'select from agent where agent_id = $1 and lease_until <= clock_timestamp()',
      [agent.agentId],
    );
    return rows.length === 1;
  };
  const see = (said: string) => sensor.publishAsync('floor/4/desk', said, { qos: 1 });
  return { usher, agent, beatUntil, see, hasHeard, isGone };
}

describe.skipIf(mosquittoMissing !== null)(`with mosquitto ${mosquittoMissing ?? ''}`, () => {
  test('an agent who is not seen is told so and given nothing, until they are seen again', async () => {
    const { usher, agent, beatUntil, see, hasHeard, isGone } = await begin('3000');
    await beatUntil(hasHeard(ABSENT));
    // They count no more.
    await beatUntil(isGone);
    const visitor = await connectVisitor(usher);
    const { customerId } = visitor.session;
    await visitor.say('server/sessions/request', { customerId, requestID: 'r1' });
    await visitor.hears(`client/sessions/${customerId}/r1`);
    expect(await usher.conversations('waiting')).toHaveLength(1);
    for (const nonsense of ['', '{}', 'null', '{"user":7}', '{"user":"nobody@example.com"}']) {
      await see(nonsense);
    }
    expect(hasHeard(BACK)()).toBe(false);
    await eventually(async () => {
      await see(JSON.stringify({ user: 'ana@example.com' }));
      await agent.beat();
      return agent.heard.some(({ topic }) => topic.startsWith('client/attendants/assign/'));
    }, Boolean);
    expect(hasHeard(BACK)()).toBe(true);
  });

  test('who is not seen cannot go online, and who was put online by hand does not stay so', async () => {
    const { usher, agent, see } = await begin('500');
    const path = `/api/v1/agents/${agent.agentId}`;
    const online = { availability: 'online' };
    const comes = async () => {
      await see(JSON.stringify({ user: 'ana@example.com' }));
      return (await usher.call('PATCH', path, { body: online })).status;
    };
    await eventually(comes, (status) => status === 200);
    const now = async () => (await usher.call('GET', path)).body as { availability: string };
    await eventually(now, ({ availability }) => availability === 'offline');
    for (const token of [agent.token, usher.token]) {
      const refused = await usher.call('PATCH', path, { body: online, token });
      expect(refused.body).toMatchObject({ status: 409, code: 'agent.not-seen' });
    }
    expect(await now()).toMatchObject({ availability: 'offline' });
    await eventually(comes, (status) => status === 200);
  });

  test('nobody is absent while that system cannot be reached', async () => {
    const usher = await startTestUsher({
      ATTENDANT_PRESENCE_MQTT_BROKER_HOST: 'mqtt://127.0.0.1:9',
      ATTENDANT_PRESENCE_TOPIC: 'floor/#',
      ATTENDANT_PRESENCE_KEEP_ALIVE_TIME: '500',
    });
    usher.expectErrors(NO_BROKER);
    const agent = await connectAgent(usher);
    await usher.clock.advance(700);
    await agent.beat();
    const visitor = await connectVisitor(usher);
    const { customerId } = visitor.session;
    await visitor.say('server/sessions/request', { customerId, requestID: 'r1' });
    await agent.receives();
  });
});
