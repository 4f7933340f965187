// Values of another program's rows are read for what they are, and hostile ones cost little.
import { expect, test } from 'vitest';
import {
  readAttributes,
  readHtml,
  readRecord,
  readReplyText,
  readShortcut,
  readText,
  readTime,
} from './foreign.ts';

test('a time without a zone is UTC, and what is no time is none', () => {
  expect(readTime('2025-03-01T08:00:00.25')?.toISOString()).toBe('2025-03-01T08:00:00.250Z');
  expect(readTime('2025-03-01T08:00:00+07:00')?.toISOString()).toBe('2025-03-01T01:00:00.000Z');
  for (const value of ['infinity', '', null, 12, '2025-13-01']) expect(readTime(value)).toBe(null);
});

test('a text is cut between characters, and half of one is replaced', () => {
  expect(readText('abc😀', 4)).toBe('abc\ufffd');
  expect(readText('\ud800x')).toBe('\ufffdx');
  for (const value of [' \n', null, {}, 3]) expect(readText(value)).toBe(null);
});

test('a document in a text is opened once', () => {
  expect(readRecord('{"deleted":true}')).toEqual({ deleted: true });
  for (const value of ['[1]', 'no', '"{}"', null, [1]]) expect(readRecord(value)).toEqual({});
});

test('attributes are bounded in number and length', () => {
  const many = Object.fromEntries(
    Array.from({ length: 500 }, (_, no) => [`k${no}`, 'x'.repeat(5000)]),
  );
  const read = readAttributes(many);
  expect(Object.keys(read).length).toBe(100);
  expect(Math.max(...Object.values(read).map(({ length }) => length))).toBe(1000);
});

test.each([
  ['<p>One</p><p>Two<br>three</p>', 'One\n\nTwo\nthree'],
  ['<style>p{}</style><script>x()</script>&lt;b&gt; &amp; 😀', '<b> & 😀'],
  ['<ul><li>a</li><li>b</li></ul>', '* a\n * b'],
  ['<p> &nbsp; </p>', null],
])('%j is read as %j', (html, text) => {
  expect(readHtml(html)).toBe(text);
});

test('deep and long HTML is read in bounded time', () => {
  const began = performance.now();
  readHtml('<div>'.repeat(200_000));
  readHtml(`<p>${'x'.repeat(3_000_000)}</p>`);
  readHtml('<table><tr><td>'.repeat(50_000));
  expect(performance.now() - began).toBeLessThan(10_000);
});

test('placeholders become ours, and nothing else stands in braces', () => {
  expect(
    readReplyText('{{contact.name}} {{ .Agent.FirstName }} {{x | default: "y"}} {a} {name}'),
  ).toBe('{name} {agent} [x] [a] {name}');
  expect(readShortcut('A b/c  D')).toBe('a-b-c-d');
});
