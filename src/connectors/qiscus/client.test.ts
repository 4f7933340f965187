import { describe, expect, it, onTestFinished } from 'vitest';
import { startQiscusEmulator } from '../../../sandbox/qiscus/emulator.ts';
import { createQiscusClient, type QiscusClientOptions } from './client.ts';
import { judgeAssignment } from './judge-assignment.ts';

const history = { attempts: 1, uncertain: false };

describe('the agents of an app', () => {
  it.each([
    ['counted', {}],
    ['without a total', { totalCountNull: true }],
    ['by cursors within data', { metaInData: true }],
    ['by cursors and without a total', { metaInData: true, totalCountNull: true }],
  ])('are all read over several pages, %s', async (_case, switches) => {
    const { emulator, client } = await start();
    Object.assign(emulator.switches, switches);
    const added = Array.from({ length: 230 }, (_, n) => emulator.addAgent({ name: `A${n}` }));
    const outcome = await client.listAgents();
    if (!outcome.ok) throw new Error(outcome.failure.text);
    const agents = outcome.value.filter((agent) => agent.type === 'agent');
    expect(agents.map((agent) => agent.externalId).sort()).toEqual(
      added.map((agent) => String(agent.id)).sort(),
    );
  });

  it('tell whether they are available and how busy', async () => {
    const { emulator, client } = await start();
    const dewi = emulator.addAgent({ name: 'Dewi', channelIds: [7] });
    const sari = emulator.addAgent({ name: 'Sari' });
    emulator.updateAgent(sari.id, { forceOffline: true });
    const { roomId } = emulator.customerMessage({ userId: 'u', name: 'U', text: 'hi' });
    await client.assignAgent({ roomId, agentId: String(dewi.id), replace: false });
    const outcome = await client.listAgents();
    expect(outcome.ok && outcome.value).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          name: 'Dewi',
          isAvailable: true,
          customerCount: 1,
          channelIds: ['7'],
        }),
        expect.objectContaining({ name: 'Sari', isAvailable: false, customerCount: 0 }),
      ]),
    );
    const available = await client.availableAgents(roomId);
    expect(available.ok && available.value.map((agent) => agent.name)).not.toContain('Sari');
  });
});

describe('a room', () => {
  it('is waited in, assigned, given over, left and resolved', async () => {
    const { emulator, client } = await start();
    const [dewi, sari] = ['Dewi', 'Sari'].map((name) => String(emulator.addAgent({ name }).id));
    if (dewi === undefined || sari === undefined) throw new Error('no agents');
    const { roomId } = emulator.customerMessage({ userId: 'u', name: 'Rina', text: 'halo' });
    expect(await client.readRoom(roomId)).toMatchObject({
      value: { roomId, isWaiting: true, isResolved: false, name: 'Rina' },
    });
    const assigned = await client.assignAgent({ roomId, agentId: dewi, replace: false });
    expect(assigned.ok && assigned.value.rawBody).toContain('added_agent');
    expect(await client.readRoom(roomId)).toMatchObject({ value: { isWaiting: false } });
    expect(await client.assignAgent({ roomId, agentId: sari, replace: false })).toMatchObject({
      failure: { kind: 'refused', status: 400, text: 'Cant join room, exceed max agents' },
    });
    expect(await client.assignAgent({ roomId, agentId: sari, replace: true })).toMatchObject({
      ok: true,
    });
    expect(await client.removeAgent({ roomId, agentId: sari })).toMatchObject({ ok: true });
    expect(await client.resolveRoom({ roomId, note: 'selesai' })).toMatchObject({ ok: true });
    expect(await client.readRoom(roomId)).toMatchObject({ value: { isResolved: true } });
    expect(emulator.assignments().map(({ agentId }) => String(agentId))).toEqual([dewi, sari]);
  });

  it('that Qiscus does not know is null', async () => {
    const { client } = await start();
    expect(await client.readRoom('404404')).toEqual({ ok: true, value: null });
  });

  it('is listed while it waits, however dirty the list', async () => {
    const { emulator, client } = await start();
    emulator.switches.dirtyUnserved = true;
    const dewi = emulator.addAgent({ name: 'Dewi' });
    const rooms = Array.from({ length: 120 }, (_, n) =>
      emulator.customerMessage({ userId: `u${n}`, name: `U${n}`, text: 'hi' }),
    ).map(({ roomId }) => roomId);
    for (const roomId of rooms.slice(0, 5)) emulator.assignByHand({ roomId, agentId: dewi.id });
    for (const roomId of rooms.slice(5, 10)) emulator.resolveByHand({ roomId });
    const outcome = await client.listUnservedRooms();
    if (!outcome.ok) throw new Error(outcome.failure.text);
    expect(outcome.value.map((room) => room.roomId).sort()).toEqual(rooms.slice(10).sort());
  });
});

