import fc from 'fast-check';
import { expect, test } from 'vitest';
import { displayName } from './display-name.ts';
import { guestName, readGuestName } from './guest-name.ts';

test('a guest is called the same in every release', () => {
  expect(guestName('75497c78-55d1-4c62-9f0e-6c1f3a700000')).toBe('Amber Avocet 1');
  expect(guestName('75497c78-55d1-4c62-9f0e-6c1f3a7fffff')).toBe('Violet Waxwing 512');
  expect(guestName('75497c78-55d1-4c62-9f0e-6c1f3a7b1234')).toBe(guestName('…b1234'));
});

test('whoever is called so is found by the end of the id', () => {
  fc.assert(
    fc.property(fc.uuid(), (id) => {
      const name = guestName(id);
      expect(name).toMatch(/^[A-Z][a-z]+ [A-Z][a-z]+ \d+$/);
      expect(readGuestName(` ${name.toLowerCase()} `)).toBe(id.slice(-5).toLowerCase());
    }),
  );
});

test.each(['Teal Heron', 'Teal Heron 513', 'Teal Heron 0', 'Teal Unicorn 3', 'Hello there', ''])(
  '“%s” is nobody’s',
  (text) => {
    expect(readGuestName(text)).toBeNull();
  },
);

test('a contact is called by what they said, and made up only for ids that say nothing', () => {
  const id = '75497c78-55d1-4c62-9f0e-6c1f3a700000';
  const guest = { name: null, email: null, phone: null, externalId: id };
  expect(displayName({ ...guest, name: 'Sari', email: 'sari@example.com' })).toBe('Sari');
  expect(displayName({ ...guest, name: ' ', email: 'sari@example.com' })).toBe('sari@example.com');
  expect(displayName({ ...guest, phone: '+62 811 0000 117' })).toBe('+62 811 0000 117');
  expect(displayName({ ...guest, externalId: 'customer-9' })).toBe('customer-9');
  expect(displayName(guest)).toBe('Amber Avocet 1');
});
