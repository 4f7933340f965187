// The programs that wait at this node for news of their channel: bounded, woken when there may be some, and sent home at the end.
import type { Clock } from '../../clock.ts';
import type { ToldPrograms, Update } from '../../contract/updates.ts';
import type { Change } from '../../desk/change.ts';
import type { ChannelDirectory } from '../../desk/channel-directory.ts';
import { Refused } from '../../errors.ts';

/** At a node, at the same time. */
export const MOST_WAITING = { ofToken: 20, ofChannel: 50, inAll: 1000 };
/** What is typed while a program is not ready; what comes on top is dropped. */
const MOST_TYPED = 100;

export interface Waiting {
  workspaceId: string;
  channelId: string;
  tokenId: string | null;
}

/** Why a program was woken, or that its time is over. */
export type Woken =
  | 'news'
  | 'time'
  /** Its right may have ended. */
  | 'judge'
  /** The server stops, or the program has gone. */
  | 'end'
  | { typed: Update[] };

export interface Place {
  /** At once, if something has come since the last call. */
  next(withinMs: number): Promise<Woken>;
  /** The program has gone. */
  leave(): void;
}

export interface WaitingPrograms {
  /** Refuses `updates.too-many`. */
  take(who: Waiting): Place;
  heard(workspaceId: string, told: ToldPrograms): void;
  /** Whether programs of the workspace may have to be told, here or at another node. */
  concerns(workspaceId: string, changes: readonly Change[]): boolean;
  judge(workspaceId: string): void;
  isEnding(): boolean;
  /** Everybody who waits is answered now, and nobody waits any more. */
  end(): void;
}

const SEEN: ReadonlySet<Change['kind']> = new Set(['conversation', 'message', 'read']);

export function openWaitingPrograms({
  clock,
  directory,
}: {
  clock: Pick<Clock, 'after'>;
  directory: Pick<ChannelDirectory, 'ofKind'>;
}): WaitingPrograms {
  const waiting = new Set<WaitingOne>();
  let ending = false;
  const each = (workspaceId: string, act: (one: WaitingOne) => void): void => {
    for (const one of waiting) if (one.who.workspaceId === workspaceId) act(one);
  };
  return {
    take: (who) => {
      refuseCrowd([...waiting], who);
      const one = makeOne(who, clock, () => waiting.delete(one));
      waiting.add(one);
      if (ending) one.wake('end');
      return one;
    },
    heard: (workspaceId, told) =>
      each(workspaceId, (one) => {
        if (told === null) one.wake('news');
        else if (told.channelId === one.who.channelId) one.type(told.update);
      }),
    concerns: (workspaceId, changes) =>
      changes.some(({ kind }) => SEEN.has(kind)) &&
      directory.ofKind('api').some((channel) => channel.workspaceId === workspaceId),
    judge: (workspaceId) => each(workspaceId, (one) => one.wake('judge')),
    isEnding: () => ending,
    end: () => {
      ending = true;
      for (const one of waiting) one.wake('end');
    },
  };
}

function refuseCrowd(waiting: readonly WaitingOne[], { channelId, tokenId }: Waiting): void {
  const ofChannel = waiting.filter(({ who }) => who.channelId === channelId);
  const ofToken = ofChannel.filter(({ who }) => who.tokenId === tokenId);
  const isFull =
    waiting.length >= MOST_WAITING.inAll ||
    ofChannel.length >= MOST_WAITING.ofChannel ||
    ofToken.length >= MOST_WAITING.ofToken;
  if (isFull) throw new Refused('updates.too-many');
}

type Cause = 'news' | 'judge' | 'end';

interface WaitingOne extends Place {
  who: Waiting;
  wake(cause: Cause): void;
  type(update: Update): void;
}

function makeOne(who: Waiting, clock: Pick<Clock, 'after'>, forget: () => void): WaitingOne {
  const causes = new Set<Cause>();
  let typed: Update[] = [];
  let ring: (() => void) | null = null;
  const take = (): Woken | null => {
    if (causes.has('end')) return 'end';
    for (const cause of ['judge', 'news'] as const) if (causes.delete(cause)) return cause;
    if (typed.length === 0) return null;
    const all = typed;
    typed = [];
    return { typed: all };
  };
  const wake = (cause: Cause): void => {
    causes.add(cause);
    ring?.();
  };
  return {
    who,
    wake,
    type: (update) => {
      if (typed.length < MOST_TYPED) typed.push(update);
      ring?.();
    },
    next: async (withinMs) => {
      const come = take();
      if (come !== null || withinMs <= 0) return come ?? 'time';
      const called = Promise.withResolvers<void>();
      ring = called.resolve;
      const callOff = clock.after(withinMs, called.resolve);
      await called.promise;
      ring = null;
      callOff();
      return take() ?? 'time';
    },
    leave: () => {
      forget();
      wake('end');
    },
  };
}
