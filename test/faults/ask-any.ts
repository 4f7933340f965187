// Asks any of several servers, as a client behind a balancer does that tries again until it is answered.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../sandbox/qiscus/random.ts';
import { type Call, callOf } from '../makers/start-test-usher.ts';
import type { ServerProcess } from './server-process.ts';

const AGAIN_MS = 50;

/** What is below 500 is an answer. */
export function askAny(servers: readonly ServerProcess[], random: Random): Call {
  return async (...request) => {
    for (;;) {
      const { url } = random.pick(servers) as ServerProcess;
      const answer = await callOf(url)(...request).catch(() => null);
      if (answer !== null && answer.status < 500) return answer;
      await sleep(AGAIN_MS);
    }
  };
}
