import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MOST_ATTRIBUTES, MOST_CONTACT_TAGS } from '../contract/contact-bounds.ts';
import { fitMerge, give, type Mergeable, takeBack } from './fit-merge.ts';

const maybe = fc.option(fc.string({ maxLength: 3 }), { nil: null });
const words = fc.uniqueArray(fc.string({ maxLength: 2 }), { maxLength: 8 });
const contact: fc.Arbitrary<Mergeable> = fc.record({
  ...{ name: maybe, email: maybe, phone: maybe, lang: maybe, agentId: maybe },
  ...{ groups: words, tags: words },
  attributes: fc.dictionary(fc.string({ maxLength: 2 }), fc.string({ maxLength: 2 }), {
    maxKeys: 6,
    noNullPrototype: true,
  }),
});

test('what the kept contact has stays, and nothing of it is lost by merging and taking back', () => {
  fc.assert(
    fc.property(contact, contact, (kept, merged) => {
      const { given } = fitMerge(kept, merged);
      const after = give(kept, given);
      for (const [field, value] of Object.entries(kept)) {
        if (typeof value === 'string') expect(after[field as 'name']).toBe(value);
      }
      expect(after.tags).toEqual(expect.arrayContaining([...kept.tags, ...merged.tags]));
      expect({ ...merged.attributes, ...kept.attributes }).toEqual(after.attributes);
      expect(takeBack(after, given)).toEqual(kept);
    }),
  );
});

test('no contact gets more tags or attributes than it may have, and what is left out is counted', () => {
  const many = (most: number, prefix: string) =>
    Array.from({ length: most }, (_, n) => `${prefix}${n}`);
  const of = (prefix: string): Mergeable => ({
    ...{ name: null, email: null, phone: null, lang: null, agentId: null, groups: [] },
    tags: many(MOST_CONTACT_TAGS - 1, prefix),
    attributes: Object.fromEntries(many(MOST_ATTRIBUTES - 2, prefix).map((name) => [name, '1'])),
  });
  const kept = of('a');
  const { given, leftOut } = fitMerge(kept, of('b'));
  const after = give(kept, given);
  expect(after.tags).toHaveLength(MOST_CONTACT_TAGS);
  expect(Object.keys(after.attributes)).toHaveLength(MOST_ATTRIBUTES);
  expect(leftOut).toBe(MOST_CONTACT_TAGS - 2 + MOST_ATTRIBUTES - 4);
});

test('what somebody has changed since the merging is not taken back', () => {
  const nothing = { name: null, email: null, phone: null, lang: null, agentId: null };
  const kept: Mergeable = { ...nothing, groups: [], tags: [], attributes: {} };
  const { given } = fitMerge(kept, { ...kept, name: 'Ana', attributes: { plan: 'gold' } });
  const changed = { ...give(kept, given), name: 'Anna', attributes: { plan: 'silver' } };
  expect(takeBack(changed, given)).toEqual(changed);
});
