// Routing set-ups that other products print in their documentation, written as policies: who gets what, and when, as their pages say.
import { expect, test } from 'vitest';
import type { Conversation } from '../../src/contract/conversation.ts';
import type { PolicyDocument } from '../../src/contract/policy/document.ts';
import { advanceAtRest } from '../makers/advance-at-rest.ts';
import { eventually, startTestUsher } from '../makers/start-test-usher.ts';

interface Agent {
  name: string;
  teams?: string[];
  /** With the level of each. */
  skills?: Record<string, number>;
  capacity?: number;
}

interface World {
  /** Opens a conversation with these fields of its own; answers its id. */
  open(meta?: object): Promise<string>;
  /** Once it is given to somebody: their name. */
  given(id: string): Promise<string>;
  /** Lets these seconds go by, one after the other; then who has it, and for how many seconds it waited. */
  givenAfter(id: string, ...seconds: number[]): Promise<{ name: string; waited: number }>;
}

async function makeWorld(agents: Agent[], policy: Partial<PolicyDocument>): Promise<World> {
  const usher = await startTestUsher();
  const make = async (path: string, body: object): Promise<string> => {
    const made = await usher.call('POST', `/api/v1/${path}`, { body });
    expect(made.status, made.text).toBe(201);
    return (made.body as { id: string }).id;
  };
  const namer = (path: string) => {
    const known = new Map<string, Promise<string>>();
    return (name: string) => {
      if (!known.has(name)) known.set(name, make(path, { name }));
      return known.get(name) as Promise<string>;
    };
  };
  const [team, skill] = [namer('teams'), namer('skills')];
  for (const { name, teams = [], skills = {}, capacity = 1 } of agents) {
    const levels: [string, number][] = [];
    for (const [one, level] of Object.entries(skills)) levels.push([await skill(one), level]);
    await make('agents', {
      ...{ name, capacity, availability: 'online', role: 'agent' },
      teamIds: await Promise.all(teams.map(team)),
      skillIds: levels.map(([id]) => id),
      skillLevels: Object.fromEntries(levels),
    });
  }
  const { body } = await usher.call('GET', '/api/v1/policy');
  const document = { ...(body as { policy: object }).policy, ...policy };
  const put = await usher.call('PUT', '/api/v1/policy', { body: document });
  expect(put.status, put.text).toBe(200);
  const channelId = await make('channels', { kind: 'api', name: 'Queue' });
  const read = async (id: string) =>
    (await usher.call('GET', `/api/v1/conversations/${id}`)).body as Conversation;
  const given = async (id: string) => {
    const { agentId, queuedAt, assignedAt } = await eventually(
      () => read(id),
      ({ state }) => state === 'assigned',
    );
    const agent = await usher.call('GET', `/api/v1/agents/${agentId}`);
    const waited = (Date.parse(assignedAt ?? '') - Date.parse(queuedAt)) / 1000;
    return { name: (agent.body as { name: string }).name, waited };
  };
  return {
    open: async (meta = {}) => {
      const externalId = crypto.randomUUID();
      return make(`channels/${channelId}/conversations`, {
        ...{ externalId, contact: { externalId }, meta },
      });
    },
    given: async (id) => (await given(id)).name,
    givenAfter: async (id, ...seconds) => {
      for (const one of seconds) await advanceAtRest(usher, one * 1000);
      return given(id);
    },
  };
}

const always = (plan: string) => {
  // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
  return { name: 'Everybody else', then: { plan } };
};

// https://www.twilio.com/docs/taskrouter/lifecycle-task-workflows-and-assignment
const taskRouter: Partial<PolicyDocument> = {
  plans: [
    {
      name: 'Preferred agents',
      steps: [
        { after: 0, team: 'Preferred', skills: { support: 1 } },
        { after: 15, team: null, skills: { support: 1 } },
      ],
    },
    { name: 'Just Support', steps: [{ after: 0, skills: { support: 1 } }] },
    { name: 'Just Sales', steps: [{ after: 0, skills: { sales: 1 } }], prefer: ['round-robin'] },
    { name: 'Everyone', steps: [{ after: 0 }], prefer: ['longest-idle'] },
  ],
  rules: [
    {
      name: 'Support Calls of the preferred',
      when: {
        all: [
          { field: 'conversation.meta.type', is: 'Support' },
          { field: 'conversation.meta.preferred_agents', exists: true },
        ],
      },
      // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
      then: { plan: 'Preferred agents' },
    },
    {
      name: 'Support Calls',
      when: { field: 'conversation.meta.type', is: 'Support' },
      // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
      then: { plan: 'Just Support' },
    },
    {
      name: 'Sales Calls',
      when: { field: 'conversation.meta.type', is: 'Sales' },
      // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
      then: { plan: 'Just Sales' },
    },
    always('Everyone'),
  ],
};
const support = { skills: { support: 1 } };
const workers: Agent[] = [
  { name: 'agent01', teams: ['Preferred'], ...support },
  { name: 'agent02', ...support },
  { name: 'agent04', teams: ['Preferred'], ...support },
  { name: 'agent05', skills: { sales: 1 } },
  { name: 'agent06', skills: { sales: 1 } },
  { name: 'agent07' },
];

