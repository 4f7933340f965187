// Keeps the connections to one origin: few at a time, reused while they are young.
import { type Exchange, type Exchanged, exchange } from './exchange.ts';
import { makeTurns } from './make-turns.ts';
import type { Connection } from './open-connection.ts';
import type { Failure } from './outbound-answer.ts';
import { readReason } from './start-deadline.ts';

export interface Origin {
  /** Waits for its turn, takes a connection and makes the exchange on it. */
  run(request: Exchange, connectMs: number): Promise<Exchanged & { address: string | null }>;
  /** Nothing runs, waits or is kept open. */
  isUnused(): boolean;
  close(): void;
}

/** So that a later change of the name counts, however busy the connection is. */
const MAX_AGE_MS = 60_000;

export function openOrigin(options: {
  limit: number;
  open(limits: { connectMs: number; signal: AbortSignal }): Promise<Connection | Failure>;
}): Origin {
  const { limit, open } = options;
  const idle: Connection[] = [];
  const turns = makeTurns(limit);

  function takeIdle(): Connection | undefined {
    for (let found = idle.pop(); found !== undefined; found = idle.pop()) {
      if (isFresh(found)) return found;
      found.close();
    }
    return undefined;
  }

  async function attempt(request: Exchange, connectMs: number): ReturnType<Origin['run']> {
    const reused = takeIdle();
    const connection = reused ?? (await open({ connectMs, signal: request.deadline.signal }));
    if (!connection.ok) return { ...connection, sent: false };
    const outcome = await exchange(connection, request);
    if (isFresh(connection)) idle.push(connection);
    else connection.close();
    // Closed by the other side while it was idle: nothing was written, so nothing is repeated.
    const stale =
      reused !== undefined && !outcome.ok && !outcome.sent && request.deadline.ended === null;
    return stale ? attempt(request, connectMs) : { ...outcome, address: connection.address };
  }

  return {
    async run(request, connectMs) {
      const { deadline } = request;
      const isGranted =
        (deadline.ended === null && turns.takeNow()) || (await turns.take(deadline.signal));
      if (!isGranted) return { ...readReason(deadline.signal.reason), sent: false };
      try {
        return await attempt(request, connectMs);
      } finally {
        turns.pass();
      }
    },
    isUnused: () => turns.isFree() && !idle.some((one) => one.isOpen()),
    close: () => {
      for (const connection of idle.splice(0)) connection.close();
    },
  };
}

function isFresh(connection: Connection): boolean {
  return connection.isOpen() && Date.now() - connection.openedAt < MAX_AGE_MS;
}
