// Why not Ana, beside the plainest reading of who may have what and who goes first. USHER_LONG_TESTS=1: 300 queues.
import fc from 'fast-check';
import { v7 as uuid } from 'uuid';
import { expect, test } from 'vitest';
import type { WhyNotReason } from '../../src/contract/why-not.ts';
import { closeConversation } from '../../src/desk/close-conversation.ts';
import { explainWhyNot } from '../../src/desk/explain-why-not.ts';
import { createAgent } from '../../src/desk/update-agent.ts';
import { insertGroup } from '../../src/store/groups.ts';
import { makeChannel, makeConversation } from '../makers/make-conversation.ts';
import { makeDesk, type TestDesk } from '../makers/make-desk.ts';

const RUNS = process.env.USHER_LONG_TESTS === '1' ? 300 : 10;

const agents = fc.array(
  fc.record({
    availability: fc.constantFrom(
      'online',
      'online',
      'online',
      'online',
      'online',
      'away',
      'offline',
    ),
    capacity: fc.constantFrom(0, 1, 2, 3, 4, 5),
    teams: fc.subarray([0, 1]),
    levels: fc.dictionary(fc.constantFrom('0', '1'), fc.integer({ min: 1, max: 5 })),
  }),
  { minLength: 3, maxLength: 6 },
);
const wishes = fc.record({
  team: fc.constantFrom(null, null, null, 0, 1),
  skills: fc.constantFrom([], [], [], [0], [0, 1]),
  priority: fc.constantFrom('low', 'normal', 'normal', 'urgent'),
  weight: fc.constantFrom(1, 1, 2),
  ends: fc.boolean(),
});
const queue = fc.array(wishes, { maxLength: 6 });

interface Row {
  id: string;
  teamId: string | null;
  skillIds: string[];
  weight: number;
}
interface Person {
  id: string;
  name: string;
  availability: string;
  capacity: number;
  held: number;
  idle: number;
  teamIds: string[];
  skills: Record<string, number>;
}

async function read({ desk, workspaceId }: TestDesk): Promise<{ rows: Row[]; people: Person[] }> {
  const rows = await desk.db.query(
    `select conversation_id as id, team_id as "teamId", skill_ids as "skillIds", weight from conversation
    where workspace_id = $1 and state = 'waiting' order by rank_at, conversation_id`,
    [workspaceId],
  );
  const people = await desk.db.query(
    `select agent_id as id, name, availability, effective_capacity as capacity, extract(epoch from idle_since)::float8 as idle,
      (select coalesce(sum(weight), 0)::integer from conversation c where c.workspace_id = $1 and c.agent_id = a.agent_id and c.state = 'assigned') as held,
      array(select team_id from agent_team t where t.workspace_id = $1 and t.agent_id = a.agent_id) as "teamIds",
      coalesce((select jsonb_object_agg(skill_id, level) from agent_skill s where s.workspace_id = $1 and s.agent_id = a.agent_id), '{}') as skills
    from agent a where workspace_id = $1 order by agent_id`,
    [workspaceId],
  );
  // What has ended since the last pass is not yet on their idleness.
  const ended = await desk.db.query(
    `select agent_id as id, extract(epoch from max(released_at))::float8 as at from load_release where workspace_id = $1 group by agent_id`,
    [workspaceId],
  );
  const at = new Map(ended.rows.map((one) => [one.id, one.at]));
  return {
    rows: rows.rows,
    people: people.rows.map((one) => ({ ...one, idle: Math.max(one.idle, at.get(one.id) ?? 0) })),
  };
}

const isInTeam = ({ teamIds }: Person, { teamId }: Row) =>
  teamId === null || teamIds.includes(teamId);
const lacks = ({ skills }: Person, { skillIds }: Row) =>
  skillIds.filter((id) => skills[id] === undefined);
const serves = (person: Person, row: Row) =>
  isInTeam(person, row) && lacks(person, row).length === 0 && row.weight <= person.capacity;
const canTake = (person: Person, row: Row) =>
  person.availability === 'online' &&
  serves(person, row) &&
  person.capacity - person.held >= row.weight;

/** Who gets what when the queue is given away, and what tells each other candidate from the winner. */
function giveAway(rows: Row[], people: Person[]) {
  const now = new Map(people.map((one) => [one.id, { ...one }]));
  return new Map(
    rows.map((row) => {
      const able = [...now.values()].filter((one) => canTake(one, row));
      const by = {
        'load-share': (one: Person) => one.held / one.capacity,
        idle: (one: Person) => one.idle,
        id: (one: Person) => people.findIndex(({ id }) => id === one.id),
      };
      const order = Object.entries(by);
      const [winner] = able.toSorted(
        (a, b) => order.map(([, of]) => of(a) - of(b)).find((difference) => difference !== 0) ?? 0,
      );
      const apart = new Map(
        able.map((one) => {
          const first = winner as Person;
          return [one.id, order.find(([, of]) => of(one) !== of(first))?.[0]];
        }),
      );
      if (winner !== undefined) {
        winner.held += row.weight;
        winner.idle = Number.POSITIVE_INFINITY;
      }
      return [row.id, { winner, apart }];
    }),
  );
}

