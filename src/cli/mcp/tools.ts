// What a model may do with a workspace, each by one call of the API or two: within the token's rights, as any caller.
import { type Static, type TObject, Type } from 'typebox';
import type { Api } from '../api-client.ts';
import { NotSimulated, runSimulation } from '../run-simulation.ts';

export interface Tool {
  name: string;
  title: string;
  description: string;
  /** Offered only where the person who starts the server allows it. */
  writes: boolean;
  /** It ends something for a customer. */
  destructive?: true;
  input: TObject;
  run(api: Api, input: never): Promise<unknown>;
}

const Id = (description: string) => Type.String({ format: 'uuid', description });
const ConversationId = Id('The id of a conversation.');
const Limit = Type.Optional(Type.Integer({ minimum: 1, maximum: 50, description: 'How many.' }));
const Cursor = Type.Optional(
  Type.String({ maxLength: 1000, description: 'The nextCursor of the page before.' }),
);
const Note = Type.Optional(Type.String({ maxLength: 2000, description: 'For whoever gets it.' }));
/** More than all that a conversation can have: the last ones are asked for. */
const AFTER_ALL = 2_147_483_647;
const MOST_SIMULATED = 200_000;

function tool<Input extends TObject>(
  given: Omit<Tool, 'input' | 'run' | 'writes'> & {
    writes?: true;
    input: Input;
    run(api: Api, input: Static<Input>): Promise<unknown>;
  },
): Tool {
  const { writes = false, ...rest } = given;
  return { ...rest, writes } as Tool;
}

/** `/path?a=1` of what is given. */
function withQuery(path: string, query: Readonly<Record<string, string | number | undefined>>) {
  const given = Object.entries(query).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, String(value)] as [string, string]],
  );
  return `${path}?${new URLSearchParams(given)}`;
}

const pathOf = (id: string) => `/api/v1/conversations/${id}`;
const act = (api: Api, id: string, verb: string, body: object) =>
  api.send('POST', `${pathOf(id)}/${verb}`, body);

const reports = {
  conversations: '/api/v1/reports',
  answers: '/api/v1/reports/answers',
  offers: '/api/v1/reports/offers',
  occupancy: '/api/v1/reports/occupancy',
  statuses: '/api/v1/reports/statuses',
  adherence: '/api/v1/reports/adherence',
  fairness: '/api/v1/reports/fairness',
};

const reading = [
  tool({
    name: 'queue',
    title: 'The queue now',
    description: 'How many wait and how long, by team and channel, and how much room agents have.',
    input: Type.Object({}),
    run: (api) => api.get('/api/v1/queue'),
  }),
  tool({
    name: 'list_conversations',
    title: 'List conversations',
    description: 'Newest first, as many as the token may see.',
    input: Type.Object({
      state: Type.Optional(
        Type.Enum(['waiting', 'assigned', 'parked', 'closed', 'open'], {
          description: 'open: all but closed.',
        }),
      ),
      agentId: Type.Optional(Id('Of this agent alone.')),
      teamId: Type.Optional(Id('Of this team alone.')),
      channelId: Type.Optional(Id('Of this channel alone.')),
      tag: Type.Optional(Type.String({ maxLength: 100 })),
      q: Type.Optional(
        Type.String({ maxLength: 100, description: 'Words in names and messages.' }),
      ),
      limit: Limit,
      cursor: Cursor,
    }),
    run: (api, { limit = 20, ...query }) =>
      api.get(withQuery('/api/v1/conversations', { ...query, limit })),
  }),
  tool({
    name: 'read_conversation',
    title: 'Read a conversation',
    description:
      'One conversation with its last messages. It is recorded who reads the conversations of others.',
    input: Type.Object({ id: ConversationId, limit: Limit }),
    run: async (api, { id, limit = 20 }) => {
      const query = { beforeSeq: AFTER_ALL, limit };
      const [conversation, messages] = await Promise.all([
        api.get(pathOf(id)),
        api.get<{ items: unknown[] }>(withQuery(`${pathOf(id)}/messages`, query)),
      ]);
      return { conversation, messages: messages.items };
    },
  }),
  tool({
    name: 'why',
    title: 'Why this agent, or why it waits',
    description:
      'Why an agent got the conversation, with the rule, the plan and its step; of a waiting one, what would release it.',
    input: Type.Object({ id: ConversationId }),
    run: (api, { id }) => api.get(`${pathOf(id)}/decisions`),
  }),
  tool({
    name: 'why_not',
    title: 'Why not this agent',
    description: 'All that stands or stood against giving the conversation to this agent.',
    input: Type.Object({ id: ConversationId, agentId: Id('The id of an agent.') }),
    run: (api, { id, agentId }) => api.get(`${pathOf(id)}/why-not/${agentId}`),
  }),
  tool({
    name: 'list_agents',
    title: 'List agents',
    description: 'With availability, status, load, capacity, teams and skills.',
    input: Type.Object({ limit: Limit, cursor: Cursor }),
    run: (api, { limit = 50, cursor }) => api.get(withQuery('/api/v1/agents', { limit, cursor })),
  }),
  tool({
    name: 'report',
    title: 'A report',
    description: 'Figures over a span of at most 400 days.',
    input: Type.Object({
      kind: Type.Enum(Object.keys(reports) as (keyof typeof reports)[]),
      from: Type.String({ format: 'date-time' }),
      to: Type.String({ format: 'date-time' }),
      timeZone: Type.Optional(Type.String({ maxLength: 100, description: 'As Asia/Jakarta.' })),
      by: Type.Optional(
        Type.String({
          maxLength: 20,
          description:
            'agent, team, channel or plan; of conversations day, agent, team or channel; of statuses day or agent.',
        }),
      ),
      per: Type.Optional(
        Type.Enum(['span', 'day'], {
          description: 'Of answers, offers, occupancy and adherence: the whole span, or each day.',
        }),
      ),
      agentId: Type.Optional(Id('Of this agent alone.')),
      teamId: Type.Optional(Id('Of this team alone.')),
    }),
    run: (api, { kind, ...query }) => api.get(withQuery(reports[kind], query)),
  }),
  tool({
    name: 'policy',
    title: 'The policy in force',
    description: 'Rules, plans, calendars and defaults, as the router goes by them.',
    input: Type.Object({}),
    run: (api) => api.get(withQuery('/api/v1/policy', { names: 'true' })),
  }),
  tool({
    name: 'try_policy',
    title: 'Try a policy',
    description:
      'What would change under another policy, for those who wait and for the last thousand. Nothing is put in force.',
    input: Type.Object({
      policy: Type.Object({}, { description: 'The whole document, as the tool policy gives it.' }),
    }),
    run: (api, { policy }) => api.send('POST', '/api/v1/policy/check', { policy, try: true }),
  }),
  tool({
    name: 'simulate',
    title: 'Simulate',
    description:
      'What waits, losses and loads a made-up centre comes to, by the router’s own decisions: kinds of arrivals, agents, and parts of a policy (docs/guides/simulate.md). Times in seconds, rates in arrivals a second. Nothing of the workspace is read.',
    input: Type.Object({
      scenario: Type.Object({}, { description: `At most ${MOST_SIMULATED} arrivals.` }),
    }),
    run: (_, { scenario }) => simulate(scenario),
  }),
];

