// Who serves a room's channel when nobody said which channel it is: Qiscus is asked (protocols/qiscus.md §5.10).
import { expect, test } from 'vitest';
import type { Switches } from '../../sandbox/qiscus/switches.ts';
import { eventually } from '../makers/start-test-usher.ts';
import { type Pair, startWithQiscus } from '../makers/start-with-qiscus.ts';

const WEB_CHAT = 101;
const FACEBOOK = 103;

const ASK = 'available_agents';
/** The list of rooms tells the channel too, and would make the question needless. */
const withoutRooms = { QISCUS_SYNC_ROOMS_MS: '60000' };
const callsOf = ({ qiscus }: Pair, part: string) =>
  qiscus.calls().filter(({ path }) => path.includes(part));

/** One agent, who serves other channels than the room's. 2024 tells no channel, 2025 does. */
async function startWithUnfit(switches: Partial<Switches>): Promise<Pair & { roomId: string }> {
  const pair = await startWithQiscus({ agents: 0, switches, environment: withoutRooms });
  pair.qiscus.addAgent({ name: 'Unfit', channelIds: [FACEBOOK] });
  const known = async () =>
    (await pair.usher.database.pool.query('select name from agent')).rows.length;
  await eventually(known, (count) => count === 1);
  const sari = { userId: 'sari@example.com', name: 'Sari', text: 'Hi', channelId: WEB_CHAT };
  const { roomId } = pair.qiscus.customerMessage(sari);
  await pair.qiscus.idle();
  return { ...pair, roomId };
}

test('a room of unknown channel goes to an agent whom Qiscus names for it, and to no other', async () => {
  const pair = await startWithUnfit({ hookGeneration: 2024 });
  await eventually(
    () => pair.usher.conversations('waiting'),
    ([one]) => one !== undefined && callsOf(pair, ASK).length === 1,
  );
  const fit = pair.qiscus.addAgent({ name: 'Fit', channelIds: [WEB_CHAT] });
  await pair.served(1);
  expect(pair.qiscus.room(pair.roomId)?.agentIds).toEqual([fit.id]);
  expect(callsOf(pair, ASK)[0]?.query).toMatchObject({ room_id: pair.roomId });
  expect(pair.qiscus.assignments()).toHaveLength(1);
});

test('a room of known channel needs no question', async () => {
  const pair = await startWithUnfit({ hookGeneration: 2025 });
  const fit = pair.qiscus.addAgent({ name: 'Fit', channelIds: [WEB_CHAT] });
  await pair.served(1);
  expect(pair.qiscus.room(pair.roomId)?.agentIds).toEqual([fit.id]);
  expect(callsOf(pair, ASK)).toEqual([]);
});

test('a question that stays without an answer keeps nobody waiting for ever', async () => {
  const switches = { hookGeneration: 2024 } as const;
  const pair = await startWithQiscus({ agents: 1, switches, environment: withoutRooms });
  Object.assign(pair.qiscus.switches, { error5xx: 1, faultPaths: [ASK] });
  pair.qiscus.customerMessage({ userId: 'sari@example.com', name: 'Sari', text: 'Hi' });
  await pair.served(1);
  expect(callsOf(pair, ASK)).toHaveLength(3);
});

test('an agent who was away for a moment is not excluded: back again, they are given the room that waits', async () => {
  const switches = { hookGeneration: 2024, roomAgents: 'available' } as const;
  // Nobody tells of the absence but Qiscus' answer about the room: the next look is far.
  const environment = { ...withoutRooms, QISCUS_SYNC_BUSY_MS: '9000', QISCUS_SYNC_CALM_MS: '9000' };
  const pair = await startWithQiscus({ agents: 1, switches, environment });
  const [only] = pair.qiscus.agents();
  const id = only?.id ?? 0;
  pair.qiscus.updateAgent(id, { available: false });
  const { roomId } = pair.qiscus.customerMessage({ userId: 's', name: 'Sari', text: 'Hi' });
  await eventually(
    () => pair.usher.database.pool.query(`select from assignment where state = 'undone'`),
    ({ rows }) => rows.length > 0,
  );
  const [waiting] = await pair.usher.conversations('waiting');
  const why = await pair.usher.call('GET', `/api/v1/conversations/${waiting?.id}/decisions`);
  expect(why.text).not.toContain('nobody-could');
  pair.qiscus.updateAgent(id, { available: true });
  await eventually(
    () => pair.qiscus.room(roomId)?.agentIds,
    (ids) => ids?.length === 1,
    // An exclusion would last longer.
    25_000,
  );
  expect(pair.qiscus.room(roomId)?.agentIds).toEqual([id]);
});
