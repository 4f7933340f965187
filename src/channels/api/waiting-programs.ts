// The programs that wait at this node for news of their channel: bounded, woken when there may be some, and sent home at the end.
import type { Clock } from '../../clock.ts';
import type { Presence } from '../../contract/presence.ts';
import {
  type AskedUpdate,
  askedUpdates,
  type ToldPrograms,
  type Update,
} from '../../contract/updates.ts';
import type { Change } from '../../desk/change.ts';
import type { ChannelDirectory } from '../../desk/channel-directory.ts';
import { Refused } from '../../errors.ts';

/** At a node, at the same time. */
export const MOST_WAITING = { ofToken: 20, ofChannel: 50, inAll: 1000 };
/** What comes at its moment while a program is not ready; what comes on top is dropped. */
const MOST_KEPT = 500;
/** Of these, told at a time. */
const MOST_AT_ONCE = 100;
/** A program that was answered asks again within this time; what comes in between is kept for it. */
const BACK_WITHIN_MS = 5000;

export interface Waiting {
  workspaceId: string;
  channelId: string;
  tokenId: string | null;
  /** What it wants to be told besides. */
  also: readonly AskedUpdate[];
}

/** Why a program was woken, or that its time is over. */
export type Woken =
  | 'news'
  | 'time'
  /** Its right may have ended. */
  | 'judge'
  /** The server stops, or the program has gone. */
  | 'end'
  | { passing: Update[] };

export interface Place {
  /** At once, if something has come since the last call. */
  next(withinMs: number): Promise<Woken>;
  /** The program was answered, or has gone. */
  leave(): void;
}

export interface WaitingPrograms {
  /** Refuses `updates.too-many`. */
  take(who: Waiting): Place;
  heard(workspaceId: string, told: ToldPrograms): void;
  heardPresence(workspaceId: string, channelId: string, presence: Presence): void;
  /** The channels whose programs wait at this node, or will in a moment, and want such updates. */
  channelsOf(workspaceId: string, wanted: AskedUpdate): string[];
  /** Whether programs of the workspace may have to be told, here or at another node. */
  concerns(workspaceId: string, changes: readonly Change[]): boolean;
  judge(workspaceId: string): void;
  isEnding(): boolean;
  /** Everybody who waits is answered now, and nobody waits any more. */
  end(): void;
}

const SEEN: ReadonlySet<Change['kind']> = new Set(['conversation', 'message', 'read']);

/** `onMoved`: programs that want places have begun to wait at this node, or the places may have moved. */
export function openWaitingPrograms({
  clock,
  directory,
  onMoved,
}: {
  clock: Pick<Clock, 'after' | 'now'>;
  directory: Pick<ChannelDirectory, 'ofKind'>;
  onMoved: (workspaceId: string) => void;
}): WaitingPrograms {
  const waiting = new Set<WaitingOne>();
  const boxes = keepBoxes(clock);
  let ending = false;
  const each = (workspaceId: string, act: (one: WaitingOne) => void): void => {
    for (const one of waiting) if (one.who.workspaceId === workspaceId) act(one);
  };
  const pass = (workspaceId: string, channelId: string, update: Update): void => {
    boxes.put(channelId, update);
    each(workspaceId, (one) => {
      if (one.who.channelId === channelId && wants(one.who, update)) one.pass(update);
    });
  };
  const channelsOf: WaitingPrograms['channelsOf'] = (workspaceId, wanted) => {
    const own = [...waiting, ...boxes.left()].filter(
      ({ who }) => who.workspaceId === workspaceId && who.also.includes(wanted),
    );
    return [...new Set(own.map(({ who }) => who.channelId))];
  };
  return {
    take: (who) => {
      refuseCrowd([...waiting], who);
      const { workspaceId, channelId } = who;
      const known = channelsOf(workspaceId, 'place');
      const one = makeOne(who, { clock, box: boxes.take(who) }, () => {
        if (waiting.delete(one)) boxes.keep(one);
      });
      waiting.add(one);
      if (ending) one.wake('end');
      if (who.also.includes('place') && !known.includes(channelId)) onMoved(workspaceId);
      return one;
    },
    heard: (workspaceId, told) => {
      if (told !== null) return pass(workspaceId, told.channelId, told.update);
      each(workspaceId, (one) => one.wake('news'));
      if (channelsOf(workspaceId, 'place').length > 0) onMoved(workspaceId);
    },
    heardPresence: (workspaceId, channelId, { state: presence }) => {
      const at = new Date(clock.now()).toISOString();
      pass(workspaceId, channelId, { type: 'presence', at, presence });
    },
    channelsOf,
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

function wants({ also }: Waiting, { type }: Update): boolean {
  const isAsked = (askedUpdates as readonly string[]).includes(type);
  return !isAsked || (also as readonly string[]).includes(type);
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

/** What has come at its moment and was not told yet: of each kind and conversation the latest. */
type Box = Map<string, Update>;

function putIn(box: Box, update: Update): void {
  const of = update.type === 'presence' ? '' : update.conversationId;
  const key = `${update.type} ${of}`;
  // What is news again is told in its turn.
  box.delete(key);
  if (box.size < MOST_KEPT) box.set(key, update);
}

interface Left {
  who: Waiting;
  box: Box;
}

/** The boxes of programs that were answered a moment ago: whoever asks again with the same token goes on with one. */
function keepBoxes(clock: Pick<Clock, 'after'>) {
  const kept = new Map<Left, () => void>();
  const drop = (one: Left): void => {
    kept.get(one)?.();
    kept.delete(one);
  };
  return {
    left: () => [...kept.keys()],
    put: (channelId: string, update: Update) => {
      for (const { who, box } of kept.keys()) {
        if (who.channelId === channelId && wants(who, update)) putIn(box, update);
      }
    },
    keep: ({ who, box }: Left) => {
      if (kept.size >= MOST_WAITING.inAll) return;
      const one = { who, box };
      kept.set(
        one,
        clock.after(BACK_WITHIN_MS, () => kept.delete(one)),
      );
    },
    take: ({ channelId, tokenId, also }: Waiting): Box => {
      const isOwn = ({ who }: Left) =>
        who.channelId === channelId && who.tokenId === tokenId && `${who.also}` === `${also}`;
      const found = [...kept.keys()].find(isOwn);
      if (found === undefined) return new Map();
      drop(found);
      return found.box;
    },
  };
}

interface WaitingOne extends Place, Left {
  wake(cause: Cause): void;
  pass(update: Update): void;
}

function makeOne(
  who: Waiting,
  { clock, box }: { clock: Pick<Clock, 'after'>; box: Box },
  forget: () => void,
): WaitingOne {
  const causes = new Set<Cause>();
  let ring: (() => void) | null = null;
  const take = (): Woken | null => {
    if (causes.has('end')) return 'end';
    for (const cause of ['judge', 'news'] as const) if (causes.delete(cause)) return cause;
    if (box.size === 0) return null;
    const some = [...box].slice(0, MOST_AT_ONCE);
    for (const [key] of some) box.delete(key);
    return { passing: some.map(([, update]) => update) };
  };
  const wake = (cause: Cause): void => {
    causes.add(cause);
    ring?.();
  };
  return {
    ...{ who, box, wake },
    pass: (update) => {
      putIn(box, update);
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
