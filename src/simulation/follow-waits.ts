// Tells simulated customers how long they wait, as the desk tells real ones, and keeps what came of it.
import { type Heap, makeHeap } from '../routing/heap.ts';
import type { Instant } from '../routing/types.ts';
import { countAhead, countPlaces, type Servers } from '../routing/waits/count-ahead.ts';
import { type Foretold, foretellWait, shapeWait } from '../routing/waits/foretell-wait.ts';
import { AGAIN_AFTER_SECONDS, isWorthTelling } from '../routing/waits/is-worth-telling.ts';
import { judgeRecord, MOST_SCORED } from '../routing/waits/judge-record.ts';
import { measureLeaving, type Past, scorePasts } from '../routing/waits/measure-line.ts';
import type { Shape } from '../routing/waits/shape-wait.ts';
import type { Watched, Witness } from './centre.ts';

export interface ToldWait {
  plan: string;
  at: Instant;
  /** How often this customer was told before. */
  nth: number;
  shape: Shape;
  /** null: too little is known, so that nothing is told. */
  told: Foretold | null;
  /** How it ended; null: it waits still. */
  end: 'served' | 'left' | null;
  /** When it ended. */
  endedAt: Instant | null;
}

interface Open {
  one: Watched;
  waits: ToldWait[];
  lookedAt: Instant;
}

/** So many of the newest say how long a conversation takes. */
const MOST_HOLDS = 100;

/** A witness of one run. Everything is told to whoever waits for longer than a moment. */
export function followWaits(): Witness & { list(): readonly ToldWait[] } {
  const waiting = new Map<string, Open>();
  const teller = makeTeller();
  const close = (id: string, now: Instant, end: 'served' | 'left') => {
    for (const wait of waiting.get(id)?.waits ?? []) Object.assign(wait, { end, endedAt: now });
    waiting.delete(id);
  };
  return {
    list: () => teller.all,
    wait: (one) => {
      // What was offered meanwhile waits on.
      if (waiting.has(one.id)) return;
      waiting.set(one.id, { one, waits: [], lookedAt: Number.NEGATIVE_INFINITY });
    },
    serve: (one, now, { ms, plan }) => {
      teller.holds.begin(plan ?? '', now, ms);
      close(one.id, now, 'served');
    },
    leave: ({ id }, now) => close(id, now, 'left'),
    pass: (now, { states }) => {
      const isDue = (open: Open) => now - open.lookedAt >= AGAIN_AFTER_SECONDS * 1000;
      if (![...waiting.values()].some(isDue)) return;
      const inLine = [...waiting.values()].filter(({ one }) => one.place !== null);
      const inOrder = inLine.sort(byRank);
      const servers = listServers(inOrder, (at) => states[at]?.capacity ?? 0);
      const keys = inOrder.map((open) => ({ needsKey: keyOf(open) }));
      const ahead = countAhead(keys, servers);
      inOrder.forEach((open, nth) => {
        if (!isDue(open)) return;
        open.lookedAt = now;
        const places = countPlaces(servers.get(keyOf(open)));
        teller.tell(open, now, { ahead: ahead[nth] as number, places });
      });
    },
  };
}

/** As the desk foretells and keeps it. */
function makeTeller() {
  const all: ToldWait[] = [];
  const firsts = new Map<string, ToldWait[]>();
  const holds = followHolds();
  const tell = (open: Open, now: Instant, at: { ahead: number; places: number }): void => {
    const plan = planOf(open.one);
    const holdSeconds = holds.mean(plan, now);
    if (holdSeconds === null) return;
    const own = firsts.get(plan) ?? [];
    const newest = own.slice(-MOST_SCORED).reverse();
    const pasts = newest.map((wait) => toPast(wait, now));
    const line = { ...at, holdSeconds, leavingPerSecond: measureLeaving(pasts) };
    const shape = shapeWait(at.ahead, line);
    if (shape === null) return;
    const record = judgeRecord(scorePasts(pasts));
    const told = record && foretellWait(shape, record);
    const before = open.waits.at(-1);
    if (before && !isWorthTelling(before.told, told, (now - before.at) / 1000)) return;
    const nth = open.waits.length;
    const wait: ToldWait = { plan, at: now, nth, shape, told, end: null, endedAt: null };
    open.waits.push(wait);
    all.push(wait);
    if (nth === 0) firsts.set(plan, [...own.slice(-MOST_SCORED), wait]);
  };
  return { all, holds, tell };
}

/** By key, as countAhead asks for them. */
function listServers(inOrder: readonly Open[], placesOf: (agent: number) => number): Servers {
  const servers = new Map<string, ReadonlyMap<number, number>>();
  for (const { one } of inOrder) {
    const group = one.place?.group;
    if (group === undefined || servers.has(group.key)) continue;
    servers.set(group.key, new Map(group.screened.fit.map((at) => [at, placesOf(at)])));
  }
  return servers;
}

const planOf = ({ plan }: Watched) => plan ?? '';
const keyOf = ({ one }: Open) => one.place?.group.key ?? '';
const rankOf = ({ one }: Open) => one.place?.rankAt ?? 0;
const byRank = (a: Open, b: Open) => rankOf(a) - rankOf(b) || (a.one.id < b.one.id ? -1 : 1);

function toPast({ shape, at, end, endedAt }: ToldWait, now: Instant): Past {
  return { ...shape, end, seconds: ((endedAt ?? now) - at) / 1000 };
}

interface Held {
  at: Instant;
  seconds: number;
  plan: string;
}

/** How long conversations took, as far as they are over. */
function followHolds() {
  const ends: Heap<Held> = makeHeap<Held>([], (a, b) => a.at < b.at);
  const over = new Map<string, number[]>();
  return {
    begin: (plan: string, now: Instant, ms: number) =>
      ends.push({ at: now + ms, seconds: ms / 1000, plan }),
    mean: (plan: string, now: Instant): number | null => {
      for (let next = ends.peek(); next !== undefined && next.at <= now; next = ends.peek()) {
        ends.pop();
        over.set(next.plan, [...(over.get(next.plan) ?? []).slice(1 - MOST_HOLDS), next.seconds]);
      }
      const known = over.get(plan) ?? [];
      return known.length === 0 ? null : known.reduce((sum, one) => sum + one, 0) / known.length;
    },
  };
}
