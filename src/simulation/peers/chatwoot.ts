// Models of Chatwoot: its automatic assignment, and the newer one by assignment policies.
import { hasRoom, makeTurns, type Turns, takeFirst } from './choose.ts';
import type { Choice, Department, Floor, Peer, PeerAgent } from './peer.ts';

const BULK_MS = 15 * 60_000;
const PERIODIC_MS = 30 * 60_000;
const BULK = 100;

/**
 * Automatic assignment as it was before policies. A new conversation goes round robin to the online
 * members of its inbox who are below the limit. Nothing happens when an agent ends one. Every 15
 * minutes the oldest 100 unassigned of each inbox are assigned. Who is below the limit is looked up
 * once for all of these, so this may leave agents above it.
 *
 * Sources, in chatwoot/chatwoot: `app/models/concerns/auto_assignment_handler.rb`,
 * `app/services/auto_assignment/inbox_round_robin_service.rb`,
 * `app/jobs/inboxes/bulk_auto_assignment_job.rb`, `config/schedule.yml`, `lib/limits.rb`; the limit
 * in `enterprise/app/models/enterprise/inbox.rb`.
 */
export function makeChatwoot(): Peer {
  const turns = makeTurns();
  return {
    everyMs: BULK_MS,
    *decide(news, floor) {
      if (news.what === 'arrival') {
        const { department } = news.waiting;
        const to = turns.take(department, isBelow(floor));
        if (to !== null) yield { give: news.waiting, to };
      } else if (news.what === 'tick') {
        for (const department of floor.listDepartments())
          yield* assignBulk(department, floor, turns);
      }
    },
  };
}

function* assignBulk(department: Department, floor: Floor, turns: Turns): Iterable<Choice> {
  const allowed = new Set(department.members.filter(isBelow(floor)));
  for (const give of takeFirst(department.waiting, BULK)) {
    const to = turns.take(department, (agent) => allowed.has(agent));
    if (to !== null) yield { give, to };
  }
}

/**
 * Assignment by policies ("v2"), with a capacity of agents, which is part of the paid editions. When
 * a conversation comes or is resolved, the oldest 100 unassigned of its inbox are assigned round robin
 * to whoever has room; it is looked up anew for each. Every 30 minutes this is done for all inboxes.
 *
 * Sources, in chatwoot/chatwoot: `app/models/concerns/auto_assignment_handler.rb`,
 * `app/jobs/auto_assignment/assignment_job.rb`, `app/jobs/auto_assignment/periodic_assignment_job.rb`,
 * `app/services/auto_assignment/assignment_service.rb`;
 * the capacity in `enterprise/app/services/enterprise/auto_assignment/assignment_service.rb`.
 */
export function makeChatwootPolicies(): Peer {
  const turns = makeTurns();
  return {
    everyMs: PERIODIC_MS,
    *decide(news, floor) {
      if (news.what === 'arrival') yield* assignOldest(news.waiting.department, floor, turns);
      else if (news.what === 'end') yield* assignOldest(news.department, floor, turns);
      else
        for (const department of floor.listDepartments())
          yield* assignOldest(department, floor, turns);
    },
  };
}

function* assignOldest(department: Department, floor: Floor, turns: Turns): Iterable<Choice> {
  for (const give of takeFirst(department.waiting, BULK)) {
    const to = turns.take(department, isBelow(floor));
    if (to === null) return;
    yield { give, to };
  }
}

const isBelow =
  ({ agents }: Floor) =>
  (agent: number): boolean =>
    hasRoom(agents[agent] as PeerAgent);
