// Whose time counts, with the real clock of this process.
import { expect, test } from 'vitest';
import { hearDate, serverNow } from './server-clock.ts';

const DAY_MS = 86_400_000;
const off = () => Math.abs(serverNow() - Date.now());
const hear = (
  date: string | null,
  {
    status = 200,
    age = false,
    tookMs = 0,
  }: { status?: number; age?: boolean; tookMs?: number } = {},
) => {
  const headers = new Headers({ ...(date !== null && { date }), ...(age && { age: '0' }) });
  hearDate({ status, headers }, performance.now() - tookMs);
};
const at = (ms: number) => new Date(Date.now() + ms).toUTCString();

test('it is the computer’s until an answer says otherwise, and again when one says so', () => {
  expect(off()).toBeLessThan(1000);
  for (const days of [-1, 400]) {
    hear(at(days * DAY_MS));
    expect(Math.abs(off() - Math.abs(days) * DAY_MS)).toBeLessThan(3000);
  }
  hear(at(0));
  expect(off()).toBeLessThan(3000);
});

test('what is no date, and a date that differs by a moment, change nothing', () => {
  const before = off();
  for (const date of [null, '', 'soon', at(1500)]) hear(date);
  expect(Math.abs(off() - before)).toBeLessThan(100);
});

test('an answer that was kept on its way, a failure, and one that was long on its way change nothing', () => {
  hear(at(0));
  const before = off();
  hear(at(-DAY_MS), { age: true });
  hear(at(-DAY_MS), { status: 502 });
  hear(at(-14_000), { tookMs: 15_000 });
  expect(Math.abs(off() - before)).toBeLessThan(100);
  hear(at(DAY_MS - 14_000), { tookMs: 15_000 });
  expect(Math.abs(off() - DAY_MS)).toBeLessThan(11_000);
});
