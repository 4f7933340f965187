import { describe, expect, it, onTestFinished } from 'vitest';
import { startQiscusEmulator } from '../../../sandbox/qiscus/emulator.ts';
import { openTestOutbound } from '../../../test/makers/open-test-outbound.ts';
import { openQiscusClient } from './client.ts';
import { judgeAssignment } from './judge-assignment.ts';

const history = { attempts: 1, uncertain: false };

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
    emulator.switches.resolvedRoom4xx = true;
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
    const { emulator, client, roomId, agentId } = await startWithOne({ timeoutMs: 2000 });
    emulator.switches.hang = 1;
    expect(await client.assignAgent({ roomId, agentId, replace: false })).toMatchObject({
      failure: { kind: 'unknown', status: null },
    });
  });

  it.each([
    ['html', { htmlBody: 1, error5xx: 1 }],
    ['nothing', { emptyBody: 1, error5xx: 1 }],
  ] as const)('that breaks Qiscus and is answered with %s is repeated', async (_case, faults) => {
    const { emulator, client, roomId, agentId } = await startWithOne();
    Object.assign(emulator.switches, faults);
    const outcome = await client.assignAgent({ roomId, agentId, replace: false });
    expect(outcome).toMatchObject({ failure: { kind: 'unavailable' } });
    expect(judgeAssignment({ outcome, room: 'unread', history })).toMatchObject({
      verdict: 'repeat',
    });
  });
});

async function startWithOne({ timeoutMs = 10_000 } = {}) {
  const emulator = await startQiscusEmulator();
  const { url: baseUrl, app } = emulator;
  const { appId, secretKey } = app;
  const outside = openTestOutbound();
  const client = openQiscusClient({ baseUrl, appId, secretKey, timeoutMs, outside });
  onTestFinished(async () => {
    client.close();
    await emulator.close();
  });
  const agentId = String(emulator.addAgent({ name: 'Dewi' }).id);
  const { roomId } = emulator.customerMessage({ userId: 'u', name: 'Rina', text: 'halo' });
  return { emulator, client, agentId, roomId };
}
