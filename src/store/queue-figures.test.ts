// The figures of the queue page and the metrics, counted from rows of every kind.
import { expect, test } from 'vitest';
import { makeChannel, makeConversation } from '../../test/makers/make-conversation.ts';
import { makeDesk } from '../../test/makers/make-desk.ts';
import { makeEndpoint } from '../../test/makers/make-endpoint.ts';
import { assignConversation } from '../desk/assign-conversation.ts';
import { createAgent } from '../desk/update-agent.ts';
import { makeMetrics } from '../telemetry/metrics.ts';
import { readAllQueueFigures, readQueueFigures } from './queue-figures.ts';

test('deliveries that wait, those held for an endpoint, and endpoints that fail are told apart', async () => {
  const place = await makeDesk();
  const { workspaceId } = place;
  const db = place.database.pool;
  await makeEndpoint(place);
  await makeEndpoint(place, { enabled: false });
  const failing = await makeEndpoint(place);
  await db.query('update endpoint set failures = 10 where endpoint_id = $1', [failing]);
  const channel = await makeChannel(place);
  for (let count = 0; count < 3; count += 1) await makeConversation(place, channel);
  const figures = await readQueueFigures(db, workspaceId);
  expect(figures).toMatchObject({
    waiting: 3,
    pendingDeliveries: 6,
    heldDeliveries: 3,
    failingEndpoints: 1,
  });
  const { text } = await makeMetrics(() => readAllQueueFigures(db)).render();
  for (const line of [
    'usher_database_up 1',
    `usher_deliveries_pending{workspace="${workspaceId}"} 6`,
    `usher_deliveries_held{workspace="${workspaceId}"} 3`,
    `usher_endpoints_failing{workspace="${workspaceId}"} 1`,
  ]) {
    expect(text).toContain(line);
  }
});

test('the operator sees how long deliveries are overdue, and how many channels fail', async () => {
  const place = await makeDesk();
  const { workspaceId } = place;
  const db = place.database.pool;
  const endpointId = await makeEndpoint(place);
  const channel = await makeChannel(place);
  const other = await makeChannel(place);
  await makeConversation(place, channel);
  const read = async () => {
    const { text } = await makeMetrics(() => readAllQueueFigures(db)).render();
    const line = (name: string) => new RegExp(`^${name}{workspace="${workspaceId}"} (.*)$`, 'm');
    return (name: string) => Number(line(name).exec(text)?.[1]);
  };
  await db.query("update delivery set due_at = clock_timestamp() - interval '90 seconds'");
  const overdue = (await read())('usher_deliveries_overdue_seconds');
  expect(overdue).toBeGreaterThanOrEqual(90);
  expect(overdue).toBeLessThan(120);
  expect((await read())('usher_channels_failing')).toBe(0);
  await db.query("update channel set sync_error = 'no answer' where channel_id = $1", [
    other.channelId,
  ]);
  expect((await read())('usher_channels_failing')).toBe(1);
  await db.query('update delivery set attempts = 3, subscriber_id = $1 where subscriber_id = $2', [
    channel.channelId,
    endpointId,
  ]);
  await db.query("update delivery set due_at = clock_timestamp() + interval '1 hour'");
  expect((await read())('usher_channels_failing')).toBe(2);
  expect((await read())('usher_deliveries_overdue_seconds')).toBe(0);
});

test.each([
  ['two minutes old', 2, 3],
  ['some seconds old', 0.1, 6],
  ['an hour old', 60, 0.6],
])('where the workspace is %s the pace is of the time that there was', async (_, age, pace) => {
  const place = await makeDesk();
  const { desk, workspaceId } = place;
  const channel = await makeChannel(place);
  const wish = { name: 'Ana', availability: 'online', capacity: 6 } as const;
  const { agentId } = await createAgent(desk, workspaceId, wish);
  await place.clock.advance(age * 60_000);
  for (let count = 0; count < 6; count += 1) {
    const key = { workspaceId, conversationId: await makeConversation(place, channel) };
    await assignConversation(desk, { acting: null, ...key, agentId, force: false, actor: 'test' });
  }
  const { assignedPerMinute } = await readQueueFigures(desk.db, workspaceId);
  expect(assignedPerMinute).toBeCloseTo(pace, 1);
});
