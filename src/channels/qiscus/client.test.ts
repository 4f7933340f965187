import { describe, expect, it, onTestFinished } from 'vitest';
import { type QiscusEmulator, startQiscusEmulator } from '../../../sandbox/qiscus/emulator.ts';
import { openTestOutbound } from '../../../test/makers/open-test-outbound.ts';
import { openQiscusClient, type QiscusClientOptions } from './client.ts';

describe('with a healthy Qiscus the client', () => {
  it('assigns a waiting room, and only once', async () => {
    const { qiscus, client } = await start();
    const [lia, ben] = [qiscus.addAgent({ name: 'Lia' }), qiscus.addAgent({ name: 'Ben' })];
    const roomId = makeRoom(qiscus, 'rina');
    expect(await client.readRoom(roomId)).toMatchObject({
      value: { roomId, isWaiting: true, isResolved: false, name: 'rina' },
    });
    const assigned = await client.assignAgent({ roomId, agentId: `${lia.id}`, replace: false });
    expect(JSON.parse(assigned.ok ? assigned.value.rawBody : '')).toMatchObject({
      data: { added_agent: { id: lia.id } },
    });
    expect(await client.assignAgent({ roomId, agentId: `${ben.id}`, replace: false })).toEqual({
      ok: false,
      failure: {
        kind: 'refused',
        status: 400,
        text: 'Cant join room, exceed max agents',
        retryAfterMs: null,
      },
    });
    expect(qiscus.room(roomId)?.agentIds).toEqual([lia.id]);
    expect(await client.readRoom(roomId)).toMatchObject({ value: { isWaiting: false } });
  });

  it('takes a room from one agent for another, and resolves it', async () => {
    const { qiscus, client } = await start();
    const [lia, ben] = [qiscus.addAgent({ name: 'Lia' }), qiscus.addAgent({ name: 'Ben' })];
    const roomId = makeRoom(qiscus, 'rina');
    await client.assignAgent({ roomId, agentId: `${lia.id}`, replace: false });
    await client.assignAgent({ roomId, agentId: `${ben.id}`, replace: true });
    expect(qiscus.room(roomId)?.agentIds).toEqual([ben.id]);
    expect(await client.resolveRoom({ roomId, note: 'selesai' })).toMatchObject({ ok: true });
    expect(await client.readRoom(roomId)).toMatchObject({ value: { isResolved: true } });
  });

  it('takes an agent out of a room', async () => {
    const { qiscus, client } = await start();
    const lia = qiscus.addAgent({ name: 'Lia' });
    const roomId = makeRoom(qiscus, 'rina');
    await client.assignAgent({ roomId, agentId: `${lia.id}`, replace: false });
    expect(await client.removeAgent({ roomId, agentId: `${lia.id}` })).toMatchObject({ ok: true });
    expect(qiscus.room(roomId)?.agentIds).toEqual([]);
  });

  it('knows no room that is not there', async () => {
    const { client } = await start();
    expect(await client.readRoom('404404')).toEqual({ ok: true, value: null });
  });

  it('reads by token where it has no secret key', async () => {
    const { qiscus, client } = await start({ secretKey: '' });
    qiscus.addAgent({ name: 'Lia', channelIds: [7] });
    expect(await client.listAgents()).toMatchObject({
      value: [{ name: 'Lia', kind: 'agent', customerCount: 0, channelIds: ['7'] }],
    });
  });

  it('names the agents of a room’s channel, and says who is unavailable', async () => {
    const { qiscus, client } = await start();
    qiscus.addAgent({ name: 'Lia' });
    qiscus.addAgent({ name: 'Ben', available: false });
    qiscus.updateAgent(qiscus.addAgent({ name: 'Sari' }).id, { forceOffline: true });
    qiscus.addAgent({ name: 'Elsewhere', channelIds: [103] });
    const outcome = await client.agentsForRoom(makeRoom(qiscus, 'rina'));
    expect(outcome).toMatchObject({
      value: [
        { name: 'Lia', isAvailable: true },
        { name: 'Ben', isAvailable: false },
        { name: 'Sari', isAvailable: false },
      ],
    });
  });

  it('registers the resolve webhook, also when its token has expired meanwhile', async () => {
    const { qiscus, client } = await start();
    const registration = { url: 'https://usher.example/hook', enabled: true };
    expect(await client.registerResolveWebhook(registration)).toMatchObject({ ok: true });
    qiscus.expireTokensNow();
    const outcome = await client.registerResolveWebhook(registration);
    expect(outcome).toEqual({
      ok: true,
      value: { markAsResolvedWebhookUrl: registration.url, isAllocateAgentWebhookEnabled: false },
    });
    expect(await client.readApp()).toEqual({
      ok: true,
      value: {
        appId: qiscus.app.appId,
        allocateAgentWebhookUrl: null,
        isAllocateAgentWebhookEnabled: false,
        markAsResolvedWebhookUrl: registration.url,
        isMarkAsResolvedWebhookEnabled: true,
      },
    });
  });
});

