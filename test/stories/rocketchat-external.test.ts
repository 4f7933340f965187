// Rocket.Chat makes rooms of its own and asks Usher whom to give them: External routing.
import { expect, test } from 'vitest';
import type { Agent } from '../../src/contract/agents.ts';
import { startTestUsher, type TestUsher } from '../makers/start-test-usher.ts';
import {
  type RocketDesk,
  startWithRocketChat,
  WEBHOOK_SECRET,
} from '../makers/start-with-rocketchat.ts';

/** One request as Rocket.Chat makes it; the username, or the status of an answer without one. */
async function ask(
  { usher, bridge }: Pick<RocketDesk, 'usher' | 'bridge'>,
  query: Record<string, string> = {},
): Promise<string | number> {
  const path = new URL(bridge.urls.externalQueue ?? '').pathname;
  const headers = { 'x-rocketchat-secret-token': WEBHOOK_SECRET };
  const to = `${path}?${new URLSearchParams(query)}`;
  const { status, body } = await usher.call('GET', to, { token: null, headers });
  if (status !== 200) {
    expect(body).toEqual({});
    return status;
  }
  expect(Object.keys(body as object)).toEqual(['username']);
  return (body as { username: string }).username;
}

/** Ten in parallel; the different answers. */
async function burst(
  desks: Pick<RocketDesk, 'usher' | 'bridge'>[],
  query: Record<string, string> = {},
): Promise<(string | number)[]> {
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, n) => ask(desks[n % desks.length] as RocketDesk, query)),
  );
  return [...new Set(answers)];
}

/** A place is held for five seconds. */
const IN_TIME_MS = 4000;

/**
 * On a busy machine what is asked may take longer than a place is held, and then says nothing: it is
 * begun again with another Usher.
 */
async function inTime<Means, Answers>(
  begin: () => Promise<Means>,
  act: (means: Means) => Promise<Answers>,
  withinMs = IN_TIME_MS,
): Promise<{ means: Means; answers: Answers }> {
  for (let attempt = 1; ; attempt += 1) {
    const means = await begin();
    const began = performance.now();
    const answers = await act(means);
    if (performance.now() - began < withinMs || attempt === 5) return { means, answers };
  }
}

const asNode = (desk: RocketDesk, usher: TestUsher) => ({ usher, bridge: desk.bridge });

function setExternal({ rocket, bridge }: RocketDesk): void {
  Object.assign(rocket.world.settings, {
    Livechat_Routing_Method: 'External',
    Livechat_External_Queue_URL: bridge.urls.externalQueue,
    Livechat_External_Queue_Token: WEBHOOK_SECRET,
  });
}

/** A visitor of Rocket.Chat's own widget. Answers who got the room; null: refused. */
async function walkIn({ rocket }: RocketDesk, token: string): Promise<string | null> {
  const api = `${rocket.url}/api/v1/livechat`;
  const made = await fetch(`${api}/visitor`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ visitor: { token, name: token } }),
  });
  if (made.status !== 200) throw new Error(await made.text());
  const opened = await fetch(`${api}/room?token=${token}`);
  if (opened.status === 200) {
    const { room } = (await opened.json()) as { room: { servedBy?: { username: string } } };
    if (room.servedBy === undefined) throw new Error('The room has no agent.');
    return room.servedBy.username;
  }
  expect(await opened.text()).toContain('no-agent-online');
  return null;
}

/** Rooms by agent, as Rocket.Chat has them. */
function held({ rocket, agents }: RocketDesk): number[] {
  const served = [...rocket.world.state.rooms.values()].filter(({ open }) => open);
  return agents.map(
    ({ username }) => served.filter(({ servedBy }) => servedBy?.username === username).length,
  );
}

const loads = async (desk: RocketDesk) =>
  (await desk.listAgents()).map(({ externalLoad }: Agent) => externalLoad);

test('C12: ten at once get one agent, the next ten the other, then nobody is left', async () => {
  const { answers } = await inTime(
    () => startWithRocketChat({ agents: 2, capacity: 1 }),
    async (desk) => [await burst([desk]), await burst([desk]), await burst([desk])],
  );
  expect(answers.map(({ length }) => length)).toEqual([1, 1, 1]);
  expect(answers.flat().slice(0, 2).toSorted()).toEqual(['agent.1', 'agent.2']);
  expect(answers[2]).toEqual([404]);
});

test('C12 over two nodes: both name the same agent', async () => {
  const { answers } = await inTime(
    async () => {
      const desk = await startWithRocketChat({ agents: 2, capacity: 1 });
      const usher = await startTestUsher({ DATABASE_URL: desk.usher.database.url });
      return [desk, asNode(desk, usher)];
    },
    async (nodes) => [await burst(nodes), await burst(nodes), await burst(nodes)],
  );
  expect(answers.map(({ length }) => length)).toEqual([1, 1, 1]);
  expect(answers.flat().slice(0, 2).toSorted()).toEqual(['agent.1', 'agent.2']);
  expect(answers[2]).toEqual([404]);
});

