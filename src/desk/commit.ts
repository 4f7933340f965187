// The only way to an effect: a verb states inside its transaction what must follow, and it follows
// after the commit.
import type { Pool } from 'pg';
import type { Effect, Promised } from '../store/effects.ts';
import type { Call, Db } from '../store/sql.ts';
import {
  type Outcome,
  type RoutingTx,
  type Tx,
  withRoutingLock,
  withRoutingPass,
  withTx,
} from '../store/tx.ts';
import { outOfTrace } from '../trace.ts';
import type { Change } from './change.ts';
import { type CommitTraces, traced } from './trace-commit.ts';

/** Receives the effects. Only this file knows it: code that has a desk cannot call it. */
export interface Receiver {
  /** Capacity may be free, or a conversation may wait: the router runs a pass. */
  wake(workspaceId: string): void;
  /** As wake, after that time. */
  wakeIn(workspaceId: string, ms: number): void;
  /** There are deliveries. */
  send(workspaceId: string): void;
  /** Somebody may be looking at it. Best effort: no caller waits for it. */
  changed(workspaceId: string, changes: readonly Change[]): void;
  /** The channels have changed; returns once this node has read them again. */
  channelsChanged(workspaceId: string): Promise<void>;
  /** Absent: nothing is traced. */
  traces?: CommitTraces | undefined;
}

const receiver = Symbol('receiver');

/** The property of a desk with the receiver of its commits. */
export interface Telling {
  readonly [receiver]: Receiver;
}

export function telling(to: Receiver): Telling {
  return { [receiver]: to };
}

/** Called before the server serves. */
export const nobodyListens = telling({
  wake: () => {},
  wakeIn: () => {},
  send: () => {},
  changed: () => {},
  channelsChanged: async () => {},
});

/** A value, or a function that is called after the commit, when the outcome is known. */
type Stated<T> = T | (() => T);
type Id = string | null;
/** By their ids; null: all of that kind. */
type Told = Stated<Id | Omit<Change, 'kind'> | readonly (Id | Omit<Change, 'kind'>)[]>;

/**
 * What follows a commit. The type of a statement demands what it needs; false, or an empty list:
 * nothing after all.
 */
export type Effects = Partial<Record<Exclude<Effect, Flag>, Told>> & {
  wake?: Stated<boolean>;
  send?: Stated<boolean>;
  channels?: Stated<boolean>;
  /** true: the rights of everybody; a list: of these visitors' sessions, which have ended. */
  rights?: Stated<boolean | readonly string[]>;
  /** Also: the router runs a pass after that many milliseconds. */
  wakeIn?: number;
  /** For traces: the conversation of each item that shares the commit, in the order in which they were gathered. */
  gathered?: () => readonly (string | null)[];
};
type Flag = 'wake' | 'send' | 'channels' | 'rights';

/** States effects, and answers the connection on which the statements that need them may run. */
export type After<On> = <E extends Effects>(effects: E) => On & Promised<keyof E & Effect>;

type Committing = { db: Pool } & Telling;

/** Commits when `work` returns, then runs its effects. When `work` throws, nothing follows. */
export function commit<T>(
  desk: Committing,
  workspaceId: string,
  work: (tx: Tx, after: After<Tx>) => Promise<T>,
): Promise<T> {
  return follow(desk, { workspaceId }, (state) => withTx(desk.db, (tx) => work(tx, on(tx, state))));
}

/** As commit, under the workspace's routing lock, taken at `now`. */
export function commitLocked<T>(
  desk: Committing,
  workspaceId: string,
  work: (tx: RoutingTx, after: After<RoutingTx>, now: Date) => Promise<T>,
): Promise<T> {
  return follow(desk, { workspaceId }, (state) =>
    withRoutingLock(desk.db, workspaceId, (tx, now) => work(tx, on(tx, state), now)),
  );
}

