// Watches whether the promises hold while the company is at work: what Usher says, against what customers know.
import { setTimeout as delay } from 'node:timers/promises';
import type { Conversation } from '../../../src/contract/conversation.ts';
import type { Decisions } from '../../../src/contract/decisions.ts';
import type { Message } from '../../../src/contract/messages.ts';
import type { ReceivedRequest } from '../../receiver/received-request.ts';
import type { Call } from './call.ts';
import type { Customer } from './customer.ts';
import {
  compareWords,
  countDoubled,
  isOvertaken,
  isToldInOrder,
  type Served,
} from './find-breaches.ts';
import type { Company } from './found-company.ts';
import type { Look } from './open-board.ts';
import type { Story } from './stories.ts';

export const promises = {
  lost: 'no message lost',
  misplaced: 'every message once and in order',
  overCapacity: 'no agent above capacity',
  doubled: 'no conversation with two agents at once',
  overtaken: 'equals served in the order of the queue',
  told: 'events sent in the order in which they happened',
} as const;
export type Promised = keyof typeof promises;

export interface Judge {
  onOpened(customer: Customer, story: Story): void;
  onRanked(conversationId: string): void;
  onSaid(conversationId: string, text: string): void;
  onLook(look: Look): void;
  onTold(request: ReceivedRequest): void;
  /** Conversations that were judged after their end. */
  judged(): number;
  broken(): Record<Promised, number>;
}

interface Case {
  customer: Customer;
  story: Story;
  said: string[];
  /** When it was visible in the queue at its rank. */
  rankedBy: number;
}

/** More than ever wait at the same time. */
const COMPARED = 300;
/** For reports about conversations that are no longer watched. */
const MOST_TOLD = 1000;
/** An answer may still be on its way to the customer. */
const ARRIVES_WITHIN_MS = 10_000;

interface Means {
  company: () => Company;
  /** By a token and not as a person, because reading colleagues' conversations is audited. */
  call: Call;
}
type Note = (promise: Promised, count: number, about: string) => void;

export function makeJudge(
  args: Means & {
    onBreach: (promise: Promised, about: string) => void;
    /** A conversation could not be judged. */
    onError: (error: unknown) => void;
  },
): Judge {
  const { call, onBreach, onError } = args;
  const cases = new Map<string, Case>();
  const told = makeTold();
  const served: Served[] = [];
  const broken = Object.fromEntries(Object.keys(promises).map((name) => [name, 0])) as Record<
    Promised,
    number
  >;
  let before: Look = { open: new Map(), agents: [] };
  let judged = 0;
  const note: Note = (promise, count, about) => {
    if (count === 0) return;
    broken[promise] += count;
    onBreach(promise, about);
  };

  async function judge(id: string): Promise<void> {
    const known = cases.get(id);
    const conversation = await call<Conversation>('GET', `/api/v1/conversations/${id}`);
    // Taken back by the agent who closed it.
    if (conversation.state !== 'closed') return;
    cases.delete(id);
    const { decisions } = await call<Decisions>('GET', `/api/v1/conversations/${id}/decisions`);
    const about = `${conversation.contact.displayName} (${id})`;
    note('doubled', countDoubled(readHeld(decisions)), about);
    const types = await told.untilClosed(id);
    note('told', isToldInOrder(types) ? 0 : 1, `${about}: ${types.join(', ')}`);
    if (known !== undefined) {
      const one = readServed(conversation, decisions, known);
      if (one !== null) {
        note('overtaken', served.filter((other) => isOvertaken(one, other)).length, about);
        served.push(one);
        if (served.length > COMPARED) served.shift();
      }
      await judgeWords(args, { conversation, known, note, about });
    }
    judged += 1;
  }

  return {
    ...fillCases(cases),
    onLook: (look) => {
      for (const id of before.open.keys()) if (!look.open.has(id)) judge(id).catch(onError);
      note('overCapacity', countOverCapacity(before, look), 'an agent');
      before = look;
    },
    onTold: told.note,
    judged: () => judged,
    broken: () => broken,
  };
}

