// An hour of a centre at work, over HTTP: what customers, agents and supervisors do at random, with every way in which a conversation is given.
import { expect } from 'vitest';
import type { Random } from '../../sandbox/qiscus/random.ts';
import type { Conversation } from '../../src/contract/conversation.ts';
import type { Replay } from '../../src/contract/replays.ts';
import type { Call } from './start-test-usher.ts';

interface Hired {
  id: string;
  token: string;
}

export interface Centre {
  call: Call;
  random: Random;
  channels: readonly string[];
  teams: readonly string[];
  agents: readonly Hired[];
}

const THEN = 'then';
const LINES = ['gold', 'asked', 'turns', 'due'];
const AGENTS = 10;

export async function setUpCentre(call: Call, random: Random): Promise<Centre> {
  const make = async (path: string, body: object): Promise<{ id: string; token: string }> => {
    const made = await call('POST', `/api/v1/${path}`, { body });
    expect(made.status, made.text).toBe(201);
    return made.body as { id: string; token: string };
  };
  const skills = [];
  for (const name of ['billing', 'portuguese']) skills.push((await make('skills', { name })).id);
  const teams = [];
  for (const name of ['North', 'South']) teams.push((await make('teams', { name })).id);
  await putPolicy(call);
  const channels = [];
  for (const name of ['Shop', 'Club']) {
    channels.push((await make('channels', { kind: 'api', name })).id);
  }
  const agents: Hired[] = [];
  for (let nth = 0; nth < AGENTS; nth += 1) {
    const { id } = await make('agents', {
      ...{ name: `Agent ${nth}`, availability: 'online', capacity: 1 + (nth % 3) },
      teamIds: teams.filter((_, at) => nth % 3 !== at),
      skillIds: skills,
      skillLevels: Object.fromEntries(skills.map((id, at) => [id, 1 + ((nth + 2 * at) % 5)])),
      ...(nth % 4 === 1 && { pace: 20 }),
      ...(nth % 4 === 2 && { wrapUp: 40 }),
      ...(nth % 5 === 3 && { limits: { [channels[0] as string]: 1 } }),
    });
    const limited = { name: `Agent ${nth}`, role: 'agent', agentId: id };
    agents.push({ id, token: (await make('tokens', limited)).token });
  }
  return { call, random, channels, teams, agents };
}

async function putPolicy(call: Call): Promise<void> {
  const { policy } = (await call('GET', '/api/v1/policy')).body as { policy: object };
  const body = {
    ...{ ...policy, boostSeconds: { low: 0, normal: 0, high: 60, urgent: 120 } },
    rules: LINES.map((line, nth) => ({
      ...{ name: line, [THEN]: { plan: line, ...(line === 'gold' && { priority: 'high' }) } },
      ...(nth < LINES.length - 1 && { when: { field: 'conversation.meta.line', is: line } }),
    })),
    plans: [
      {
        name: 'gold',
        steps: [
          { after: 0, skills: { billing: 4 } },
          { after: 90, skills: { billing: 2 }, priority: 'urgent' },
          { after: 240, skills: {} },
        ],
        prefer: ['sticky', 'skill', 'least-loaded', 'longest-idle'],
        sticky: { within: '30d', waitFor: 45 },
      },
      {
        name: 'asked',
        steps: [
          { after: 0, team: 'North' },
          { after: 120, team: null },
        ],
        offer: { within: 40, misses: 3 },
      },
      { name: 'turns', steps: [{ after: 0 }], prefer: ['round-robin'], silence: { agent: 300 } },
      {
        name: 'due',
        steps: [{ after: 0, skills: { portuguese: 2 } }],
        order: 'due',
        targets: { firstAnswer: 60 },
      },
    ],
  };
  const put = await call('PUT', '/api/v1/policy', { body });
  expect(put.status, put.text).toBe(200);
}

