import fc from 'fast-check';
import { expect, test } from 'vitest';
import { judgeCount } from './judge-count.ts';

const calm = { load: 2, externalLoad: 0, settledSeconds: 60, excess: null, excessSeconds: null };

test('a settled agent is believed to hold what is reported beyond our own', () => {
  expect(judgeCount({ customerCount: 5 }, calm)).toEqual({ believed: 3, excess: null });
  expect(judgeCount({ customerCount: 1 }, calm)).toEqual({ believed: 0, excess: null });
  expect(judgeCount({ customerCount: null }, calm)).toEqual({ believed: 0, excess: null });
});

test('just after a change less is believed at once, and more not yet', () => {
  const busy = { ...calm, externalLoad: 2, settledSeconds: 1 };
  expect(judgeCount({ customerCount: 3 }, busy)).toEqual({ believed: 1, excess: null });
  expect(judgeCount({ customerCount: 9 }, busy)).toEqual({ believed: 2, excess: 7 });
});

test('an agent whose load never settles is believed to hold the least that was reported in the last ten seconds or more', () => {
  const report = fc.record({ load: fc.nat(5), count: fc.integer({ min: 6, max: 9 }) });
  fc.assert(
    fc.property(fc.array(report, { minLength: 4, maxLength: 12 }), (reports) => {
      let known = { ...calm, settledSeconds: 1 };
      let since = 0;
      let least = Number.POSITIVE_INFINITY;
      for (const [n, { load, count }] of reports.entries()) {
        const now = n * 5;
        least = Math.min(least, count - load);
        const excessSeconds = known.excess === null ? null : now - since;
        const { believed, excess } = judgeCount({ customerCount: count }, {
          ...known,
          load,
          excessSeconds,
        } as never);
        if (known.excess === null) since = now;
        known = { ...known, externalLoad: believed, excess } as typeof known;
        // Never more than was reported all the time, and never nothing for longer than the patience.
        if (n < 2) expect(believed).toBe(0);
        if (n >= 3) expect(believed).toBeGreaterThanOrEqual(Math.min(least, 1));
        expect(believed).toBeLessThanOrEqual(
          Math.max(...reports.map((one) => one.count - one.load)),
        );
      }
    }),
  );
});
