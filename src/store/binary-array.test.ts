import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeDatabase } from '../../test/makers/make-database.ts';
import { jsonbArray, uuidArray } from './binary-array.ts';

test('the database reads back any ids and any JSON that were written as binary arrays', async () => {
  const { pool } = await makeDatabase();
  // The database keeps no NUL and no lone surrogate: nothing of ours has them (contract/clean-text).
  const text = fc.string({ unit: 'grapheme' }).map((value) => value.replaceAll('\0', ''));
  const row = fc.record({ id: fc.uuid(), value: fc.option(fc.record({ text, count: fc.nat() })) });
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 5 }), async (rows) => {
      const { rows: read } = await pool.query(
        'select id, value from unnest($1::uuid[], $2::jsonb[]) as t(id, value)',
        [
          uuidArray(rows.map(({ id }) => id)),
          jsonbArray(rows.map(({ value }) => value && JSON.stringify(value))),
        ],
      );
      expect(read).toEqual(rows);
    }),
    { numRuns: 50 },
  );
});
