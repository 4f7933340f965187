// Plain ways to choose that desks have, or that theory compares with.
import type { Stream } from '../random.ts';
import { chooseFirst, giveAtOnce } from './choose.ts';
import type { Department, Peer } from './peer.ts';

/**
 * The agent below the capacity who was given the fewest conversations in all. It looks when somebody
 * comes and when somebody ends one. Rocket.Chat's Auto Selection chooses so without a waiting queue;
 * Live Helper Chat goes by who accepted one longest ago, which comes to nearly the same.
 *
 * Sources: RocketChat/Rocket.Chat, `packages/models/src/models/LivechatDepartmentAgents.ts`;
 * LiveHelperChat/livehelperchat, `lhc_web/lib/core/lhchat/lhchatworkflow.php` (`last_accepted`).
 */
export function makeFewestLifetimeChats(): Peer {
  return {
    everyMs: null,
    decide: (news, floor) =>
      giveAtOnce(news, floor, (department) =>
        chooseFirst(department, floor, (a, b) => a.given - b.given),
      ),
  };
}

/**
 * The fastest agent below the capacity, and of equally fast ones who holds the fewest. It looks when
 * somebody comes and when somebody ends one. It needs to know how fast everybody is.
 *
 * Source: M. Armony, Dynamic routing in large-scale service systems with heterogeneous servers,
 * Queueing Systems 51, 2005 ("fastest server first").
 */
export function makeFastestFirst(): Peer {
  return {
    everyMs: null,
    decide: (news, floor) =>
      giveAtOnce(news, floor, (department) =>
        chooseFirst(department, floor, (a, b) => b.speed - a.speed || a.held - b.held),
      ),
  };
}

/**
 * Any member of the department, drawn when somebody comes, without a look at what they hold. Early
 * versions of Tiledesk drew one of those available (Tiledesk/tiledesk-server,
 * `services/departmentService.js`, `getRandomAvailableOperator`).
 */
export function makeRandom(draw: Stream): Peer {
  return {
    everyMs: null,
    *decide(news) {
      if (news.what !== 'arrival') return;
      const to = drawMember(news.waiting.department, draw);
      if (to !== undefined) yield { give: news.waiting, to };
    },
  };
}

function drawMember({ members }: Department, draw: Stream): number | undefined {
  return members[Math.floor(draw() * members.length)];
}