describe('an assignment', () => {
  it('whose answer was lost is confirmed by the room', async () => {
    const { emulator, client, roomId, agentId } = await startWithOne();
    emulator.switches.applyThenReset = 1;
    const outcome = await client.assignAgent({ roomId, agentId, replace: false });
    expect(outcome).toMatchObject({ failure: { kind: 'unknown' } });
    expect(judgeAssignment({ outcome, room: 'unread', history })).toEqual({ verdict: 'read-room' });
    const room = await client.readRoom(roomId);
    expect(room.ok && judgeAssignment({ outcome, room: room.value, history })).toEqual({
      verdict: 'confirmed',
    });
  });

  it('of a fresh room that is refused for no reason is repeated', async () => {
    const { emulator, client, roomId, agentId } = await startWithOne();
    emulator.switches.freshRoom400 = 1;
    const outcome = await client.assignAgent({ roomId, agentId, replace: false });
    const room = await client.readRoom(roomId);
    expect(room.ok && judgeAssignment({ outcome, room: room.value, history })).toEqual({
      verdict: 'repeat',
      afterMs: 1000,
    });
    expect(await client.assignAgent({ roomId, agentId, replace: false })).toMatchObject({
      ok: true,
    });
  });

  it('of a room resolved meanwhile closes, whatever the status', async () => {
    const { emulator, client, roomId, agentId } = await startWithOne();
    emulator.resolveByHand({ roomId });
    for (let n = 0; n < 8; n += 1) {
      const outcome = await client.assignAgent({ roomId, agentId, replace: false });
      const room = await client.readRoom(roomId);
      expect(room.ok && judgeAssignment({ outcome, room: room.value, history })).toEqual({
        verdict: 'close',
        reason: 'already-resolved',
      });
    }
  });

  it('to an agent who is gone goes back to the queue without that agent', async () => {
    const { emulator, client, roomId, agentId } = await startWithOne();
    emulator.removeAgent(Number(agentId));
    const outcome = await client.assignAgent({ roomId, agentId, replace: false });
    expect(judgeAssignment({ outcome, room: 'unread', history })).toMatchObject({
      verdict: 'requeue',
      excludeAgent: true,
    });
  });

  it('that hangs is given up in time', async () => {
    const { emulator, client, roomId, agentId } = await startWithOne({ timeoutMs: 200 });
    emulator.switches.hang = 1;
    expect(await client.assignAgent({ roomId, agentId, replace: false })).toMatchObject({
      failure: { kind: 'unknown', status: null },
    });
  });

  it.each([
    ['html', { htmlBody: true, error5xx: 1 }],
    ['nothing', { emptyBody: true, error5xx: 1 }],
  ] as const)(
    'that breaks Qiscus and is answered with %s is unavailable',
    async (_case, faults) => {
      const { emulator, client, roomId, agentId } = await startWithOne();
      Object.assign(emulator.switches, faults);
      const outcome = await client.assignAgent({ roomId, agentId, replace: false });
      expect(outcome).toMatchObject({ failure: { kind: 'unavailable' } });
      expect(judgeAssignment({ outcome, room: 'unread', history })).toMatchObject({
        verdict: 'repeat',
      });
    },
  );
});

describe('the app', () => {
  it('gets our resolve webhook, and shows it to the doctor', async () => {
    const { emulator, client } = await start();
    const url = 'http://127.0.0.1:9/api/v1/webhook/mark_as_resolved';
    expect(await client.registerResolveWebhook({ url, enabled: true })).toEqual({
      ok: true,
      value: { markAsResolvedWebhookUrl: url, isAllocateAgentWebhookEnabled: false },
    });
    const app = await client.readApp();
    expect(app).toMatchObject({
      value: {
        appId: emulator.app.appId,
        markAsResolvedWebhookUrl: url,
        isMarkAsResolvedWebhookEnabled: true,
        isAllocateAgentWebhookEnabled: false,
      },
    });
    expect(JSON.stringify(app)).not.toContain(emulator.app.secretKey);
  });

  it('is logged in to once more when the token has expired, by all callers together', async () => {
    const { emulator, client } = await start();
    const registration = { url: 'http://127.0.0.1:9/', enabled: false };
    await client.registerResolveWebhook(registration);
    emulator.expireTokensNow();
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, () => client.registerResolveWebhook(registration)),
    );
    expect(outcomes.every((outcome) => outcome.ok)).toBe(true);
    const logins = emulator.calls().filter((call) => call.path === '/api/v1/auth');
    expect(logins).toHaveLength(2);
  });

  it('without a secret key is read by token', async () => {
    const { emulator, client } = await start({ secretKey: '' });
    emulator.addAgent({ name: 'Dewi' });
    const outcome = await client.listAgents();
    expect(outcome.ok && outcome.value.map((agent) => agent.name)).toContain('Dewi');
  });

  it('that limits us is left alone', async () => {
    const { emulator, client } = await start();
    emulator.switches.rate429 = { probability: 1, retryAfterSeconds: 5 };
    await client.readRoom('1');
    expect(await client.listAgents()).toMatchObject({ failure: { kind: 'unavailable' } });
    expect(emulator.calls()).toHaveLength(1);
  });
});

async function start(options: Partial<QiscusClientOptions> = {}) {
  const emulator = await startQiscusEmulator();
  const { appId, secretKey, adminEmail: email, adminPassword: password } = emulator.app;
  const baseUrl = emulator.url;
  const client = createQiscusClient({ baseUrl, appId, secretKey, email, password, ...options });
  onTestFinished(async () => {
    await Promise.all([client.close(), emulator.close()]);
  });
  return { emulator, client };
}

async function startWithOne(options: Partial<QiscusClientOptions> = {}) {
  const started = await start(options);
  const agentId = String(started.emulator.addAgent({ name: 'Dewi' }).id);
  const { roomId } = started.emulator.customerMessage({ userId: 'u', name: 'Rina', text: 'halo' });
  return { ...started, agentId, roomId };
}
