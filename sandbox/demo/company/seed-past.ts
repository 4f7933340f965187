// Fills the week before the demonstration: some conversations are held through the doors, and then copied to the times of a week.
import { setTimeout as delay } from 'node:timers/promises';
import type { Conversation } from '../../../src/contract/conversation.ts';
import type { Crowd } from './customer.ts';
import type { Company } from './found-company.ts';
import { putInShop } from './open-stand-in.ts';
import { planWeek } from './plan-week.ts';
import { repeatPast, type Told } from './repeat-past.ts';
import { SEATS, type Seat, STAND_IN, seats } from './staff.ts';
import { stories } from './stories.ts';
import { type Stage, tellStory } from './tell-story.ts';

/** How many are held through the doors; the rest of the week is copied from them. */
const ROUNDS = 2;
const AT_ONCE = 6;
const LOOK_MS = 10;
/** More messages than any story has. */
const MANY = 1000;

export async function seedPast(args: {
  company: Company;
  crowd: Crowd;
  connectionString: string;
  stop: AbortSignal;
}): Promise<void> {
  const { company, crowd, connectionString, stop } = args;
  const standIn = [...company.staff.values()].find(({ name }) => name === STAND_IN);
  if (standIn !== undefined) await putInShop(company, standIn.agentId, true);
  const told: Told[] = [];
  const maya = { agentId: company.seats.agent.agentId, name: seats.agent.name };
  const stage: Stage = {
    ...{ company, lingersMs: 0, now: () => 0 },
    ...{ pause: async () => stop.throwIfAborted() },
    look: async (id) => {
      await delay(LOOK_MS, null, { signal: stop });
      const now = await company.call<Conversation>('GET', `/api/v1/conversations/${id}`);
      return now.state === 'closed' ? null : now;
    },
    onOpened: ({ conversationId }, story, { name }) => {
      told.push({
        ...{ conversationId, door: story.door, tongue: story.tongue },
        ...{ firstName: name.split(' ')[0] ?? name, alsoBy: story.door === 'shop' ? maya : null },
      });
    },
    ...{ onRanked: () => {}, onSaid: () => {} },
  };
  const left = Array.from({ length: ROUNDS }, () => stories).flat();
  const tell = async (): Promise<void> => {
    for (let story = left.shift(); story !== undefined; story = left.shift()) {
      const persona = crowd.send(story.tongue);
      if (persona === null) continue;
      await tellStory(stage, story, persona);
      crowd.takeBack(persona);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, tell));
  for (const seat of SEATS)
    await Promise.all(told.map((one) => markRead(company, seat, one.conversationId)));
  await repeatPast({ connectionString, told, visits: planWeek(new Date(), Math.random) });
}

/** Agents have read last week's messages. */
async function markRead({ seats }: Company, seat: Seat, id: string): Promise<void> {
  await seats[seat].call('POST', `/api/v1/conversations/${id}/read`, { upToSeq: MANY });
}
