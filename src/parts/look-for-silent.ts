// Looks again and again for visitors who have left, agents who do not accept, and leases that are over.
import type { Config } from '../config.ts';
import { ACCEPT_SECONDS } from '../contract/webchat.ts';
import type { Desk } from '../desk/context.ts';
import { letGoOfSilent } from '../desk/keep-presence.ts';
import { watchLeases } from '../desk/watch-leases.ts';
import type { Broker } from '../mqtt/broker.ts';
import { everyWorkspace } from '../store/every-workspace.ts';

const LOOK_AT_MOST_MS = 5000;

export function lookForSilent(means: {
  config: Config;
  desk: Desk;
  broker: () => Pick<Broker, 'cutEnded'> | null;
  /** null: nobody else says who is at work. */
  isSeen: Parameters<typeof watchLeases>[1]['isSeen'];
  onError: (error: unknown, what: string) => void;
}): { stop(): Promise<void> } {
  const { config, desk, broker, isSeen, onError } = means;
  const { SESSION_KEEP_ALIVE_TIME: silentMs, ATTENDANT_KEEP_ALIVE_TIME: leaseMs } = config;
  const limits = { silentSeconds: silentMs / 1000, acceptSeconds: ACCEPT_SECONDS };
  const looking = everyWorkspace(
    { db: desk.db, sweepMs: Math.min(LOOK_AT_MOST_MS, silentMs / 4), onError },
    {
      'letting go of who fell silent': (workspaceId) =>
        letGoOfSilent(desk, { workspaceId, ...limits }),
      // Whoever ended a session may have died before it could cut the connection.
      'cutting who has ended': async (workspaceId) => broker()?.cutEnded(workspaceId),
    },
  );
  const leases = watchLeases(desk, {
    sweepMs: Math.min(LOOK_AT_MOST_MS, leaseMs),
    isSeen,
    onError,
  });
  return {
    stop: async () => {
      await looking.stop();
      await leases.stop();
    },
  };
}
