// A model of Rocket.Chat Omnichannel with its waiting queue switched on.
import { chooseFirst, takeFirst } from './choose.ts';
import type { Department, Peer } from './peer.ts';

const EVERY_MS = 5000;

/**
 * Whoever comes is queued. One worker looks every 5 seconds (the default of
 * `Omnichannel_queue_delay_timeout`) and takes one of each department: the first in order of arrival
 * goes to the available agent below the limit to whom the department has given the fewest so far
 * ("Auto Selection", the default).
 *
 * Sources, in RocketChat/Rocket.Chat: `apps/meteor/server/services/omnichannel/queue.ts`,
 * `apps/meteor/server/lib/omnichannel/QueueManager.ts`,
 * `packages/models/src/models/LivechatDepartmentAgents.ts` (`getNextAgentForDepartment`).
 */
export function makeRocketChat(): Peer {
  const counts = new Map<Department, Map<number, number>>();
  return {
    everyMs: EVERY_MS,
    *decide(news, floor) {
      if (news.what !== 'tick') return;
      for (const department of floor.listDepartments()) {
        const [give] = takeFirst(department.waiting, 1);
        if (give === undefined) continue;
        const given = counts.get(department) ?? new Map<number, number>();
        counts.set(department, given);
        const countOf = (agent: number) => given.get(agent) ?? 0;
        const to = chooseFirst(department, floor, (_a, _b, a, b) => countOf(a) - countOf(b));
        if (to === null) continue;
        given.set(to, countOf(to) + 1);
        yield { give, to };
      }
    },
  };
}
