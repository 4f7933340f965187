// What the company's service may answer (chimp-assist.md §7, A17).
import { expect, test } from 'vitest';
import { readStatistic } from './read-statistic.ts';

test.each([
  ['', '–'],
  [null, '–'],
  ['three', 'three'],
  [7, '7'],
  [true, 'true'],
  [{ a: 1 }, '{"a":1}'],
])('%j is text', (value, text) => {
  expect(readStatistic(value)).toEqual({ kind: 'text', text });
});

test('links are followed only to web pages', () => {
  const value = [
    { url: 'https://example.com/1', label: 'Order' },
    { url: 'javascript:alert(1)', label: 'Trap' },
  ];
  expect(readStatistic(value)).toEqual({
    kind: 'links',
    links: [
      { url: 'https://example.com/1', label: 'Order' },
      { url: null, label: 'Trap' },
    ],
  });
});

test('points are a chart', () => {
  const points = [{ x: '01/01/2026-10:00:00', y: 3 }];
  expect(readStatistic(points)).toEqual({ kind: 'chart', points });
});

test('anything else is shortened', () => {
  const read = readStatistic({ long: 'x'.repeat(1000) });
  expect(read.kind === 'text' && read.text.length).toBe(301);
});