test('Twilio TaskRouter: a sales task goes to those of the queue in turn, and what no filter matches to everyone', async () => {
  const { open, given } = await makeWorld(workers, taskRouter);
  const sales = [
    await given(await open({ type: 'Sales' })),
    await given(await open({ type: 'Sales' })),
  ];
  expect(sales.toSorted()).toEqual(['agent05', 'agent06']);
  expect(workers.map(({ name }) => name)).toContain(await given(await open({ type: 'Other' })));
});

test('Twilio TaskRouter: a support task waits 15 seconds for the two preferred agents, then goes to anybody of the queue', async () => {
  const { open, given, givenAfter } = await makeWorld(workers, taskRouter);
  const task = { type: 'Support', preferred_agents: ['agent01', 'agent04'] };
  const busy = [await given(await open(task)), await given(await open(task))];
  expect(busy.toSorted()).toEqual(['agent01', 'agent04']);
  // Both are on a call by now, and agent02 is free.
  const id = await open(task);
  const { name, waited } = await givenAfter(id, 12, 4);
  expect(name).toBe('agent02');
  expect(waited).toBeGreaterThanOrEqual(15);
}, 60_000);

test('Amazon Connect: nobody fits for 60 seconds, then the third step finds Agent1', async () => {
  // https://docs.aws.amazon.com/connect/latest/adminguide/proficiency-routing.html: its table gives Agent1 level 5 in
  // DynamoDB and its text level 4. Neither changes who fits which step.
  for (const level of [4, 5]) {
    const { open, givenAfter } = await makeWorld(
      [
        { name: 'Agent1', skills: { DynamoDB: level, EC2: 4, Kinesis: 2, French: 3, English: 4 } },
        { name: 'Agent2', skills: { DynamoDB: 3, EC2: 5, Neptune: 5, French: 4, English: 3 } },
      ],
      {
        plans: [
          {
            name: 'General Inbound Queue',
            steps: [
              { after: 0, skills: { French: 4, DynamoDB: 5 } },
              { after: 30, skills: { French: 4, DynamoDB: 4 } },
              { after: 60, skills: { French: 3, DynamoDB: 4 } },
            ],
          },
        ],
        rules: [always('General Inbound Queue')],
      },
    );
    const id = await open();
    const { name, waited } = await givenAfter(id, 27, 30, 5);
    expect(name).toBe('Agent1');
    expect(waited).toBeGreaterThanOrEqual(60);
  }
}, 60_000);

test('Genesys Cloud: each ring of a bullseye asks for one skill less, and the last for none', async () => {
  // https://community.genesys.com/discussion/bullseye-ring-number-skills: skill A goes after 30 seconds, B after 30 more;
  // agents of both stand in the first ring, of B alone in the second, and everybody else in the third.
  const rings: Agent[] = [
    { name: 'both', skills: { A: 1, B: 1 } },
    { name: 'B alone', skills: { B: 1 } },
    { name: 'A alone', skills: { A: 1 } },
    { name: 'neither' },
  ];
  const bullseye: Partial<PolicyDocument> = {
    plans: [
      {
        name: 'Bullseye',
        steps: [
          { after: 0, skills: { A: 1, B: 1 } },
          { after: 30, skills: { B: 1 } },
          { after: 60, skills: {} },
        ],
      },
    ],
    rules: [always('Bullseye')],
  };
  const { open, given, givenAfter } = await makeWorld(rings, bullseye);
  expect(await given(await open())).toBe('both');
  const second = await open();
  const helped = await givenAfter(second, 27, 5);
  expect(helped.name).toBe('B alone');
  expect(helped.waited).toBeGreaterThanOrEqual(30);
  const third = await open();
  const last = await givenAfter(third, 27, 30, 5);
  expect(['A alone', 'neither']).toContain(last.name);
  expect(last.waited).toBeGreaterThanOrEqual(60);
}, 60_000);

test('Genesys Cloud: Sales alone for 30 seconds, then Service as well, after a minute Finance too', async () => {
  // https://community.genesys.com/discussion/bullseye-routing-question: rings of members. A step names one team, so a wider
  // ring is a wider team.
  const { open, given, givenAfter } = await makeWorld(
    [
      { name: 'seller', teams: ['Sales', 'Sales and Service', 'All three'] },
      { name: 'helper', teams: ['Sales and Service', 'All three'] },
      { name: 'accountant', teams: ['All three'] },
    ],
    {
      plans: [
        {
          name: 'Sales calls',
          steps: [
            { after: 0, team: 'Sales' },
            { after: 30, team: 'Sales and Service' },
            { after: 60, team: 'All three' },
          ],
        },
      ],
      rules: [always('Sales calls')],
    },
  );
  expect(await given(await open())).toBe('seller');
  const second = await open();
  const helped = await givenAfter(second, 27, 5);
  expect(helped.name).toBe('helper');
  expect(helped.waited).toBeGreaterThanOrEqual(30);
  const third = await open();
  const last = await givenAfter(third, 27, 30, 5);
  expect(last.name).toBe('accountant');
  expect(last.waited).toBeGreaterThanOrEqual(60);
}, 60_000);
