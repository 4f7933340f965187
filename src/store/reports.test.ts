import fc from 'fast-check';
import { v7 as uuid } from 'uuid';
import { expect, test } from 'vitest';
import { makeDatabase } from '../../test/makers/make-database.ts';
import {
  agents,
  channels,
  DAYS,
  instant,
  pastConversation,
  START,
  seldom,
  teams,
  writePast,
  zones,
} from '../../test/makers/random-past.ts';
import { reportSlowly } from '../../test/makers/slow-report.ts';
import type { FigureRow } from './report-facts.ts';
import { readReport } from './reports.ts';
import { insertWorkspace } from './workspaces.ts';

/** Two ways to halve the same seconds may differ in the sixteenth digit. */
const toTheMicrosecond = (row: FigureRow) =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      typeof value === 'number' && !Number.isInteger(value) ? expect.closeTo(value, 7) : value,
    ]),
  );

const byKey = (one: { key: string | null }, other: { key: string | null }) =>
  (one.key ?? '').localeCompare(other.key ?? '');

test('a report says the same as going through everything one by one, however it is grouped', async () => {
  const { pool } = await makeDatabase();
  const report = fc.record({
    by: fc.constantFrom(
      'day' as const,
      'hour' as const,
      'agent' as const,
      'team' as const,
      'channel' as const,
      'plan' as const,
    ),
    timeZone: fc.constantFrom(...zones),
    from: fc.oneof(fc.constant(START), instant),
    length: fc.oneof(
      fc.constant(DAYS * 86_400_000),
      fc.integer({ min: 1, max: DAYS * 86_400_000 }),
    ),
    agentId: seldom(fc.constantFrom(...agents)),
    teamId: seldom(fc.constantFrom(...teams)),
    channelId: seldom(fc.constantFrom(...channels)),
  });
  let counted = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(pastConversation, { minLength: 3, maxLength: 12 }),
      fc.array(report, { minLength: 10, maxLength: 10 }),
      async (past, reports) => {
        const workspaceId = uuid();
        await insertWorkspace(pool, { workspaceId, name: 'Past', defaultCapacity: 1 });
        await writePast(pool, workspaceId, past);
        for (const { by, from, length, ...rest } of reports) {
          const span = { workspaceId, ...rest, from: new Date(from), to: new Date(from + length) };
          const found = await readReport(pool, by, span);
          const slow = reportSlowly(past, by, span);
          counted += slow.length - 1;
          expect(found.toSorted(byKey)).toEqual(slow.toSorted(byKey).map(toTheMicrosecond));
        }
      },
    ),
    { numRuns: 25 },
  );
  // Otherwise it would have compared nothing with nothing.
  expect(counted).toBeGreaterThan(100);
}, 60_000);