function expected(row: Row, person: Person, { rows, people }: { rows: Row[]; people: Person[] }) {
  const reasons: object[] = [];
  const { availability, capacity, held, skills, name: _ } = person;
  if (availability !== 'online') reasons.push({ code: 'not-online', availability });
  if (!isInTeam(person, row)) reasons.push({ code: 'not-in-team', team: `team ${row.teamId}` });
  const lacking = lacks(person, row);
  if (lacking.length > 0) {
    const told = lacking.map((id) => ({ skill: `skill ${id}`, has: skills[id] ?? 0, needs: 1 }));
    reasons.push({ code: 'below-level', skills: told });
  }
  if (capacity - held < row.weight) {
    const wrapsUp = { wrappingUp: 0, wrapUpEndsAt: null };
    const room = { held, heldOutside: 0, capacity, weight: row.weight };
    reasons.push({ code: 'no-room', ...room, ...wrapsUp });
  }
  const isAble = reasons.length === 0;
  const before = rows.slice(0, rows.indexOf(row)).filter((one) => serves(person, one));
  if (serves(person, row) && before.length > 0) {
    reasons.push({ code: 'others-before', count: before.length });
  }
  const given = giveAway(rows, people).get(row.id);
  if (isAble && given?.winner !== undefined) {
    const { winner, apart } = given;
    if (winner.id === person.id) reasons.push({ code: 'goes-to-them' });
    else {
      const decidedBy = apart.get(person.id) ?? 'only-candidate';
      reasons.push({ code: 'goes-to', agentName: winner.name, decidedBy });
    }
  }
  return reasons;
}

type Drawn<T> = T extends fc.Arbitrary<infer One> ? One : never;
type Wish = Drawn<typeof wishes>;

/** With agents, and conversations that they were given; answers how to open more. */
async function fill(drawn: Drawn<typeof agents>, earlier: readonly Wish[]) {
  const world = await makeDesk();
  const { desk, workspaceId } = world;
  const groups = async (kind: 'team' | 'skill') => {
    const ids = [uuid(), uuid()];
    for (const id of ids)
      await insertGroup(desk.db, kind, { workspaceId, id, name: `${kind} ${id}` });
    return ids as [string, string];
  };
  const [teams, skills] = [await groups('team'), await groups('skill')];
  for (const [nth, { availability, capacity, ...one }] of drawn.entries()) {
    const levels = Object.entries(one.levels).map(([at, level]) => [skills[Number(at)], level]);
    await createAgent(desk, workspaceId, {
      ...{ name: `Agent ${nth}`, availability, capacity },
      teamIds: one.teams.map((at) => teams[at] as string),
      ...{ skillIds: levels.map(([id]) => id as string), skillLevels: Object.fromEntries(levels) },
    });
  }
  const open = async ({ team, skills: wanted, priority, weight }: Wish) =>
    makeConversation(world, await makeChannel(world, { weight }), {
      priority,
      wants: {
        team: team === null ? null : (teams[team] as string),
        skills: wanted.map((at) => skills[at] as string),
      },
    });
  for (const one of earlier) {
    const conversationId = await open(one);
    await world.route();
    const key = { workspaceId, conversationId, actor: 'test', acting: null, tellRemote: false };
    if (one.ends) await closeConversation(desk, key);
  }
  return { world, open };
}

/** Every agent of every conversation that waits: compared, with the codes, and whom it goes to. */
async function compareAll({ desk, workspaceId }: TestDesk, now: Awaited<ReturnType<typeof read>>) {
  const codes: string[] = [];
  const foretold = new Map<string, string>();
  for (const row of now.rows) {
    for (const person of now.people) {
      const key = { workspaceId, conversationId: row.id, agentId: person.id };
      const { reasons } = await explainWhyNot(desk, key);
      expect(reasons).toEqual(expected(row, person, now));
      codes.push(...reasons.map(({ code }) => code));
      if (reasons.some(({ code }) => code === 'goes-to-them')) foretold.set(row.id, person.id);
    }
  }
  return { codes, foretold };
}

/** Of each answer at least one, however few queues are drawn. */
const oneOfEach = (): [Drawn<typeof agents>, Drawn<typeof queue>, Drawn<typeof queue>] => {
  const skilled = { teams: [0], levels: { 0: 1 } };
  const wish = { team: null, skills: [], priority: 'normal', weight: 1, ends: false } as const;
  return [
    [
      { availability: 'online', capacity: 2, teams: [], levels: {} },
      { availability: 'online', capacity: 2, ...skilled },
      { availability: 'online', capacity: 0, ...skilled },
      { availability: 'away', capacity: 2, ...skilled },
    ],
    [],
    [
      { ...wish, team: 0, skills: [0] },
      { ...wish, skills: [] },
    ],
  ];
};

test('what stands against each agent, how many go first and who wins are as in the plainest reading', async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(agents, queue, queue, async (drawn, earlier, later) => {
      const { world, open } = await fill(drawn, earlier);
      for (const one of later) await open(one);
      const { codes, foretold } = await compareAll(world, await read(world));
      for (const code of codes) seen.add(code);
      await world.route();
      const { rows } = await world.desk.db.query(
        'select conversation_id as id, agent_id as "agentId" from conversation where conversation_id = any ($1)',
        [[...foretold.keys()]],
      );
      expect(new Map(rows.map(({ id, agentId }) => [id, agentId]))).toEqual(foretold);
    }),
    { numRuns: RUNS, endOnFailure: true, examples: [oneOfEach()] },
  );
  const codes: WhyNotReason['code'][] = ['not-online', 'not-in-team', 'below-level', 'no-room'];
  expect([...seen]).toEqual(
    expect.arrayContaining([...codes, 'others-before', 'goes-to', 'goes-to-them']),
  );
}, 900_000);
