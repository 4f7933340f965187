// Starts all periodic work in the background.
import type { ChannelDirectory } from '../desk/channel-directory.ts';
import type { Desk } from '../desk/context.ts';
import type { IsSeen } from '../desk/end-leases.ts';
import type { KnownPolicies } from '../desk/known-policies.ts';
import { liftExclusions } from '../desk/lift-exclusions.ts';
import { requeueLeft } from '../desk/requeue-left.ts';
import { watchSilence } from '../desk/watch-silence.ts';
import { watchTargets } from '../desk/watch-targets.ts';
import { type Chore, everyWorkspace } from '../loops/every-workspace.ts';
import { repeat } from '../loops/repeat.ts';
import { listWorkspacesWithEndedExclusions } from '../store/exclusions.ts';
import { listWorkspacesWithLeftAgents } from '../store/left-agents.ts';
import { packDueDays } from '../store/pack-days.ts';
import { listWorkspacesWithDueDays } from '../store/report-days.ts';
import { listWorkspacesWithSilence } from '../store/silence.ts';
import { refreshStatistics } from '../store/statistics.ts';
import { listWorkspacesWithTurningTargets } from '../store/targets.ts';
import { foretell } from './foretell.ts';
import { forget } from './forget.ts';
import { lookForSilent } from './look-for-silent.ts';
import { type PollOptions, pollChannels } from './poll-channels.ts';
import { purgeWorkspaces } from './purge-workspaces.ts';
import { removeWaitedFor } from './remove-waited-for.ts';
import { type AlarmMeans, watchAlarms } from './watch-alarms.ts';
import { watchLeases } from './watch-leases.ts';
import { watchOffers } from './watch-offers.ts';
import { watchParked } from './watch-parked.ts';
import { watchPushes } from './watch-pushes.ts';

export interface HousekeepingMeans extends Pick<PollOptions, 'sync' | 'busyMs' | 'calmMs'> {
  desk: Desk;
  directory: ChannelDirectory;
  /** How long finished or held deliveries are kept. */
  deliveryDays: number;
  /** How long a visitor may be silent, and how long an agent's lease is. */
  silentMs: number;
  leaseMs: number;
  /** The workspace of which somebody else says who is at work, and what they say; null: nobody does. */
  seen: { workspaceId: string; isSeen: IsSeen } | null;
  /** Cuts who has ended at a broker beside us; null: there is none. */
  cutEnded: ((workspaceId: string) => Promise<void>) | null;
  /** What the alarms look at beside the database, and who hears that one began. */
  alarms: Omit<AlarmMeans, 'desk'>;
  onError: (error: unknown, what: string) => void;
}

const TICK_MS = 1000;
/** Until then a day that has changed is counted from raw rows. */
const PACKING_MS = 300_000;

export function startHousekeeping(means: HousekeepingMeans): { stop(): Promise<void> } {
  const { desk, onError } = means;
  const { clock } = desk;
  const known: KnownPolicies = new Map();
  const chores: Chore[] = [
    {
      what: 'lifting exclusions',
      everyMs: TICK_MS,
      list: () => listWorkspacesWithEndedExclusions(desk.db),
      act: (workspaceId) => liftExclusions(desk, { workspaceId }),
    },
    {
      what: 'taking back what agents left',
      everyMs: TICK_MS,
      list: () => listWorkspacesWithLeftAgents(desk.db),
      act: (workspaceId) => requeueLeft(desk, workspaceId),
    },
    {
      what: 'looking at targets',
      everyMs: TICK_MS,
      list: () => listWorkspacesWithTurningTargets(desk.db),
      act: (workspaceId) => watchTargets(desk, { workspaceId, known }),
    },
    {
      what: 'looking at who is silent',
      everyMs: TICK_MS,
      list: () => listWorkspacesWithSilence(desk.db),
      act: (workspaceId) => watchSilence(desk, { workspaceId, known }),
    },
    ...foretell(desk),
    ...lookForSilent(means),
    watchAlarms({ desk, ...means.alarms }),
    ...forget({ desk, deliveryDays: means.deliveryDays }),
    {
      what: 'packing days for reports',
      everyMs: PACKING_MS,
      list: () => listWorkspacesWithDueDays(desk.db),
      act: (workspaceId, goesOn) => packDueDays(desk.db, workspaceId, goesOn),
    },
    purgeWorkspaces(desk.db),
    removeWaitedFor(desk),
  ];
  const loops = [
    ...chores.map((chore) => everyWorkspace(chore, { onError, clock })),
    watchLeases(desk, means),
    watchOffers(desk, means),
    watchParked(desk, means),
    watchPushes(desk, means),
    pollChannels(means),
    repeat({
      ...{ everyMs: TICK_MS, clock },
      act: () => refreshStatistics(desk.db),
      onError: (error) => onError(error, 'looking at the tables failed'),
    }),
  ];
  return {
    stop: async () => {
      await Promise.all(loops.map((loop) => loop.stop()));
    },
  };
}
