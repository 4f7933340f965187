// The reports of the agent's side beside a plain recount, on random rows, in zones whose clocks change.
import fc from 'fast-check';
import type { Pool } from 'pg';
import { expect, test } from 'vitest';
import { anySpan, anyWorld } from '../../test/makers/any-side-world.ts';
import { makeDatabase } from '../../test/makers/make-database.ts';
import { recountAdherence } from '../../test/makers/recount-adherence.ts';
import type { Span, World } from '../../test/makers/recount-side.ts';
import { recountAnswers, recountOccupancy, recountOffers } from '../../test/makers/recount-work.ts';
import { storeSideWorld } from '../../test/makers/store-side-world.ts';
import { readAdherence } from './adherence-report.ts';
import { readAnswers } from './answer-report.ts';
import { readOccupancy } from './occupancy-report.ts';
import { readOffers } from './offer-report.ts';

const ENDED = { declined: 'declined', missed: 'not-accepted' };

type Rows = Record<string, Record<string, number>>;

/** Rows without any figure are left out: whether there are any is no matter of exactness. */
function plain(found: readonly { day: string | null; key: string }[]): Rows {
  const rows = found.map(({ day, key, ...figures }) => {
    const all = Object.entries(figures as Record<string, number | null>);
    const some = all.filter((one): one is [string, number] => one[1] !== null && one[1] !== 0);
    return [`${day} ${key}`, Object.fromEntries(some)] as const;
  });
  return Object.fromEntries(rows.filter(([, figures]) => Object.keys(figures).length > 0));
}

const ofOracle = (rows: ReadonlyMap<string, Record<string, number>>) =>
  plain(
    [...rows].map(([name, figures]) => ({
      day: name.split(' ')[0] ?? '',
      key: name.slice(name.indexOf(' ') + 1),
      ...figures,
    })),
  );

/** As PostgreSQL defines percentile_cont. */
function percentile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  const place = share * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(place)] ?? 0, sorted[Math.ceil(place)] ?? 0];
  return low + (place - Math.floor(place)) * (high - low);
}

const WITHIN_MS = 5000;

/** Two ways to weigh the same milliseconds may differ in the sixteenth digit. */
const rounded = (rows: Rows): Rows =>
  JSON.parse(
    JSON.stringify(rows, (_, value) =>
      typeof value === 'number' ? Math.round(value * 1e4) / 1e4 : value,
    ),
  );

function spreadOf(rows: ReturnType<typeof recountAnswers>): Map<string, Record<string, number>> {
  return new Map(
    [...rows].map(([name, kinds]) => [
      name,
      Object.fromEntries(
        Object.entries(kinds).flatMap(([kind, times]) => [
          [`${kind}s`, times.length],
          [`${kind}MsP50`, percentile(times, 0.5)],
          [`${kind}MsP90`, percentile(times, 0.9)],
          [`${kind}sWithin`, times.filter((ms) => ms <= WITHIN_MS).length],
        ]),
      ),
    ]),
  );
}

function offersOf(world: World, asked: Span): Map<string, Record<string, number>> {
  const { rows, took } = recountOffers(world, asked);
  for (const [name, times] of took) {
    const spread = { acceptMsP50: percentile(times, 0.5), acceptMsP90: percentile(times, 0.9) };
    rows.set(name, { ...rows.get(name), ...spread });
  }
  return rows;
}

const groups = ['all', 'agent', 'team', 'plan', 'channel'] as const;

/** What each report says beside what the recount says. */
async function readAll(pool: Pool, world: World, asked: Span & { workspaceId: string }) {
  const { by } = asked;
  const given = { ...asked, from: new Date(asked.from), to: new Date(asked.to) };
  const work = [
    [await readOccupancy(pool, by, given), recountOccupancy(world, asked)],
    [await readOffers(pool, { by, ended: ENDED }, given), offersOf(world, asked)],
    [
      await readAnswers(pool, { by, withinMs: WITHIN_MS }, given),
      spreadOf(recountAnswers(world, asked)),
    ],
  ] as const;
  if (by === 'plan' || by === 'channel') return work;
  const kept = recountAdherence(world, asked, Number.POSITIVE_INFINITY);
  return [...work, [await readAdherence(pool, by, given), kept] as const];
}

/** Names that are in no report would be compared as nothing with nothing. */
const FIGURES = [
  ...['onlineMs', 'capacityMs', 'heldMs', 'heldNotOnlineMs', 'given', 'offered', 'accepted'],
  ...['declined', 'missed', 'withdrawn', 'acceptMsP90', 'plannedMs', 'adheredMs', 'lateMs'],
  ...['earlyMs', 'absentMs', 'interruptedMs', 'unplannedMs', 'firsts', 'owns', 'nexts'],
  ...['firstMsP50', 'ownMsP50', 'nextMsP90', 'nextsWithin'],
];

test('occupancy, offers, answers and adherence are what a plain recount says, to the millisecond', async () => {
  const { pool } = await makeDatabase();
  const seen = new Set<string>();
  const spans = fc.array(anySpan, { minLength: 4, maxLength: 4 });
  const micros = fc.integer({ min: 0, max: 999 });
  const compare = async (world: World, span: Omit<Span, 'by'> & { workspaceId: string }) => {
    for (const by of groups) {
      for (const [found, recounted] of await readAll(pool, world, { ...span, by })) {
        const rows = rounded(plain(found));
        for (const name of Object.values(rows).flatMap(Object.keys)) seen.add(name);
        expect(rows, by).toEqual(rounded(ofOracle(recounted)));
      }
    }
  };
  await fc.assert(
    fc.asyncProperty(anyWorld, spans, micros, async (world, asked, beyond) => {
      const workspaceId = await storeSideWorld(pool, world, beyond);
      for (const { days, ...rest } of asked) {
        const [from, to] = [Math.min(...days), Math.max(...days)];
        await compare(world, { workspaceId, ...rest, from, to });
      }
    }),
    { numRuns: process.env.USHER_LONG_TESTS === '1' ? 200 : 15, endOnFailure: true },
  );
  expect(FIGURES.filter((name) => !seen.has(name))).toEqual([]);
}, 240_000);