/** A week of them. */
const MOST_HOURS = 168;

async function simulate(scenario: object): Promise<unknown> {
  try {
    const bounds = { mostArrivals: MOST_SIMULATED, withinMs: 20_000 };
    const { hours = [], ...result } = await runSimulation(scenario, bounds);
    // Thousands of lines would fill what a model can read.
    return hours.length > MOST_HOURS ? result : { ...result, hours };
  } catch (error) {
    // A model mends what it is told.
    if (error instanceof NotSimulated && error.faults.length > 0) return { faults: error.faults };
    throw error;
  }
}

const writing = [
  tool({
    name: 'assign',
    title: 'Assign',
    description: 'Gives a waiting conversation to an agent, within the agent’s capacity.',
    writes: true,
    input: Type.Object({ id: ConversationId, agentId: Id('The id of an agent.') }),
    run: (api, { id, agentId }) => act(api, id, 'assign', { agentId }),
  }),
  tool({
    name: 'transfer',
    title: 'Transfer',
    description: 'Hands a conversation over: name one of agentId, teamId and plan.',
    writes: true,
    input: Type.Object({
      id: ConversationId,
      agentId: Type.Optional(Id('To this agent.')),
      teamId: Type.Optional(Id('To whoever of this team is next.')),
      plan: Type.Optional(Type.String({ maxLength: 100, description: 'Into this plan.' })),
      note: Note,
    }),
    run: (api, { id, ...to }) => act(api, id, 'transfer', to),
  }),
  tool({
    name: 'requeue',
    title: 'Put back into the queue',
    description: 'At its old place.',
    writes: true,
    input: Type.Object({
      id: ConversationId,
      reason: Type.Optional(Type.String({ maxLength: 200 })),
    }),
    run: (api, { id, ...why }) => act(api, id, 'requeue', why),
  }),
  tool({
    name: 'close',
    title: 'Close',
    description: 'Ends the conversation for the customer too.',
    writes: true,
    destructive: true,
    input: Type.Object({
      id: ConversationId,
      reason: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    }),
    run: (api, { id, ...why }) => act(api, id, 'close', why),
  }),
  tool({
    name: 'add_note',
    title: 'Add a private note',
    description: 'Only agents see it. There is no tool that writes to customers.',
    writes: true,
    input: Type.Object({
      id: ConversationId,
      text: Type.String({ minLength: 1, maxLength: 4000 }),
    }),
    run: (api, { id, text }) => act(api, id, 'notes', { text }),
  }),
  tool({
    name: 'label',
    title: 'Set tags or priority',
    description: 'The tags replace those that it has.',
    writes: true,
    input: Type.Object({
      id: ConversationId,
      tags: Type.Optional(Type.Array(Type.String({ maxLength: 100 }), { maxItems: 20 })),
      priority: Type.Optional(Type.Enum(['low', 'normal', 'high', 'urgent'])),
    }),
    run: (api, { id, ...change }) => api.send('PATCH', pathOf(id), change),
  }),
];

export const tools: readonly Tool[] = [...reading, ...writing];
