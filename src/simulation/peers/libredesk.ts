// A model of libredesk: everything is assigned by one loop.
import { hasRoom, makeTurns } from './choose.ts';
import type { Peer, PeerAgent } from './peer.ts';

const EVERY_MS = 5 * 60_000;

/**
 * Every 5 minutes (`autoassign_interval` of its sample configuration) all that wait are assigned in
 * order of arrival. Each is offered to the members of its team in turn, and the turn passes whoever is
 * at the team's limit; the count is looked up for each.
 *
 * Sources, in abhinavxd/libredesk: `internal/autoassigner/autoassigner.go`,
 * `internal/conversation/queries.sql` (`get-unassigned-conversations`), `config.sample.toml`.
 */
export function makeLibredesk(): Peer {
  const turns = makeTurns();
  return {
    everyMs: EVERY_MS,
    *decide(news, { waiting, agents }) {
      if (news.what !== 'tick') return;
      for (const give of waiting) {
        const { department } = give;
        for (const _ of department.members) {
          const to = turns.take(department, () => true);
          if (to === null || !hasRoom(agents[to] as PeerAgent)) continue;
          yield { give, to };
          break;
        }
      }
    },
  };
}