test('the ten get one agent too when they arrive one after the other within a second', async () => {
  const { answers } = await inTime(
    () => startWithRocketChat({ agents: 2, capacity: 1 }),
    async (desk) => [await ask(desk), await ask(desk), await ask(desk), await ask(desk)],
    900,
  );
  expect(new Set(answers).size).toBe(1);
});

/** Its one agent has been named for a place. */
const startNamed = async () => {
  const { means, answers } = await inTime(
    () => startWithRocketChat({ agents: 1, capacity: 1 }),
    async (desk) => [await burst([desk]), await burst([desk])],
  );
  expect(answers).toEqual([['agent.1'], [404]]);
  return means;
};

test('a place without a room is free again after five seconds, also for what Usher gives out', async () => {
  const desk = await startNamed();
  const { conversationId } = await desk.open();
  await desk.advance(5001);
  await desk.placed(conversationId);
  expect(await burst([desk])).toEqual([404]);
});

test('while a place is held, Usher gives it to nobody else', async () => {
  const { answers: state } = await inTime(startNamed, async (desk) => {
    const { conversationId } = await desk.open();
    return (await desk.read(conversationId)).state;
  });
  expect(state).toBe('waiting');
});

test('after five seconds the next who asks is told the same agent', async () => {
  const desk = await startNamed();
  await desk.advance(5001);
  expect(await burst([desk])).toEqual(['agent.1']);
});

test('the room takes the place over: it counts once, for as long as it is open', async () => {
  const desk = await startWithRocketChat({ agents: 1, capacity: 2 });
  setExternal(desk);
  expect(await walkIn(desk, 'guest')).toBe('agent.1');
  await desk.rocket.idle();
  expect(await loads(desk)).toEqual([1]);
  await desk.looked();
  expect(await loads(desk)).toEqual([1]);
  const [room] = desk.rocket.world.state.rooms.values();
  desk.rocket.people.close('agent.1', room?._id ?? '');
  await desk.looked();
  expect(await loads(desk)).toEqual([0]);
});

test('a room of which no look knows yet still counts when the five seconds are over', async () => {
  const { means: desk, answers } = await inTime(
    () => startWithRocketChat({ agents: 1, capacity: 1 }),
    async ({ tell, ...one }) => {
      const named = await burst([one]);
      const servedBy = { _id: one.agents[0]?._id, username: 'agent.1' };
      const taken = { _id: 'walk-in', type: 'LivechatSessionTaken', servedBy, messages: [] };
      expect((await tell(taken)).status).toBe(200);
      return named;
    },
  );
  expect(answers).toEqual(['agent.1']);
  await desk.rocket.goDown();
  await desk.advance(6000);
  expect(await burst([desk])).toEqual([404]);
});

test('who is ignored is not named', async () => {
  const { answers } = await inTime(
    () => startWithRocketChat({ agents: 2, capacity: 1 }),
    async (desk) => {
      const query = { ignoreAgentId: desk.agents[0]?._id ?? '' };
      return [await burst([desk], query), await burst([desk], query)];
    },
  );
  expect(answers).toEqual([['agent.2'], [404]]);
});

/** A team with these agents, handed over to a department. */
async function handTeamOver(desk: RocketDesk, names: string[]): Promise<string> {
  const { teamId, departmentId } = await desk.handOver();
  for (const { id, name } of await desk.listAgents()) {
    if (!names.includes(name)) continue;
    const body = { teamIds: [teamId] };
    await desk.usher.call('PATCH', `/api/v1/agents/${id}`, { body });
  }
  return departmentId;
}

test('for a department to which a team is handed over an agent of that team is named', async () => {
  const { answers } = await inTime(
    async () => {
      const desk = await startWithRocketChat({ agents: 2, capacity: 1 });
      return { desk, departmentId: await handTeamOver(desk, ['Agent 2']) };
    },
    async ({ desk, departmentId }) => [
      await burst([desk], { departmentId }),
      await burst([desk], { departmentId }),
      await burst([desk], { departmentId: 'another' }),
    ],
  );
  expect(answers).toEqual([['agent.2'], [404], ['agent.1']]);
});

test('for a department whose team has no agents anybody is named', async () => {
  const { answers } = await inTime(
    async () => {
      const desk = await startWithRocketChat({ agents: 1, capacity: 1 });
      return { desk, departmentId: await handTeamOver(desk, []) };
    },
    async ({ desk, departmentId }) => burst([desk], { departmentId }),
  );
  expect(answers).toEqual(['agent.1']);
});

