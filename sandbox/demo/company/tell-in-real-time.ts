// Brings customers in real time, as slowly as people read and write.
import { setTimeout as delay } from 'node:timers/promises';
import type { Crowd } from './customer.ts';
import type { Company } from './found-company.ts';
import type { Judge } from './judge-promises.ts';
import type { Board } from './open-board.ts';
import type { Story } from './stories.ts';
import { type Stage, tellStory } from './tell-story.ts';

export interface Teller {
  begin(story: Story): void;
  /** How many stories are being told; of the shop alone. */
  count(): number;
  countAtTheShop(): number;
  /** Whether a conversation follows a story. */
  isTold(conversationId: string): boolean;
  stop(): Promise<void>;
}

/** Typed by a quick hand. */
const CHARACTERS_A_SECOND = 14;
const THINKING_MS = { least: 2000, more: 3500 };
/** As long as the judge waits for what is on its way. */
const LINGERS_MS = 10_000;
const STOP_MS = 3000;

export function tellInRealTime(args: {
  company: Company;
  crowd: Crowd;
  judge: Judge;
  board: Pick<Board, 'look'>;
  onError: (error: unknown) => void;
}): Teller {
  const { company, crowd, judge, board, onError } = args;
  const ending = new AbortController();
  const told = new Map<Promise<void>, { story: Story; conversationId: string }>();
  const begin = (story: Story): void => {
    const persona = crowd.send(story.tongue);
    if (persona === null) return;
    const known = { story, conversationId: '' };
    const stage: Stage = {
      ...{ company, onRanked: judge.onRanked, onSaid: judge.onSaid },
      lingersMs: LINGERS_MS,
      now: () => performance.now() / 1000,
      look: async (id) => (await board.look()).open.get(id) ?? null,
      pause: async (text) => {
        const typing = (text.length / CHARACTERS_A_SECOND) * 1000;
        const thinking = THINKING_MS.least + Math.random() * THINKING_MS.more;
        await delay(thinking + typing, null, { signal: ending.signal });
      },
      onOpened: (customer, what) => {
        known.conversationId = customer.conversationId;
        judge.onOpened(customer, what);
      },
    };
    const telling: Promise<void> = tellStory(stage, story, persona)
      .catch((error: unknown) => {
        if (!ending.signal.aborted) onError(error);
      })
      .finally(() => {
        told.delete(telling);
        crowd.takeBack(persona);
      });
    told.set(telling, known);
  };
  return {
    begin,
    count: () => told.size,
    countAtTheShop: () => [...told.values()].filter(({ story }) => story.door === 'shop').length,
    isTold: (id) => [...told.values()].some(({ conversationId }) => conversationId === id),
    stop: async () => {
      ending.abort();
      await Promise.race([Promise.all(told.keys()), delay(STOP_MS)]);
    },
  };
}
