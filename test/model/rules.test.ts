// Rules beside a plain reading of them, and facts of any JSON. USHER_LONG_TESTS=1 compares 100,000 random cases.
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import type { Rule } from '../../src/contract/policy/rule.ts';
import { ruleFields } from '../../src/contract/policy/rule-fields.ts';
import { compileRules } from '../../src/routing/rules/compile-rules.ts';
import type { Facts } from '../../src/routing/rules/facts.ts';
import { matchRules } from '../../src/routing/rules/match-rules.ts';
import { matchPlainly } from './plain-rules.ts';

const RUNS = process.env.USHER_LONG_TESTS === '1' ? 100_000 : 5000;

vi.setConfig({ testTimeout: 900_000 });

const text = fc.constantFrom(
  ...['', 'gold', 'GOLD', 'Goldie', 'vip', 'not-vip', 'Straße', 'STRASSE', 'ΟΔΟΣ', 'οδος', 'οδοσα'],
  ...[
    'café',
    'CAFE\u0301',
    'e',
    'ﬁn',
    'FIN',
    'İ',
    'ı',
    'i',
    'K',
    'k',
    '가각',
    '가',
    '\ud800',
    '\0',
  ],
  ...['42', ' 42.0 ', '-3', '1e3', '0x10', 'true', 'False', 'Infinity', '__proto__', 'length'],
);
const number = fc.constantFrom(-3, -0, 0, 1, 3, 3.5, 16, 42, 1000, 1e300);
const scalar = fc.oneof(text, number, fc.boolean());
const fact = fc.oneof(
  { weight: 5, arbitrary: scalar },
  { weight: 3, arbitrary: fc.array(scalar, { maxLength: 4 }) },
  { weight: 1, arbitrary: fc.constantFrom(null, undefined, Number.NaN, {}, [[]], [null]) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
);
const keys = ['tier', '0', '__proto__', 'constructor', 'length', 'Night', 'A.B'] as const;
const bag = fc.oneof(
  fc
    .array(
      fc.tuple(fc.constantFrom(...keys), fc.oneof(fact, fc.array(fc.object(), { maxLength: 2 }))),
    )
    .map((entries) => Object.fromEntries(entries)),
  fact,
);
const field = fc.oneof(
  fc.constantFrom(...Object.keys(ruleFields)),
  fc
    .tuple(
      fc.constantFrom(...Object.keys(ruleFields).filter((name) => name.endsWith('.'))),
      fc.constantFrom(...keys, 'tier.0', '0.0', 'tier.tier', 'tier..0', 'tier.'),
    )
    .map(([start, rest]) => start + rest),
);
const parts = (start: string) =>
  Object.keys(ruleFields).flatMap((name) =>
    name.startsWith(start) ? [name.slice(start.length)] : [],
  );
const record = (start: string) =>
  fc.record(
    Object.fromEntries(
      parts(start).map((name) => [name.replace('.', ''), name.endsWith('.') ? bag : fact]),
    ),
    { requiredKeys: [] },
  );
const facts = fc.record(
  {
    ...{ channel: fact, channelKind: fact, source: fact, externalChannel: fact },
    ...{ contact: record('contact.'), conversation: record('conversation.'), now: record('now.') },
    ...{ waiting: bag, online: bag },
  },
  { requiredKeys: [] },
);

const operator = fc.constantFrom(
  ...['is', 'isNot', 'in', 'contains', 'startsWith', 'moreThan', 'lessThan', 'exists', 'like'],
);
const value = fc.oneof(
  { weight: 6, arbitrary: scalar },
  { weight: 2, arbitrary: fc.array(scalar, { maxLength: 3 }) },
);
const comparison = fc.tuple(field, operator, value).map(([name, how, what]) => {
  const fitting: Record<string, unknown> = {
    ...{ exists: what === true || what === 'gold', in: Array.isArray(what) ? what : [what] },
    ...(typeof what === 'number' ? {} : { moreThan: 3, lessThan: 42 }),
  };
  return { field: name, [how]: how in fitting ? fitting[how] : what };
});
/** A tenth of them is no condition at all. */
const { condition } = fc.letrec<{ condition: unknown }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 6, withCrossShrink: true },
    { weight: 8, arbitrary: comparison },
    { weight: 2, arbitrary: fc.record({ all: fc.array(tie('condition'), { maxLength: 3 }) }) },
    { weight: 2, arbitrary: fc.record({ any: fc.array(tie('condition'), { maxLength: 3 }) }) },
    { weight: 2, arbitrary: fc.record({ not: tie('condition') }) },
    { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
  ),
}));
const rules = fc
  .array(fc.option(condition, { nil: undefined, freq: 20 }), { maxLength: 12 })
  .map((conditions) =>
    conditions.map((when, nth) => {
      // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
      const rule = { name: `rule ${nth}`, then: { plan: `plan ${nth}` } };
      return (when === undefined ? rule : { ...rule, when }) as Rule;
    }),
  );

test('the same rule matches as by a plain reading, for the same comparisons', () => {
  let matches = 0;
  fc.assert(
    fc.property(rules, facts, (written, about) => {
      const match = matchRules(compileRules(written), about as Facts);
      const because = match?.because.map(({ field: of, operator: how, holds }) => {
        return { field: of, operator: how, holds };
      });
      if ((match?.because.length ?? 0) > 0) matches += 1;
      expect(match === null ? null : { nth: match.nth, because }).toEqual(
        matchPlainly(written, about),
      );
    }),
    { numRuns: RUNS },
  );
  // Otherwise the cases say nothing.
  expect(matches / RUNS).toBeGreaterThan(0.2);
});

test('any JSON as facts is answered', () => {
  fc.assert(
    fc.property(rules, fc.jsonValue(), (written, about) => {
      const match = matchRules(compileRules(written), about as Facts);
      const placed = { contact: { attributes: about, tags: about, name: about }, now: about };
      const second = matchRules(compileRules(written), placed as Facts);
      for (const one of [match, second]) {
        expect(one === null || one.plan === `plan ${one.nth}`).toBe(true);
      }
    }),
    { numRuns: RUNS / 5 },
  );
});

test('the first rule that matches decides: those behind it change nothing', () => {
  fc.assert(
    fc.property(rules, rules, facts, (written, behind, about) => {
      const match = matchRules(compileRules(written), about as Facts);
      fc.pre(match !== null);
      const longer = compileRules([...written, ...behind]);
      expect(matchRules(longer, about as Facts)).toEqual(match);
    }),
    { numRuns: RUNS / 10 },
  );
});

test('what is told of a match can be stored: no NUL, no half character, at most 20 comparisons', () => {
  fc.assert(
    fc.property(rules, facts, (written, about) => {
      const told = JSON.stringify(matchRules(compileRules(written), about as Facts)?.because ?? []);
      const texts = JSON.stringify(JSON.parse(told), (_, one) =>
        typeof one === 'string' && (one.includes('\0') || !one.isWellFormed()) ? 'WRONG' : one,
      );
      expect(texts).not.toContain('WRONG');
      expect(JSON.parse(told).length).toBeLessThanOrEqual(20);
    }),
    { numRuns: RUNS / 5 },
  );
});