test('for a department to which several teams are handed over anybody is named', async () => {
  const { answers } = await inTime(
    async () => {
      const desk = await startWithRocketChat({ agents: 2, capacity: 1 });
      const departmentId = await handTeamOver(desk, ['Agent 2']);
      const { body } = await desk.usher.call('GET', '/api/v1/teams');
      const [first] = (body as { items: { id: string }[] }).items;
      const made = await desk.usher.call('POST', '/api/v1/teams', { body: { name: 'Sales' } });
      const second = (made.body as { id: string }).id;
      const teamIds = [first?.id, second];
      const set = await desk.setHandovers(teamIds.map((teamId) => ({ teamId, departmentId })));
      expect(set.status, set.text).toBe(200);
      return { desk, departmentId };
    },
    async ({ desk, departmentId }) => [
      await burst([desk], { departmentId }),
      await burst([desk], { departmentId }),
    ],
  );
  expect(answers.flat().toSorted()).toEqual(['agent.1', 'agent.2']);
});

test('who is not available over there is not named', async () => {
  const { answers } = await inTime(
    async () => {
      const desk = await startWithRocketChat({ agents: 2, capacity: 1 });
      desk.rocket.people.setStatus('agent.1', { statusLivechat: 'not-available' });
      await desk.looked();
      return desk;
    },
    async (desk) => [await burst([desk]), await burst([desk])],
  );
  expect(answers).toEqual([['agent.2'], [404]]);
});

test('without the right secret nobody is named, and nothing is held', async () => {
  const desk = await startWithRocketChat({ agents: 1, capacity: 1 });
  const url = new URL(desk.bridge.urls.externalQueue ?? '');
  const get = async (secret: string | null, path = url.pathname, method = 'GET') => {
    const headers: Record<string, string> =
      secret === null ? {} : { 'x-rocketchat-secret-token': secret };
    return (await fetch(new URL(path, desk.usher.url), { method, headers })).status;
  };
  expect(await get(null)).toBe(401);
  expect(await get('wrong')).toBe(401);
  expect(await get('')).toBe(401);
  const other = url.pathname.replace(desk.bridge.id, '00000000-0000-4000-8000-000000000000');
  expect(await get(WEBHOOK_SECRET, other)).toBe(401);
  for (const method of ['POST', 'HEAD', 'PUT']) {
    expect(await get(WEBHOOK_SECRET, url.pathname, method)).toBe(404);
  }
  expect(await loads(desk)).toEqual([0]);
  expect(await get(WEBHOOK_SECRET)).toBe(200);
});

test('ids that nobody knows, however long or odd, change nothing', async () => {
  const desk = await startWithRocketChat({ agents: 1, capacity: 20 });
  const odd = ['x', 'x'.repeat(4000), "'; drop table agent", '__proto__'];
  for (const departmentId of odd) {
    for (const ignoreAgentId of odd) {
      expect(['agent.1', 404]).toContain(await ask(desk, { departmentId, ignoreAgentId }));
    }
  }
  const twice = `${new URL(desk.bridge.urls.externalQueue ?? '').pathname}?departmentId=a&departmentId=b`;
  const headers = { 'x-rocketchat-secret-token': WEBHOOK_SECRET };
  const { status } = await desk.usher.call('GET', twice, { token: null, headers });
  expect([200, 404]).toContain(status);
  const nul = twice.replace('=b', '=%00');
  expect((await desk.usher.call('GET', nul, { token: null, headers })).status).toBe(400);
});

test('thirty visitors at once, twenty at a time: nobody gets more than five, then the rest is filled', async () => {
  const { means: desk, answers } = await inTime(async () => {
    const started = await startWithRocketChat({ agents: 3, capacity: 5 });
    setExternal(started);
    return started;
  }, openThirty);
  const { opened, most } = answers;
  expect(opened).toHaveLength(30);
  expect(most).toBeLessThanOrEqual(5);
  const served = opened.filter((username) => username !== null);
  expect(served.length).toBeGreaterThanOrEqual(5);
  await desk.rocket.idle();
  await desk.advance(5001);
  for (let n = served.length; n < 15; n += 1) {
    expect(await walkIn(desk, `later-${n}`)).not.toBe(null);
    await desk.rocket.idle();
  }
  expect(held(desk)).toEqual([5, 5, 5]);
  expect(await walkIn(desk, 'too-many')).toBe(null);
  await desk.looked();
  expect(await loads(desk)).toEqual([5, 5, 5]);
}, 120_000);

/** Twenty at a time. `most`: that an agent ever had. */
async function openThirty(desk: RocketDesk): Promise<{ opened: (string | null)[]; most: number }> {
  const visitors = Array.from({ length: 30 }, (_, n) => `guest-${n}`);
  let most = 0;
  const opened: (string | null)[] = [];
  const work = async () => {
    for (let token = visitors.shift(); token !== undefined; token = visitors.shift()) {
      opened.push(await walkIn(desk, token));
      most = Math.max(most, ...held(desk));
    }
  };
  await Promise.all(Array.from({ length: 20 }, work));
  return { opened, most };
}
