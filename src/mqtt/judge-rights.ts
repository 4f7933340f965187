// Ends the connections of those whose right has ended while they were connected, on this node.
import type { ChannelDirectory } from '../desk/channel-directory.ts';
import type { Desk } from '../desk/context.ts';
import { eachAlone } from '../store/each-alone.ts';
import { readStanding } from '../store/standing.ts';
import { listStandingWebSessions } from '../store/web-sessions.ts';
import type { Broker } from './broker.ts';
import { type Identity, isOpenToAnybody, maySit, roleOf } from './identity.ts';
import type { Judged } from './pass-on.ts';

export interface Rights {
  /** Something may have ended: who is meant is looked at anew. */
  judge(judged: Judged): void;
  stop(): Promise<void>;
}

export interface RightsMeans {
  desk: Pick<Desk, 'db'>;
  directory: ChannelDirectory;
  broker: () => Pick<Broker, 'identities' | 'cut' | 'cutEnded'> | null;
  onError: (error: unknown, what: string) => void;
  sweepMs?: number;
}

/** Who was recognised just before the end may have been let in just after it. */
const ONCE_MORE_AFTER_MS = 2000;
/** What ends by itself, as a token that grows too old, and what another node told us in vain. */
const SWEEP_MS = 30_000;

export function judgeRights(means: RightsMeans): Rights {
  const { broker, onError, sweepMs = SWEEP_MS } = means;
  const timers = new Set<NodeJS.Timeout>();
  const due = new Set<string>();
  let running: Promise<void> | null = null;
  let stopped = false;
  const run = async (): Promise<void> => {
    for (const workspaceId of due) {
      due.delete(workspaceId);
      await eachAlone([cutAtBroker, cutHere], (cut) => cut(means, workspaceId)).catch(
        (error: unknown) => onError(error, 'those whose right has ended could not be looked up'),
      );
    }
    running = null;
  };
  const judgeNow = ({ workspaceId, sessionIds }: Judged): void => {
    if (stopped || broker() === null) return;
    // Those have ended: there is nothing to look up.
    if (sessionIds !== undefined) cutSessions(means, { workspaceId, sessionIds });
    else {
      due.add(workspaceId);
      running ??= run();
    }
  };
  const sweep = setInterval(() => {
    const present = broker()?.identities() ?? [];
    for (const { workspaceId } of present) due.add(workspaceId);
    if (due.size > 0 && !stopped) running ??= run();
  }, sweepMs);
  sweep.unref();
  return {
    judge: (judged) => {
      judgeNow(judged);
      const timer = setTimeout(() => {
        timers.delete(timer);
        judgeNow(judged);
      }, ONCE_MORE_AFTER_MS);
      timers.add(timer.unref());
    },
    stop: async () => {
      stopped = true;
      clearInterval(sweep);
      for (const timer of timers) clearTimeout(timer);
      await running;
    },
  };
}

function cutSessions(
  { broker, onError }: RightsMeans,
  { workspaceId, sessionIds }: { workspaceId: string; sessionIds: readonly string[] },
): void {
  const ended = new Set(sessionIds);
  broker()?.cut((one) => one.kind === 'visitor' && ended.has(one.session.sessionId));
  broker()
    ?.cutEnded(workspaceId)
    .catch((error: unknown) => onError(error, 'ended visitors could not be cut at the broker'));
}

async function cutAtBroker({ broker }: RightsMeans, workspaceId: string): Promise<void> {
  await broker()?.cutEnded(workspaceId);
}

async function cutHere(means: RightsMeans, workspaceId: string): Promise<void> {
  const { broker } = means;
  const present = (broker()?.identities() ?? []).filter((one) => one.workspaceId === workspaceId);
  if (present.length === 0) return;
  const standing = new Set([
    ...(await findStandingVisitors(means, workspaceId, present)),
    ...(await findStandingStaff(means, workspaceId, present)),
    ...present.filter(({ kind }) => kind === 'anonymous' && isOpenToAnybody(means.directory)),
  ]);
  const ended = new Set(present.filter((identity) => !standing.has(identity)));
  if (ended.size > 0) broker()?.cut((identity) => ended.has(identity));
}

async function findStandingVisitors(
  { desk, directory }: RightsMeans,
  workspaceId: string,
  present: readonly Identity[],
): Promise<Identity[]> {
  const visitors = present.filter((one) => one.kind === 'visitor');
  const fitting = visitors.filter((visitor) => maySit(directory, visitor));
  const sessionIds = fitting.map(({ session }) => session.sessionId);
  const standing = new Set(await listStandingWebSessions(desk.db, { workspaceId, sessionIds }));
  return fitting.filter(({ session }) => standing.has(session.sessionId));
}

/** Whose role has changed comes anew, and with it what they may listen to. */
async function findStandingStaff(
  { desk }: RightsMeans,
  workspaceId: string,
  present: readonly Identity[],
): Promise<Identity[]> {
  const staff = present.filter((one) => one.kind === 'agent' || one.kind === 'service');
  const asked = staff.map((one) => ({
    agentId: one.kind === 'agent' ? one.agentId : null,
    ...one.proof,
  }));
  const rows = await readStanding(desk.db, workspaceId, asked);
  return rows.flatMap((row) => {
    const identity = staff[row.place - 1];
    if (identity === undefined || identity.role !== roleOf(identity.kind, row)) return [];
    if (identity.kind === 'agent') {
      identity.name = row.agentName ?? identity.name;
      identity.agentsSee = row.agentsSee;
    }
    return [identity];
  });
}
