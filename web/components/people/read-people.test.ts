// A pasted list of people, as spreadsheets and mail programs write it.
import { expect, test } from 'vitest';
import { readPeople } from './read-people.ts';

test.each([
  ['ana@example.com', 'ana@example.com', ''],
  ['ana@example.com, Ana Souza', 'ana@example.com', 'Ana Souza'],
  ['Ana Souza\tana@example.com', 'ana@example.com', 'Ana Souza'],
  ['"Souza, Ana" <ana@example.com>,', 'ana@example.com', 'Souza, Ana'],
  ['ana@example.com;Ana;Souza', 'ana@example.com', 'Ana Souza'],
])('%s is read', (line, email, name) => {
  expect(readPeople(line, new Set())).toEqual([{ email, name, fault: null }]);
});

test('each line is judged by itself, and empty ones are none', () => {
  const read = readPeople('a@x.io\n\nnobody\nA@x.io\nbo@x.io', new Set(['bo@x.io']));
  expect(read.map(({ fault }) => fault)).toEqual([null, 'bad', 'again', 'known']);
});