describe('with a Qiscus that has its ways the client', () => {
  it.each([
    {},
    { totalCountNull: true },
    { metaInData: true },
    { metaInData: true, totalCountNull: true },
  ])('lists each of many agents once: %j', async (switches) => {
    const { qiscus, client } = await start({ switches });
    const ids = Array.from({ length: 130 }, (_, n) => `${qiscus.addAgent({ name: `A${n}` }).id}`);
    const outcome = await client.listAgents();
    expect(outcome.ok && outcome.value.map((agent) => agent.externalId)).toEqual(ids);
  });

  it('lists all rooms that wait, and no other', async () => {
    const { qiscus, client } = await start({ switches: { dirtyUnserved: true } });
    const lia = qiscus.addAgent({ name: 'Lia' });
    const roomIds = Array.from({ length: 120 }, (_, n) => makeRoom(qiscus, `user-${n}`));
    qiscus.assignByHand({ roomId: `${roomIds[0]}`, agentId: lia.id });
    qiscus.resolveByHand({ roomId: `${roomIds[1]}` });
    const outcome = await client.listUnservedRooms();
    const found = outcome.ok ? outcome.value.map((room) => room.roomId) : [];
    expect(found.sort()).toEqual(roomIds.slice(2).sort());
  });
});

describe('with a failing Qiscus the client', () => {
  it('does not know what became of an assignment whose answer was lost', async () => {
    const { qiscus, client } = await start({ switches: { applyThenReset: 1 } });
    const lia = qiscus.addAgent({ name: 'Lia' });
    const roomId = makeRoom(qiscus, 'rina');
    const outcome = await client.assignAgent({ roomId, agentId: `${lia.id}`, replace: false });
    expect(outcome).toMatchObject({ failure: { kind: 'unknown', status: null } });
    expect(await client.readRoom(roomId)).toMatchObject({ value: { isWaiting: false } });
  });

  it('waits for no answer for ever', async () => {
    const { client } = await start({ switches: { hang: 1 }, timeoutMs: 2000 });
    expect(await client.readRoom('1')).toMatchObject({ failure: { kind: 'unknown' } });
  });

  it('holds its peace when asked to', async () => {
    const rate429 = { probability: 1, retryAfterSeconds: 7 };
    const { qiscus, client } = await start({ switches: { rate429 } });
    expect(await client.readRoom('1')).toMatchObject({ failure: { retryAfterMs: 7000 } });
    const calls = qiscus.calls().length;
    expect(await client.listAgents()).toMatchObject({ failure: { kind: 'unavailable' } });
    expect(qiscus.calls()).toHaveLength(calls);
  });
});

type Start = Partial<QiscusClientOptions> & {
  switches?: Partial<QiscusEmulator['switches']>;
};

async function start({ switches = {}, ...options }: Start = {}) {
  const qiscus = await startQiscusEmulator({ switches });
  const { appId, secretKey, adminEmail: email, adminPassword: password } = qiscus.app;
  const credentials = { appId, secretKey, email, password };
  const client = openQiscusClient({
    ...{ baseUrl: qiscus.url, outside: openTestOutbound() },
    ...credentials,
    ...options,
  });
  onTestFinished(async () => {
    await qiscus.close();
    client.close();
  });
  return { qiscus, client };
}

function makeRoom(qiscus: QiscusEmulator, name: string): string {
  return qiscus.customerMessage({ userId: `${name}@example.com`, name, text: 'halo' }).roomId;
}