/** What happens within one moment. Refusals are part of it: what is done is drawn, not chosen. */
export async function doSomething(centre: Centre, nth: number): Promise<void> {
  const { call, random, agents } = centre;
  // Then a calm, in which all come back: whoever writes next finds several agents free, and one who is known.
  const isCalm = nth % 10 >= 7;
  const coming = isCalm ? 0 : 4;
  for (let came = 0; came < coming; came += 1) await open(centre, `${nth}-${came}`);
  if (nth % 10 === 9) await returnAll(centre);
  const { body } = await call('GET', '/api/v1/conversations?limit=200');
  const open_ = (body as { items: Conversation[] }).items.filter(({ state }) => state !== 'closed');
  for (const one of open_) {
    if (one.state === 'assigned') await work(centre, one);
    else if (random.chance(0.05)) await disturbWaiting(centre, one);
  }
  const { id } = random.pick(agents) as Hired;
  const patch = (change: object) => call('PATCH', `/api/v1/agents/${id}`, { body: change });
  if (random.chance(0.3)) await patch({ availability: random.pick(['online', 'away', 'online']) });
  if (random.chance(0.1)) await patch({ capacity: 1 + Math.floor(random.between(0, 4)) });
  if (random.chance(0.1)) await patch({ teamIds: centre.teams.filter(() => random.chance(0.5)) });
  if (random.chance(0.2)) await call('POST', `/api/v1/agents/${id}/wrap-up/done`, { body: {} });
}

async function returnAll({ call, agents }: Centre): Promise<void> {
  for (const { id } of agents) {
    await call('PATCH', `/api/v1/agents/${id}`, { body: { availability: 'online' } });
  }
}

async function open({ call, random, channels }: Centre, id: string): Promise<void> {
  const contact = { externalId: `c-${Math.floor(random.between(0, 25))}` };
  const body = { externalId: id, contact, meta: { line: random.pick(LINES) } };
  const opened = await call('POST', `/api/v1/channels/${random.pick(channels)}/conversations`, {
    body,
  });
  expect(opened.status, opened.text).toBeLessThan(300);
}

async function work({ call, random, agents, teams }: Centre, one: Conversation): Promise<void> {
  const holder = agents.find(({ id }) => id === one.agentId);
  if (holder === undefined) return;
  const { token } = holder;
  const act = (verb: string, body: object = {}) =>
    call('POST', `/api/v1/conversations/${one.id}/${verb}`, { token, body });
  const asAdmin = (verb: string, body: object = {}) =>
    call('POST', `/api/v1/conversations/${one.id}/${verb}`, { body });
  if (one.offeredUntil !== null) {
    if (random.chance(0.6)) await act('accept');
    else if (random.chance(0.5)) await act('decline', { reason: 'busy' });
    return;
  }
  const dice = random.next();
  if (dice < 0.3) await act('close');
  else if (dice < 0.5) await act('messages', { text: 'I look into it.' });
  else if (dice < 0.55) await act('park', { until: null });
  else if (dice < 0.6) await act('transfer', { teamId: random.pick(teams), note: 'Please' });
  else if (dice < 0.65) await asAdmin('requeue', { reason: 'test' });
  else if (dice < 0.7) {
    await asAdmin('transfer', { agentId: random.pick(agents)?.id, force: random.chance(0.5) });
  }
}

async function disturbWaiting({ call, random, agents }: Centre, one: Conversation): Promise<void> {
  const path = `/api/v1/conversations/${one.id}`;
  const dice = random.next();
  if (one.state === 'parked') await call('POST', `${path}/unpark`, { body: {} });
  else if (dice < 0.4) await call('PATCH', path, { body: { priority: 'urgent' } });
  else if (dice < 0.7) await call('POST', `${path}/close`, { body: {} });
  else {
    const body = { agentId: random.pick(agents)?.id, force: true };
    await call('POST', `${path}/assign`, { body });
  }
}

export async function replay(call: Call, { from, until }: { from: Date; until: Date }) {
  const body = { from: from.toISOString(), until: until.toISOString() };
  const answer = await call('POST', '/api/v1/replays', { body });
  expect(answer.status, answer.text).toBe(200);
  return answer.body as Replay;
}
