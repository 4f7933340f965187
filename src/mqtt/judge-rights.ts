// Ends this node's connections whose right has ended.
import type { ChannelDirectory } from '../desk/channel-directory.ts';
import type { Desk } from '../desk/context.ts';
import { eachAlone } from '../loops/each-alone.ts';
import { openLane } from '../loops/open-lane.ts';
import { repeat } from '../loops/repeat.ts';
import { readStanding } from '../store/standing.ts';
import { listStandingWebSessions } from '../store/web-sessions.ts';
import type { Broker } from './broker.ts';
import { type Identity, isOpenToAnybody, maySit, roleOf } from './identity.ts';
import type { Judged } from './pass-on.ts';

export interface Rights {
  /** Some right may have ended: the connections that are named are checked again. */
  judge(judged: Judged): void;
  stop(): Promise<void>;
}

export interface RightsMeans {
  desk: Pick<Desk, 'db' | 'clock'>;
  directory: ChannelDirectory;
  broker: () => Pick<Broker, 'identities' | 'cut' | 'cutEnded'> | null;
  onError: (error: unknown, what: string) => void;
  sweepMs?: number;
}

/** A client that was recognised just before the end may have been let in just after it. */
const ONCE_MORE_AFTER_MS = 2000;
/** Covers rights that end by time, such as a token's, and lost messages of other nodes. */
const SWEEP_MS = 30_000;

export function judgeRights(means: RightsMeans): Rights {
  const { broker, onError, sweepMs = SWEEP_MS } = means;
  const { clock } = means.desk;
  const coming = new Set<() => void>();
  const due = new Set<string>();
  let stopped = false;
  const lane = openLane({
    work: () =>
      eachAlone([...due], async (workspaceId) => {
        // A call that names it meanwhile wants another check.
        due.delete(workspaceId);
        try {
          await eachAlone([cutAtBroker, cutHere], (cut) => cut(means, workspaceId));
        } catch (error) {
          due.add(workspaceId);
          throw error;
        }
      }),
    onError: (error) => onError(error, 'those whose right has ended could not be looked up'),
    clock,
  });
  const judgeAll = (workspaceIds: Iterable<string>): void => {
    for (const workspaceId of workspaceIds) due.add(workspaceId);
    if (due.size > 0) lane.wake();
  };
  const judgeNow = ({ workspaceId, sessionIds }: Judged): void => {
    if (stopped || broker() === null) return;
    // These have ended: there is nothing to look up.
    if (sessionIds !== undefined) cutSessions(means, { workspaceId, sessionIds });
    else judgeAll([workspaceId]);
  };
  const sweep = repeat({
    everyMs: sweepMs,
    act: async () => judgeAll((broker()?.identities() ?? []).map(({ workspaceId }) => workspaceId)),
    onError: () => {},
    clock,
  });
  return {
    judge: (judged) => {
      judgeNow(judged);
      const callOff = clock.after(ONCE_MORE_AFTER_MS, () => {
        coming.delete(callOff);
        judgeNow(judged);
      });
      coming.add(callOff);
    },
    stop: async () => {
      stopped = true;
      for (const callOff of coming) callOff();
      await Promise.all([sweep.stop(), lane.stop()]);
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

/** After a role change the client must reconnect, so that its subscriptions are checked again. */
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
