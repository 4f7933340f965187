// Whom each model gives to whom, choice by choice, on a floor laid out by hand.
import { expect, test } from 'vitest';
import { models } from './models.ts';
import type { Department, Floor, News, Peer, PeerAgent, Waiting } from './peer.ts';

interface Laid {
  floor: Floor;
  departments: Department[];
  /** By the number of the arrival. */
  waiting: Map<number, Waiting>;
}

/** `departments`: members, and the numbers of those who wait. */
function lay(
  agents: readonly Partial<PeerAgent>[],
  departments: readonly { members: number[]; waits: number[] }[],
): Laid {
  const all = departments.map(({ members, waits }) => {
    const waiting = new Set<Waiting>();
    const department = { members, waiting };
    for (const nth of waits) waiting.add({ nth, department });
    return department;
  });
  const inOrder = all.flatMap(({ waiting }) => [...waiting]).sort((a, b) => a.nth - b.nth);
  return {
    departments: all,
    waiting: new Map(inOrder.map((one) => [one.nth, one])),
    floor: {
      agents: agents.map((one) => ({ capacity: 1, speed: 1, held: 0, given: 0, ...one })),
      listDepartments: () => all,
      departmentsOf: (agent) => all.filter(({ members }) => members.includes(agent)),
      waiting: new Set(inOrder),
    },
  };
}

/** Who is given to whom, as number of the arrival and place of the agent; each takes effect at once. */
function choose(peer: Peer, { floor }: Laid, news: News): [number, number][] {
  const given: [number, number][] = [];
  for (const { give, to } of peer.decide(news, floor)) {
    (give.department.waiting as Set<Waiting>).delete(give);
    (floor.waiting as Set<Waiting>).delete(give);
    const agent = floor.agents[to] as PeerAgent;
    agent.held += 1;
    agent.given += 1;
    given.push([give.nth, to]);
  }
  return given;
}

const tick: News = { what: 'tick' };
const arrival = ({ waiting }: Laid, nth: number): News => ({
  what: 'arrival',
  waiting: waiting.get(nth) as Waiting,
});
const end = ({ departments }: Laid, agent: number, department = 0): News => ({
  ...{ what: 'end', agent },
  department: departments[department] as Department,
});

test('rocketchat takes the first of each department, for whoever had the fewest of it', () => {
  const peer = models.rocketchat(1);
  const floor = lay(
    [{ capacity: 9 }, { capacity: 9, held: 9 }, { capacity: 9 }],
    [
      { members: [0, 1, 2], waits: [2, 5, 6] },
      { members: [0], waits: [1, 3] },
    ],
  );
  expect(choose(peer, floor, arrival(floor, 1))).toEqual([]);
  expect(choose(peer, floor, end(floor, 0))).toEqual([]);
  const first = [
    [2, 0],
    [1, 0],
  ];
  expect(choose(peer, floor, tick)).toEqual(first);
  const second = [
    [5, 2],
    [3, 0],
  ];
  expect(choose(peer, floor, tick)).toEqual(second);
  expect(choose(peer, floor, tick)).toEqual([[6, 0]]);
});

test('chatwoot gives in turn to whoever is below the limit, and does nothing at an end', () => {
  const peer = models.chatwoot(1);
  const floor = lay(
    [{ capacity: 2 }, { capacity: 1, held: 1 }, { capacity: 2 }],
    [{ members: [0, 1, 2], waits: [1, 2, 3, 4, 5] }],
  );
  const given = [3, 1, 2, 4].flatMap((nth) => choose(peer, floor, arrival(floor, nth)));
  expect(given).toEqual([
    [3, 0],
    [1, 2],
    [2, 0],
    [4, 2],
  ]);
  expect(choose(peer, floor, arrival(floor, 5))).toEqual([]);
  (floor.floor.agents[0] as PeerAgent).held = 1;
  expect(choose(peer, floor, end(floor, 0))).toEqual([]);
  expect(choose(peer, floor, tick)).toEqual([[5, 0]]);
});

test('chatwoot looks once, before the bulk, who is below the limit', () => {
  const floor = lay([{}, { held: 1 }], [{ members: [0, 1], waits: [1, 2, 3] }]);
  expect(choose(models.chatwoot(1), floor, tick)).toEqual([
    [1, 0],
    [2, 0],
    [3, 0],
  ]);
});

test('chatwoot by policies fills the inbox of what has ended, the oldest first, and no other before its half hour', () => {
  const peer = models['chatwoot-policies'](1);
  const floor = lay(
    [{ capacity: 2 }],
    [
      { members: [0], waits: [3] },
      { members: [0], waits: [1, 2] },
    ],
  );
  expect(choose(peer, floor, end(floor, 0, 0))).toEqual([[3, 0]]);
  expect(choose(peer, floor, tick)).toEqual([[1, 0]]);
  expect(choose(peer, floor, end(floor, 0, 1))).toEqual([]);
});

test('libredesk assigns all in order of arrival, in turn, past whoever is at the limit', () => {
  const peer = models.libredesk(1);
  const floor = lay(
    [{ capacity: 2 }, { held: 1 }, { capacity: 1 }],
    [
      { members: [0, 1, 2], waits: [2, 4] },
      { members: [0], waits: [1, 3] },
    ],
  );
  expect(choose(peer, floor, arrival(floor, 1))).toEqual([]);
  expect(choose(peer, floor, tick)).toEqual([
    [1, 0],
    [2, 0],
    [4, 2],
  ]);
});

test('the fewest in all: of those with room, and at an end whoever came first of all departments', () => {
  const peer = models['fewest-lifetime-chats'](1);
  const floor = lay(
    [{ given: 5 }, { given: 1, held: 1 }, { given: 3 }],
    [
      { members: [0, 1, 2], waits: [1, 6] },
      { members: [1], waits: [5, 7] },
    ],
  );
  expect(choose(peer, floor, arrival(floor, 1))).toEqual([[1, 2]]);
  Object.assign(floor.floor.agents[1] as PeerAgent, { held: 0, capacity: 2 });
  Object.assign(floor.floor.agents[0] as PeerAgent, { held: 1 });
  expect(choose(peer, floor, end(floor, 1))).toEqual([
    [5, 1],
    [6, 1],
  ]);
});

test('the fastest with room, and of equally fast ones who holds the fewest', () => {
  const agents = [
    { speed: 3, held: 1 },
    { speed: 1, capacity: 9 },
    { speed: 2, capacity: 4, held: 2 },
    { speed: 2, capacity: 4, held: 1 },
  ];
  const floor = lay(agents, [{ members: [0, 1, 2, 3], waits: [1] }]);
  expect(choose(models['fastest-first'](1), floor, arrival(floor, 1))).toEqual([[1, 3]]);
});

test('random gives to members alone, each of them, whatever they hold', () => {
  const peer = models.random(1);
  const numbers = Array.from({ length: 60 }, (_, nth) => nth);
  const floor = lay([{}, { held: 5 }, {}], [{ members: [0, 1], waits: numbers }]);
  const given = numbers.flatMap((nth) => choose(peer, floor, arrival(floor, nth)));
  expect(given.length).toBe(60);
  expect(new Set(given.map(([, to]) => to))).toEqual(new Set([0, 1]));
});

test.each(Object.keys(models) as (keyof typeof models)[])(
  '%s gives nobody to a department without members',
  (name) => {
    const floor = lay([{}], [{ members: [], waits: [1] }]);
    const peer = models[name](1);
    for (const news of [arrival(floor, 1), end(floor, 0), tick])
      expect(choose(peer, floor, news)).toEqual([]);
  },
);
