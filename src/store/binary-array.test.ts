import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeDatabase } from '../../test/makers/make-database.ts';
import { jsonbArray, plainArray, textArray, uuidArray } from './binary-array.ts';

test('the database reads back any ids, texts and JSON that were written as binary arrays, and plain values', async () => {
  const { pool } = await makeDatabase();
  // The database keeps no NUL and no lone surrogate: nothing of ours has them (contract/clean-text).
  const text = fc.string({ unit: 'grapheme' }).map((value) => value.replaceAll('\0', ''));
  const row = fc.record({
    id: fc.uuid(),
    text: fc.option(text),
    count: fc.option(fc.integer()),
    is: fc.boolean(),
    value: fc.option(fc.record({ text, count: fc.nat() })),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 5 }), async (rows) => {
      const { rows: read } = await pool.query(
        `select id, text, count, "is", value
        from unnest($1::uuid[], $2::text[], $3::bigint[], $4::boolean[], $5::jsonb[]) as t(id, text, count, "is", value)`,
        [
          uuidArray(rows.map(({ id }) => id)),
          textArray(rows.map((one) => one.text)),
          plainArray(rows.map(({ count }) => count)),
          plainArray(rows.map(({ is }) => is)),
          jsonbArray(rows.map(({ value }) => value && JSON.stringify(value))),
        ],
      );
      expect(read).toEqual(rows);
    }),
    { numRuns: 50 },
  );
});