/** What the customers know. */
function fillCases(cases: Map<string, Case>): Pick<Judge, 'onOpened' | 'onRanked' | 'onSaid'> {
  return {
    onOpened: (customer, story) =>
      void cases.set(customer.conversationId, {
        ...{ customer, story, said: [] },
        rankedBy: story.priority === undefined ? Date.now() : Number.POSITIVE_INFINITY,
      }),
    onRanked: (conversationId) => {
      const one = cases.get(conversationId);
      if (one !== undefined) one.rankedBy = Date.now();
    },
    onSaid: (conversationId, text) => void cases.get(conversationId)?.said.push(text),
  };
}

/** What the endpoint was told of each conversation. */
function makeTold() {
  const told = new Map<string, string[]>();
  return {
    note: ({ time, body }: ReceivedRequest): void => {
      const { type = '', session } = JSON.parse(body.toString()) as {
        type?: string;
        session?: { id: string };
      };
      if (time > 1 || session === undefined) return;
      const before = told.get(session.id) ?? [];
      told.set(session.id, [...before, type.replace('session_state_', '')]);
      const [oldest] = told.keys();
      if (told.size > MOST_TOLD && oldest !== undefined) told.delete(oldest);
    },
    /** What is on its way for longer is late, as when somebody has paused the endpoint: no breach. */
    untilClosed: async (id: string): Promise<string[]> => {
      const types = () => told.get(id) ?? [];
      const until = Date.now() + ARRIVES_WITHIN_MS;
      while (!types().includes('close') && Date.now() < until) await delay(100);
      const all = types();
      told.delete(id);
      return all;
    },
  };
}

function readHeld(decisions: Decisions['decisions']) {
  return decisions.map(({ agentId, assignedAt, endedAt }) => ({
    ...{ agentId, from: Date.parse(assignedAt) },
    until: endedAt === null ? null : Date.parse(endedAt),
  }));
}

/** null: given by hand, back from somebody, or ranked anew, so that it has no place among the others. */
function readServed(
  { id, channelId, teamId, skillIds, rankAt, priority }: Conversation,
  decisions: Decisions['decisions'],
  { story, rankedBy }: Case,
): Served | null {
  const [only] = decisions;
  const isRouted = decisions.length === 1 && only !== undefined && only.because !== null;
  if (!isRouted || priority !== (story.priority ?? 'normal')) return null;
  return {
    ...{ id, since: rankedBy, rankAt: Date.parse(rankAt) },
    needs: [channelId, teamId, ...skillIds.toSorted()].join(' '),
    assignedAt: Date.parse(only.assignedAt),
  };
}

async function judgeWords(
  { company, call }: Means,
  args: { conversation: Conversation; known: Case; note: Note; about: string },
): Promise<void> {
  const { conversation, known, note, about } = args;
  const { id, agentId } = conversation;
  const own = company().staff.get(agentId ?? '')?.call ?? call;
  const { items } = await own<{ items: Message[] }>('GET', `/api/v1/conversations/${id}/messages`);
  const texts = (from: string[]) =>
    items.flatMap(({ kind, authorKind, text }) =>
      kind === 'text' && from.includes(authorKind) ? [text] : [],
    );
  const written = texts(['agent', 'user']);
  const heard = known.customer.heard;
  const until = Date.now() + ARRIVES_WITHIN_MS;
  while (heard().length < written.length && Date.now() < until) await delay(100);
  for (const { lost, misplaced } of [
    compareWords(known.said, texts(['contact'])),
    compareWords(written, heard()),
  ]) {
    note('lost', lost, about);
    note('misplaced', misplaced, about);
  }
}

/** Agents who hold more than they may and than a moment ago. Lowering a capacity takes nothing away. */
function countOverCapacity(before: Look, now: Look): number {
  const count = ({ open }: Look, agentId: string) =>
    [...open.values()].filter((one) => one.agentId === agentId).length;
  return now.agents.filter(({ id, effectiveCapacity }) => {
    const capacity = Math.max(
      effectiveCapacity,
      before.agents.find((one) => one.id === id)?.effectiveCapacity ?? 0,
    );
    const held = count(now, id);
    return held > capacity && held > count(before, id);
  }).length;
}
