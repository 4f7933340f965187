// How a commit is traced: the joint that telemetry fills where traces are on.

export interface CommitTraces {
  /**
   * `isPass`: it serves what earlier requests have left; otherwise it is of the requests in whose traces the work is
   * done. null: of none that is recorded.
   */
  begin(commit: { workspaceId: string; isPass: boolean }): CommitTrace | null;
}

export interface CommitTrace {
  /** To be waited for before the work begins; it is soon. Never rejects. */
  ready?: Promise<void> | null;
  /**
   * It is committed, and nobody acts on it yet. `gathered`: the conversation of each request that shares it, where they
   * are known. Never throws, and holds nothing up.
   */
  done(touched: Touched): void;
  /** It is rolled back. */
  failed(): void;
}

export interface Touched {
  conversationIds: readonly string[];
  gathered: readonly (string | null)[] | null;
}

export async function traced<T>(
  trace: CommitTrace,
  work: () => Promise<T>,
  readTouched: () => Touched,
): Promise<T> {
  let result: T;
  if (trace.ready) await trace.ready;
  try {
    result = await work();
  } catch (error) {
    trace.failed();
    throw error;
  }
  trace.done(readTouched());
  return result;
}
