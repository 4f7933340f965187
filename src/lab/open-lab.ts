// Simulations of all workspaces: few run at a time, some wait, results are kept for a while, and nothing outlives the process.
import { availableParallelism } from 'node:os';
import { v7 as uuid } from 'uuid';
import type { Clock } from '../clock.ts';
import type { SimulationRun } from '../contract/lab.ts';
import { Refused } from '../errors.ts';
import { listTooDeep } from '../simulation/read-scenario.ts';
import { type Ended, startThread, type Thread, type ThreadLimits } from './run-thread.ts';
import { countTraffic, type Traffic } from './traffic.ts';

export interface LabLimits extends ThreadLimits {
  /** How many run at a time, in all and of one workspace. */
  most: number;
  mostEach: number;
  /** How many wait, in all and of one workspace. */
  mostWaiting: number;
  mostWaitingEach: number;
  /** How many results are kept, in all and of one workspace, how long, and of what size together. */
  mostKept: number;
  mostKeptEach: number;
  keptMs: number;
  keptSize: number;
}

const LIMITS: LabLimits = {
  // A core stays for the server.
  most: Math.max(1, Math.min(2, availableParallelism() - 1)),
  mostEach: 1,
  mostWaiting: 20,
  mostWaitingEach: 4,
  mostKept: 200,
  mostKeptEach: 20,
  keptMs: 3_600_000,
  keptSize: 32 * 1024 * 1024,
  memoryMb: 256,
  withinMs: 120_000,
};

export interface RunKey {
  workspaceId: string;
  id: string;
}

export interface Lab {
  /** Refuses `simulation.too-many`. */
  run(args: { workspaceId: string; scenario: unknown; runs?: number }): SimulationRun;
  /** null: there is none in this workspace. */
  get(key: RunKey): SimulationRun | null;
  /** Ends what waits or runs, and forgets what has ended; resolves when its thread is gone. false: there is none. */
  cancel(key: RunKey): Promise<boolean>;
  close(): Promise<void>;
}

interface Kept extends RunKey {
  shown: SimulationRun;
  scenario: unknown;
  /** On so many seeds. */
  runs: number;
  thread: Thread | null;
  size: number;
  endedAt: number | null;
}

interface Room {
  clock: Pick<Clock, 'after' | 'elapsed'>;
  limits: LabLimits;
  traffic: Traffic;
  /** In the order in which they came. */
  runs: Map<string, Kept>;
}

export function openLab({
  clock,
  traffic = countTraffic(),
  limits: changed = {},
}: {
  clock: Room['clock'];
  /** What simulations give way to. */
  traffic?: Traffic;
  limits?: Partial<LabLimits>;
}): Lab {
  const room: Room = { clock, traffic, limits: { ...LIMITS, ...changed }, runs: new Map() };
  const find = ({ workspaceId, id }: RunKey): Kept | null => {
    forgetOld(room);
    const run = room.runs.get(id);
    return run?.workspaceId === workspaceId ? run : null;
  };
  return {
    run: ({ workspaceId, scenario, runs = 1 }) => {
      refuseWhereFull(room, workspaceId);
      const run = makeKept(workspaceId, { scenario, runs });
      room.runs.set(run.id, run);
      beginNext(room);
      return { ...run.shown };
    },
    get: (key) => find(key)?.shown ?? null,
    cancel: async (key) => {
      const run = find(key);
      if (run === null) return false;
      const { thread } = run;
      if (run.endedAt !== null) room.runs.delete(run.id);
      else if (thread === null) settle(room, run, 'cancelled');
      else {
        await thread.stop();
        await thread.ended;
      }
      return true;
    },
    close: async () => {
      const threads = [...room.runs.values()].map(({ thread }) => thread);
      room.runs.clear();
      await Promise.all(threads.map((thread) => thread?.stop()));
    },
  };
}

/** Of one workspace, or of all. */
function listIn({ runs }: Room, state: SimulationRun['state'], workspaceId?: string): Kept[] {
  return [...runs.values()].filter(
    (one) =>
      one.shown.state === state && (workspaceId === undefined || one.workspaceId === workspaceId),
  );
}

function refuseWhereFull(room: Room, workspaceId: string): void {
  const { mostWaiting, mostWaitingEach } = room.limits;
  const isFull =
    listIn(room, 'waiting').length >= mostWaiting ||
    listIn(room, 'waiting', workspaceId).length >= mostWaitingEach;
  if (isFull) throw new Refused('simulation.too-many');
}

function beginNext(room: Room): void {
  const { most, mostEach } = room.limits;
  for (const run of listIn(room, 'waiting')) {
    if (listIn(room, 'running').length >= most) return;
    // One that ends before it runs has begun others meanwhile.
    if (run.shown.state !== 'waiting') continue;
    if (listIn(room, 'running', run.workspaceId).length < mostEach) begin(room, run);
  }
}

function begin(room: Room, run: Kept): void {
  const { limits, traffic, clock } = room;
  run.shown.state = 'running';
  const faults = listTooDeep(run.scenario);
  if (faults.length > 0) {
    settle(room, run, { problem: 'faulty', faults });
    return;
  }
  try {
    run.thread = startThread({
      ...{ scenario: run.scenario, runs: run.runs, limits, traffic, clock },
      onProgress: (progress) => {
        run.shown.progress = progress;
      },
    });
  } catch {
    // It could not be handed over. Whoever comes next must not wait for it.
    settle(room, run, { problem: 'broken', faults: [] });
    return;
  }
  void run.thread.ended.then((ended) => settle(room, run, ended));
}

function settle(room: Room, run: Kept, ended: Ended): void {
  Object.assign(run, { thread: null, scenario: null, endedAt: room.clock.elapsed() });
  if (ended === 'cancelled') run.shown.state = 'cancelled';
  else if ('problem' in ended) Object.assign(run.shown, { state: 'failed', ...ended });
  else {
    run.size = ended.size;
    Object.assign(run.shown, { state: 'done', progress: 1, result: ended.result });
  }
  forgetOld(room);
  beginNext(room);
}

function makeKept(workspaceId: string, asked: Pick<Kept, 'scenario' | 'runs'>): Kept {
  const id = uuid();
  const shown: SimulationRun = {
    ...{ id, state: 'waiting', progress: 0 },
    ...{ problem: null, faults: [], result: null },
  };
  return { id, workspaceId, shown, ...asked, thread: null, size: 0, endedAt: null };
}

/** The oldest first; never what waits or runs. */
function forgetOld({ runs, limits, clock }: Room): void {
  const now = clock.elapsed();
  const kept = { all: 0, size: 0, each: new Map<string, number>() };
  for (const run of [...runs.values()].reverse()) {
    if (run.endedAt === null) continue;
    const each = (kept.each.get(run.workspaceId) ?? 0) + 1;
    kept.each.set(run.workspaceId, each);
    kept.all += 1;
    kept.size += run.size;
    const isOld = now - run.endedAt >= limits.keptMs || kept.size > limits.keptSize;
    if (isOld || kept.all > limits.mostKept || each > limits.mostKeptEach) runs.delete(run.id);
  }
}
