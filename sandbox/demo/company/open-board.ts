// Knows the state of all open conversations. It asks once a second, on behalf of everybody.
import { setTimeout as delay } from 'node:timers/promises';
import type { Agent } from '../../../src/contract/agents.ts';
import type { Conversation } from '../../../src/contract/conversation.ts';
import type { Call } from './call.ts';

export interface Look {
  /** Those that are not closed, by id. */
  open: ReadonlyMap<string, Conversation>;
  agents: readonly Agent[];
}

export interface Board {
  /** Its state as asked for after this call. Rejects after `close`. */
  look(): Promise<Look>;
  /** The last that was seen. */
  last(): Look;
  close(): Promise<void>;
}

const EVERY_MS = 1000;
const MOST = 200;

export function openBoard(call: Call, onLook: (look: Look) => void): Board {
  let last: Look = { open: new Map(), agents: [] };
  const ending = new AbortController();
  let next = Promise.withResolvers<Look>();
  next.promise.catch(() => {});
  const ask = async (): Promise<void> => {
    const asked = next;
    next = Promise.withResolvers<Look>();
    next.promise.catch(() => {});
    try {
      const [conversations, agents] = await Promise.all([
        call<{ items: Conversation[] }>('GET', `/api/v1/conversations?state=open&limit=${MOST}`),
        call<{ items: Agent[] }>('GET', `/api/v1/agents?limit=${MOST}`),
      ]);
      last = {
        open: new Map(conversations.items.map((one) => [one.id, one])),
        ...{ agents: agents.items },
      };
      onLook(last);
      asked.resolve(last);
    } catch (error) {
      asked.reject(error);
    }
  };
  const asking = (async () => {
    while (!ending.signal.aborted) {
      await ask();
      await delay(EVERY_MS, null, { signal: ending.signal }).catch(() => {});
    }
    next.reject(new Error('The board is closed.'));
  })();
  return {
    look: () => next.promise,
    last: () => last,
    close: async () => {
      ending.abort();
      await asking;
    },
  };
}
