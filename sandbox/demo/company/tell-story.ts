// Plays one story from the greeting to the end: the customer's part always, the agent's where nobody else plays it.
import type { Conversation } from '../../../src/contract/conversation.ts';
import { Unanswered } from './call.ts';
import type { Customer, Persona } from './customer.ts';
import type { Company, Member } from './found-company.ts';
import { nudges, type Story } from './stories.ts';
import { comeByTicket } from './ticket-customer.ts';
import { comeByWeb } from './web-customer.ts';

export interface Stage {
  company: Company;
  /** As it stands now; null: closed. */
  look(conversationId: string): Promise<Conversation | null>;
  /** Waits as long as a person takes to read and write. Rejects when the demonstration ends. */
  pause(text: string): Promise<void>;
  /** In the seconds of this stage. */
  now(): number;
  /** How long customers listen after the end. */
  lingersMs: number;
  onOpened(customer: Customer, story: Story, persona: Persona): void;
  /** Its priority stands. */
  onRanked(conversationId: string): void;
  /** The server has it. */
  onSaid(conversationId: string, text: string): void;
}

/** How long a customer waits for the person at the desk. Halfway, the customer asks once more. */
const PATIENCE_SECONDS = 240;
/** How long a customer waits in the queue before leaving. */
const QUEUE_PATIENCE_SECONDS = 600;

interface Telling {
  stage: Stage;
  story: Story;
  persona: Persona;
  customer: Customer;
  /** Of the lines that are still to come. */
  at: number;
  /** How many answers of a person the story has gone on after. */
  answered: number;
  quietSince: number;
  holder: string | null;
  hasNudged: boolean;
}

export async function tellStory(stage: Stage, story: Story, persona: Persona): Promise<void> {
  const customer = await come(stage, story, persona);
  try {
    stage.onOpened(customer, story, persona);
    const { conversationId } = customer;
    stage.onSaid(conversationId, fill(story.lines[0], { persona, agent: '' }));
    if (story.priority) {
      const { priority } = story;
      await unlessRefused(
        stage.company.seats.supervisor.call('PATCH', `/api/v1/conversations/${conversationId}`, {
          priority,
        }),
      );
      stage.onRanked(conversationId);
    }
    const telling = { stage, story, persona, customer, at: 1, answered: 0, holder: null };
    await goOn({ ...telling, hasNudged: false, quietSince: stage.now() });
    if (story.rating) await customer.rate(story.rating);
  } finally {
    // The last answer may still be on its way.
    setTimeout(customer.stop, stage.lingersMs);
  }
}

function come({ company }: Stage, story: Story, persona: Persona): Promise<Customer> {
  const { door, skill, team } = story;
  const first = fill(story.lines[0], { persona, agent: '' });
  if (door === 'whatsapp') {
    return comeByTicket(company.organisation, { persona, first, team, skill });
  }
  return comeByWeb(company.doors[door], { persona, first, skill });
}

async function goOn(telling: Telling): Promise<void> {
  const { stage, customer } = telling;
  for (;;) {
    const now = await stage.look(customer.conversationId);
    if (now === null) return;
    if (now.state === 'waiting') {
      if (stage.now() - telling.quietSince > QUEUE_PATIENCE_SECONDS) return customer.leave();
      continue;
    }
    if (telling.holder !== now.agentId) {
      telling.holder = now.agentId;
      telling.quietSince = stage.now();
    }
    const member = stage.company.staff.get(now.agentId ?? '');
    const goes = member === undefined ? await hearPerson(telling) : await play(telling, member);
    if (!goes) return;
  }
}

/** false: it is over. */
async function play(telling: Telling, member: Member): Promise<boolean> {
  const { stage, story, persona, customer } = telling;
  const line = story.lines[telling.at];
  const path = `/api/v1/conversations/${customer.conversationId}`;
  if (line === undefined) {
    await stage.pause('');
    await unlessRefused(close(telling, member));
    return false;
  }
  const text = fill(line, { persona, agent: member.name });
  await stage.pause(text);
  telling.at += 1;
  telling.quietSince = stage.now();
  if (line.startsWith('<')) return say(telling, text);
  if (line.startsWith('#')) await unlessRefused(member.call('POST', `${path}/notes`, { text }));
  else {
    await unlessRefused(markRead(telling, member));
    await unlessRefused(member.call('POST', `${path}/messages`, { text }));
  }
  return true;
}

async function say({ stage, customer }: Telling, text: string): Promise<boolean> {
  // Lines after the end would open a new conversation.
  if ((await stage.look(customer.conversationId)) === null) return false;
  await customer.say(text);
  stage.onSaid(customer.conversationId, text);
  return true;
}

/** Somebody at the desk has it: the customer goes on after each answer. */
async function hearPerson(telling: Telling): Promise<boolean> {
  const { stage, story, persona, customer } = telling;
  const quiet = stage.now() - telling.quietSince;
  if (customer.heard().length > telling.answered) {
    const next = story.lines.findIndex((line, at) => at >= telling.at && line.startsWith('<'));
    telling.answered = customer.heard().length;
    telling.quietSince = stage.now();
    if (next === -1) return true;
    telling.at = next + 1;
    const text = fill(story.lines[next], { persona, agent: '' });
    await stage.pause(text);
    return say(telling, text);
  }
  if (!telling.hasNudged && quiet > PATIENCE_SECONDS / 2) {
    telling.hasNudged = true;
    return say(telling, nudges[story.tongue]);
  }
  if (quiet < PATIENCE_SECONDS) return true;
  await customer.leave();
  return false;
}

async function markRead({ customer: { conversationId } }: Telling, { call }: Member) {
  const { items } = await call<{ items: { seq: number }[] }>(
    'GET',
    `/api/v1/conversations/${conversationId}/messages`,
  );
  const upToSeq = items.at(-1)?.seq ?? 0;
  await call('POST', `/api/v1/conversations/${conversationId}/read`, { upToSeq });
}

function close({ story, customer: { conversationId } }: Telling, { call }: Member) {
  const { tags = [], outcome } = story;
  return call('POST', `/api/v1/conversations/${conversationId}/close`, {
    reason: 'solved',
    tags,
    meta: { outcome },
  });
}

/** Somebody at the desk was first: the story goes on as it stands then. */
async function unlessRefused(act: Promise<unknown>): Promise<void> {
  await act.catch((error: unknown) => {
    const refused = error instanceof Unanswered && error.status >= 400 && error.status < 500;
    if (!refused) throw error;
  });
}

function fill(
  line: string | undefined,
  { persona, agent }: { persona: Persona; agent: string },
): string {
  return (line ?? '')
    .slice(2)
    .replaceAll('{name}', persona.name.split(' ')[0] ?? '')
    .replaceAll('{agent}', agent.split(' ')[0] ?? '');
}
