// Fills an empty workspace: agents with tokens, a channel that gives and one that asks, endpoints for the receivers.
import { type Answered, type Asking, ask, type Question } from './ask.ts';
import { KIND } from './stand-ins/start-qiscus.ts';

export interface TortureAgent {
  id: string;
  token: string;
}

export interface Company {
  agents: readonly TortureAgent[];
  /** Conversations here are given. */
  given: string;
  /** Agents are asked here, and have them once they accept. */
  offered: string;
  /** The rooms of the outside system. */
  remote: string;
  /** By the place of their receiver. */
  endpointIds: readonly string[];
}

export const AGENTS = 6;
/** The shortest that a plan may ask for. */
const OFFER_SECONDS = 5;
const MOST_MISSES = 20;
const OFFERED = 'Asked';
const GIVEN = 'Given';
const THEN = 'then';

const OWN_EVENTS = [
  'conversation.opened',
  'conversation.assigned',
  'conversation.accepted',
  'conversation.declined',
  'conversation.missed',
  'conversation.requeued',
  'conversation.transferred',
  'conversation.closed',
  'message.created',
];
const GITPLE_EVENTS = ['session_state_open', 'session_state_inprogress', 'session_state_close'];
/** What each receiver is told. */
export const EVENTS: readonly (readonly string[])[] = [OWN_EVENTS, GITPLE_EVENTS];

export async function setUp(
  asking: Asking,
  { receiverUrls, secret }: { receiverUrls: readonly string[]; secret: string },
): Promise<Company> {
  const agents: TortureAgent[] = [];
  for (let nth = 1; nth <= AGENTS; nth += 1) {
    const name = `Agent ${nth}`;
    const online = { name, availability: 'online', capacity: 2 };
    const { id } = await make(asking, 'agents', online);
    const { token } = await make(asking, 'tokens', { name, role: 'agent', agentId: id });
    agents.push({ id: String(id), token: String(token) });
  }
  const given = await make(asking, 'channels', { kind: 'api', name: GIVEN });
  const offered = await make(asking, 'channels', { kind: 'api', name: OFFERED });
  await putPolicy(asking);
  const endpointIds: string[] = [];
  for (const [place, url] of receiverUrls.entries()) {
    const { id } = await make(asking, 'endpoints', { url, secret, events: EVENTS[place] });
    endpointIds.push(String(id));
  }
  const channels = await demand(asking, { method: 'GET', path: '/api/v1/channels' });
  const remote = (channels.items as { id: string; kind: string }[]).find(
    ({ kind }) => kind === KIND,
  );
  return {
    ...{ agents, endpointIds, given: String(given.id), offered: String(offered.id) },
    remote: remote?.id ?? '',
  };
}

async function putPolicy(asking: Asking): Promise<void> {
  const path = '/api/v1/policy';
  const { policy } = await demand(asking, { method: 'GET', path });
  const offer = { within: OFFER_SECONDS, misses: MOST_MISSES };
  const body = {
    ...(policy as object),
    plans: [
      { name: OFFERED, steps: [{ after: 0 }], offer },
      { name: GIVEN, steps: [{ after: 0 }] },
    ],
    rules: [
      { name: OFFERED, when: { field: 'channel', is: OFFERED }, [THEN]: { plan: OFFERED } },
      { name: GIVEN, [THEN]: { plan: GIVEN } },
    ],
  };
  await demand(asking, { method: 'PUT', path, body });
}

let made = 0;

function make(asking: Asking, what: string, body: object): Promise<Answered['body']> {
  made += 1;
  const key = `set-up-${made}`;
  return demand(asking, { method: 'POST', path: `/api/v1/${what}`, body, key });
}

async function demand(asking: Asking, question: Question): Promise<Answered['body']> {
  const answered = await ask(asking, question);
  if (answered !== null && answered.status < 300) return answered.body;
  throw new Error(
    `${question.method} ${question.path} was answered ${answered?.status ?? 'nothing'}: ${JSON.stringify(answered?.body)}`,
  );
}
