// Twenty agents of two places, while people forward, give back and close by hand: nobody gets too much from Usher.
import { expect, test } from 'vitest';
import { makeRandom } from '../../sandbox/qiscus/random.ts';
import { eventually } from '../makers/start-test-usher.ts';
import { type RocketDesk, startWithRocketChat } from '../makers/start-with-rocketchat.ts';

const long = process.env.USHER_LONG_TESTS === '1';
const AGENTS = 20;
const PLACES = 2;
const TICKETS = long ? 200 : 60;
const ROUNDS = long ? 40 : 8;

/** Rooms by agent, as Rocket.Chat has them. */
function held({ rocket }: RocketDesk): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { open, servedBy } of rocket.world.state.rooms.values()) {
    if (open !== true || servedBy === undefined) continue;
    counts[servedBy.username] = (counts[servedBy.username] ?? 0) + 1;
  }
  return counts;
}

/** What Usher believes, by the same names; those with nothing left out. */
async function believed(desk: RocketDesk): Promise<Record<string, number>> {
  const agents = await desk.listAgents();
  const username = (name: string) => desk.agents.find((agent) => agent.name === name)?.username;
  return Object.fromEntries(
    agents
      .map(({ name, load, externalLoad }) => [username(name), load + externalLoad] as const)
      .filter(([name, load]) => name !== undefined && load > 0),
  );
}

test(
  'agents hold what Usher gave them and what people moved to them, and the loads agree after one look',
  async () => {
    const desk = await startWithRocketChat({ agents: AGENTS, capacity: PLACES });
    const random = makeRandom(7);
    const { people, world } = desk.rocket;
    const movedByHand = new Set<string>();
    const openRooms = () =>
      [...world.state.rooms.values()].filter(
        ({ open, servedBy }) => open === true && servedBy !== undefined,
      );
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random.next() * list.length)] as T;
    for (let n = 0; n < TICKETS; n += 1) await desk.open();

    for (let round = 0; round < ROUNDS; round += 1) {
      await eventually(
        () => openRooms().length,
        (count) => count >= AGENTS,
      );
      for (let act = 0; act < 4; act += 1) {
        const room = pick(openRooms());
        const by = room.servedBy?.username ?? '';
        const chance = random.next();
        if (chance < 0.5) {
          const to = pick(desk.agents.filter(({ username }) => username !== by)).username;
          await people.forward(by, room._id, { agent: to });
          movedByHand.add(room._id);
        } else if (chance < 0.75) people.close(by, room._id);
        else people.returnToQueue(room._id);
      }
      const above = Object.entries(held(desk)).filter(([username, count]) => {
        const byHand = openRooms().filter(
          ({ _id, servedBy }) => movedByHand.has(_id) && servedBy?.username === username,
        ).length;
        return count - byHand > PLACES;
      });
      expect(above, `round ${round}`).toEqual([]);
    }

    await eventually(
      async () => {
        await desk.advance(5000);
        return { there: held(desk), here: await believed(desk) };
      },
      ({ there, here }) => JSON.stringify(sorted(there)) === JSON.stringify(sorted(here)),
      120_000,
    );
    const forced = await desk.usher.database.pool.query(
      `select from assignment where forced and assigned_by <> 'remote'`,
    );
    expect(forced.rowCount).toBe(0);
  },
  long ? 600_000 : 240_000,
);

const sorted = (counts: Record<string, number>) =>
  Object.entries(counts).toSorted(([a], [b]) => (a < b ? -1 : 1));
