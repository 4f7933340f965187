import { expect, test } from 'vitest';
import { readClockText } from './read-clock-text.ts';

test.each([
  ['9', '09:00'],
  ['9:30', '09:30'],
  ['0930', '09:30'],
  ['930', '09:30'],
  ['17.45', '17:45'],
  ['17h30', '17:30'],
  ['5 pm', '17:00'],
  ['12am', '00:00'],
  ['12:15 p.m.', '12:15'],
  [' 00:00 ', '00:00'],
])('“%s” is %s', (typed, read) => {
  expect(readClockText(typed, { endsDay: false })).toBe(read);
});

test.each(['', 'noon', '25', '24:00', '12:60', '13 pm', '-1', '1:2:3'])('“%s” is none', (typed) => {
  expect(readClockText(typed, { endsDay: false })).toBe(null);
});

test('a day may end with 24:00, and with nothing later', () => {
  expect(readClockText('24', { endsDay: true })).toBe('24:00');
  expect(readClockText('24:30', { endsDay: true })).toBe(null);
});
