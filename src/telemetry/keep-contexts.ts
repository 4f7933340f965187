// Writes which span has changed what, beside the work: no request, pass or delivery waits for it.
import type { Pool } from 'pg';
import type { Clock } from '../clock.ts';
import { makeGather } from '../store/gather.ts';
import { findLatestTraces, keepTraceContexts, type TraceContext } from '../store/trace-contexts.ts';
import { outOfTrace } from '../trace.ts';
import type { TraceLog } from './open-tracing.ts';

export interface Contexts {
  keep(workspaceId: string, contexts: readonly TraceContext[]): void;
  /** Keeps what is made of the last span that changed each; without those that none did. */
  keepAfter(
    commit: { workspaceId: string; conversationIds: readonly string[] },
    make: (latest: readonly TraceContext[]) => readonly TraceContext[],
  ): void;
  /** Once all that was begun before is written, or soon; null: nothing is under way. Never rejects. */
  settled(): Promise<void> | null;
}

/** More is left out: a database that is slow, or away, is not asked for the sake of traces. */
const MOST_UNDER_WAY = 200;

/** It takes a millisecond or two. What is not there then comes apart. */
const SOON_MS = 100;

const write = makeGather(async ({ db }: { db: Pool }, workspaceId: string, all: TraceContext[]) => {
  await keepTraceContexts(db, workspaceId, all);
  return all;
});

export function keepContexts({
  db,
  log,
  clock,
}: {
  db: Pool;
  log: TraceLog;
  clock: Pick<Clock, 'after'>;
}): Contexts {
  const underWay = new Set<Promise<void>>();
  const begin = (work: () => Promise<unknown>): void => {
    if (underWay.size >= MOST_UNDER_WAY) return;
    const lost = (error: unknown) => log.debug({ err: error }, 'traces have come apart');
    const done = outOfTrace(work).then(() => undefined, lost);
    underWay.add(done);
    void done.then(() => underWay.delete(done));
  };
  const writeAll = (workspaceId: string, contexts: readonly TraceContext[]) =>
    Promise.all(contexts.map((one) => write({ db }, workspaceId, one)));
  const settled = (): Promise<void> | null => {
    if (underWay.size === 0) return null;
    return new Promise((done) => {
      const cancel = clock.after(SOON_MS, done);
      void Promise.all(underWay).then(() => {
        cancel();
        done();
      });
    });
  };
  return {
    settled,
    keep: (workspaceId, contexts) => {
      if (contexts.length > 0) begin(() => writeAll(workspaceId, contexts));
    },
    keepAfter: ({ workspaceId, conversationIds }, make) => {
      const before = settled();
      begin(async () => {
        await before;
        const latest = await findLatestTraces(db, workspaceId, conversationIds);
        await writeAll(workspaceId, make(latest));
      });
    },
  };
}
