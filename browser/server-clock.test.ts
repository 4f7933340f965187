// Whose time counts, with the real clock of this process.
import { expect, test } from 'vitest';
import { hearDate, serverNow } from './server-clock.ts';

const DAY_MS = 86_400_000;
const off = () => Math.abs(serverNow() - Date.now());

test('it is the computer’s until an answer says otherwise, and again when one says so', () => {
  expect(off()).toBeLessThan(1000);
  for (const days of [-1, 400]) {
    hearDate(new Date(Date.now() + days * DAY_MS).toUTCString());
    expect(Math.abs(off() - Math.abs(days) * DAY_MS)).toBeLessThan(3000);
  }
  hearDate(new Date().toUTCString());
  expect(off()).toBeLessThan(3000);
});

test('what is no date, and a date that differs by a moment, change nothing', () => {
  const before = off();
  for (const date of [null, '', 'soon', new Date(Date.now() + 1500).toUTCString()]) hearDate(date);
  expect(Math.abs(off() - before)).toBeLessThan(100);
});
