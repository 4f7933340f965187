import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeDatabase } from '../../test/makers/make-database.ts';
import { batch } from './batch.ts';

test('the database reads back any rows, each in its place', async () => {
  const { pool } = await makeDatabase();
  // The database keeps no NUL: nothing of ours has it (contract/clean-text).
  const text = fc.string({ unit: 'grapheme' }).map((value) => value.replaceAll('\0', ''));
  const anyRow = fc.record({
    id: fc.option(fc.uuid()),
    said: fc.option(text),
    count: fc.option(fc.integer()),
    part: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })),
    there: fc.option(fc.boolean()),
    at: fc.option(fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true })),
    facts: fc.option(fc.record({ text })),
    tags: fc.option(fc.array(text, { maxLength: 3 })),
    ids: fc.option(fc.array(fc.uuid(), { maxLength: 3 })),
  });
  type Row = typeof anyRow extends fc.Arbitrary<infer One> ? One : never;
  const input = batch<Row>(2, {
    id: ['uuid', ({ id }) => id],
    said: ['text', ({ said }) => said],
    count: ['bigint', ({ count }) => count],
    part: ['float8', ({ part }) => part],
    there: ['boolean', ({ there }) => there],
    at: ['timestamptz', ({ at }) => at],
    facts: ['jsonb', ({ facts }) => facts],
    tags: ['text[]', ({ tags }) => tags],
    ids: ['uuid[]', ({ ids }) => ids],
  });
  const read = `select i.* from ${input.rows} i where $1::integer = 1 order by i.place`;
  await fc.assert(
    fc.asyncProperty(fc.array(anyRow, { maxLength: 5 }), async (rows) => {
      const answer = await pool.query(read, [1, ...input.values(rows)]);
      // A number has no −0 in an array's text, and JSON's objects have a prototype.
      const expected = rows.map((row, index) => ({
        ...row,
        part: row.part === 0 ? 0 : row.part,
        place: index + 1,
      }));
      expect(JSON.parse(JSON.stringify(answer.rows))).toEqual(JSON.parse(JSON.stringify(expected)));
    }),
    { numRuns: 50 },
  );
});

test('what is no id is refused by the database, not misread', async () => {
  const { pool } = await makeDatabase();
  const input = batch<string>(1, { id: ['uuid', (id) => id] });
  const ids = ['00000000-0000-7000-8000-000000000001', 'ana},{'];
  await expect(pool.query(`select * from ${input.rows} i`, input.values(ids))).rejects.toThrow(
    'invalid input syntax for type uuid',
  );
});
