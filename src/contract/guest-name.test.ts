import fc from 'fast-check';
import { expect, test } from 'vitest';
import { displayName } from './display-name.ts';
import { findGuests, guestName } from './guest-name.ts';

test('a guest is called the same in every release', () => {
  expect(guestName('75497c78-55d1-4c62-9f0e-6c1f3a700000')).toBe('Amber Avocet 1');
  expect(guestName('75497c78-55d1-4c62-9f0e-6c1f3a7fffff')).toBe('Violet Waxwing 512');
  expect(guestName('75497c78-55d1-4c62-9f0e-6c1f3a7b1234')).toBe(guestName('…b1234'));
});

const nameOf = (guest: number) => guestName(guest.toString(16).padStart(5, '0'));
/** Word by word, for every guest there can be. */
function findSlowly(typed: string): number[] {
  const words = typed.trim().toLowerCase().split(/\s+/);
  return Array.from({ length: 2 ** 20 }, (_, guest) => guest).filter((guest) => {
    let at = 0;
    for (const word of nameOf(guest).toLowerCase().split(' ')) {
      if (words[at] !== undefined && word.startsWith(words[at] as string)) at += 1;
    }
    return at === words.length;
  });
}
function findFast(typed: string): number[] {
  const found = new Set<number>();
  for (const [from, to] of findGuests(typed)) {
    for (let guest = from; guest <= to; guest += 1) found.add(guest);
  }
  return [...found].toSorted((one, other) => one - other);
}

test.each([
  'bulbul',
  '272',
  '27',
  '5',
  'golden bul',
  'Golden 272',
  'bulbul 2',
  'co',
  'go',
  'CO co 51',
])(
  'those who are found by “%s” are the same as when every name is read',
  { timeout: 60_000 },
  (typed) => {
    const slow = findSlowly(typed);
    expect(slow.length).toBeGreaterThan(0);
    expect(findFast(typed)).toEqual(slow);
    expect(findGuests(typed).length).toBeLessThanOrEqual(6200);
  },
);

test('a whole name finds whoever is called so, and nobody whose name is different in a word', () => {
  fc.assert(
    fc.property(fc.uuid(), (id) => {
      const name = guestName(id);
      expect(name).toMatch(/^[A-Z][a-z]+ [A-Z][a-z]+ \d+$/);
      const found = findFast(` ${name.toLowerCase()} `);
      expect(found).toContain(Number.parseInt(id.slice(-5), 16));
      expect(found.every((one) => nameOf(one).startsWith(name))).toBe(true);
    }),
  );
});

test.each([
  'Teal Heron 513',
  'Teal Heron 0',
  'Teal Unicorn 3',
  'Heron Teal',
  'a b 1 2',
  '007',
  'x',
  '',
])('“%s” is nobody’s', (text) => {
  expect(findGuests(text)).toEqual([]);
});

test('a contact is called by what they said, and made up only for ids that say nothing', () => {
  const id = '75497c78-55d1-4c62-9f0e-6c1f3a700000';
  const guest = { name: null, email: null, phone: null, externalId: id };
  expect(displayName({ ...guest, name: 'Sari', email: 'sari@example.com' })).toBe('Sari');
  expect(displayName({ ...guest, name: ' ', email: 'sari@example.com' })).toBe('sari@example.com');
  expect(displayName({ ...guest, phone: '+62 811 0000 117' })).toBe('+62 811 0000 117');
  expect(displayName({ ...guest, externalId: 'customer-9' })).toBe('customer-9');
  expect(displayName(guest)).toBe('Amber Avocet 1');
});