/** As commitLocked, in the two round trips of a routing pass. */
export function commitPass<Read extends object, T>(
  desk: Committing,
  workspaceId: string,
  pass: {
    read: Call<Read>;
    decide: (tx: RoutingTx, rows: Read[], after: After<RoutingTx>) => Promise<Outcome<T>>;
    rowWaitMs: number;
  },
): Promise<T> {
  return follow(desk, { workspaceId, isPass: true }, (state) =>
    withRoutingPass(desk.db, {
      ...pass,
      workspaceId,
      decide: (tx, rows) => pass.decide(tx, rows, on(tx, state)),
    }),
  );
}

/**
 * One statement, which commits itself: one round trip instead of three. It may run no second one.
 */
export function commitOne<T>(
  desk: Committing,
  workspaceId: string,
  work: (after: After<Db>) => Promise<T>,
): Promise<T> {
  return follow(desk, { workspaceId }, (state) => work(on(onlyOnce(desk.db), state)));
}

function onlyOnce(db: Pool): Db {
  let used = false;
  const query = (...args: Parameters<Pool['query']>) => {
    if (used) throw new Error('A second statement needs a transaction: use commit.');
    used = true;
    return db.query(...args);
  };
  return { query: query as Pool['query'] };
}

type State = (effects: Effects) => void;

function on<On>(connection: On, state: State): After<On> {
  return (effects) => {
    state(effects);
    return connection as never;
  };
}

async function follow<T>(
  desk: Telling,
  { workspaceId, isPass = false }: { workspaceId: string; isPass?: boolean },
  work: (state: State) => Promise<T>,
): Promise<T> {
  const to = desk[receiver];
  const stated: Effects[] = [];
  const act = () => work((effects) => stated.push(effects));
  const trace = to.traces?.begin({ workspaceId, isPass }) ?? null;
  const result = trace === null ? await act() : await traced(trace, act, () => readTouched(stated));
  // Whom it wakes works for others too.
  await outOfTrace(() => fire(to, workspaceId, stated));
  return result;
}

function readTouched(stated: readonly Effects[]) {
  const changes = stated.flatMap(readChanges);
  const isOf = ({ kind }: Change) => kind === 'conversation' || kind === 'message';
  const ids = changes.flatMap((one) => (isOf(one) && one.id !== null ? [one.id] : []));
  const { gathered } = stated.find((one) => one.gathered !== undefined) ?? {};
  return { conversationIds: [...new Set(ids)], gathered: gathered?.() ?? null };
}

/** Each once, however often it was stated. Channels first: rights are judged by them. */
async function fire(to: Receiver, workspaceId: string, stated: readonly Effects[]): Promise<void> {
  const states = (effect: Flag) => stated.some((one) => read(one[effect] ?? false) === true);
  const changes = stated.flatMap(readChanges);
  try {
    if (states('channels')) await to.channelsChanged(workspaceId);
  } finally {
    if (states('wake')) to.wake(workspaceId);
    for (const { wakeIn } of stated) if (wakeIn !== undefined) to.wakeIn(workspaceId, wakeIn);
    if (states('send')) to.send(workspaceId);
    if (changes.length > 0) to.changed(workspaceId, onlyDifferent(changes));
  }
}

function readChanges({
  wake,
  wakeIn,
  send,
  channels,
  gathered,
  rights = false,
  ...kinds
}: Effects): Change[] {
  const ended = read(rights);
  const sessions = typeof ended === 'boolean' ? (ended ? [null] : []) : ended;
  const told = Object.entries(kinds) as [Change['kind'], Told][];
  return [
    ...sessions.map((id): Change => ({ kind: 'rights', id })),
    ...told.flatMap(([kind, value]) => [read(value)].flat().map((one) => change(kind, one))),
  ];
}

function change(kind: Change['kind'], told: Id | Omit<Change, 'kind'>): Change {
  return typeof told === 'object' && told !== null ? { kind, ...told } : { kind, id: told };
}

function read<T>(stated: Stated<T>): T {
  return typeof stated === 'function' ? (stated as () => T)() : stated;
}

function onlyDifferent(changes: readonly Change[]): Change[] {
  return [...new Map(changes.map((one) => [JSON.stringify(one), one])).values()];
}
