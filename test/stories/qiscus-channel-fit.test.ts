// Who serves a room's channel when nobody said which channel it is: Qiscus is asked (protocols/qiscus.md §5.10).
import { expect, test } from 'vitest';
import type { Switches } from '../../sandbox/qiscus/switches.ts';
import { eventually } from '../makers/start-test-usher.ts';
import { type Pair, startWithQiscus } from '../makers/start-with-qiscus.ts';

const WEB_CHAT = 101;
const FACEBOOK = 103;

const ASK = 'available_agents';
const callsOf = ({ qiscus }: Pair, part: string) =>
  qiscus.calls().filter(({ path }) => path.includes(part));

/** One agent, who serves other channels than the room's. 2024 tells no channel, 2025 does. */
async function startWithUnfit(switches: Partial<Switches>): Promise<Pair & { roomId: string }> {
  const pair = await startWithQiscus({ agents: 0, switches });
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
  const pair = await startWithQiscus({ agents: 1, switches: { hookGeneration: 2024 } });
  Object.assign(pair.qiscus.switches, { error5xx: 1, faultPaths: [ASK] });
  pair.qiscus.customerMessage({ userId: 'sari@example.com', name: 'Sari', text: 'Hi' });
  await pair.served(1);
  expect(callsOf(pair, ASK)).toHaveLength(3);
});
