// Texts that mean harm to whoever reads them on a screen.
import { expect, test } from 'vitest';
import { displayName } from './display-name.ts';
import { isolate, isolateAlways, isUnseen, withoutDirections } from './visible-text.ts';

test('directions are taken out, and letters of every script stay', () => {
  for (const sign of '\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069') {
    expect(withoutDirections(`photo${sign}gpj.exe`)).toBe('photogpj.exe');
  }
  for (const text of ['Budi', 'محمد', 'שרה', '한국', '👩‍👩‍👧', 'e\u0301']) {
    expect(withoutDirections(text)).toBe(text);
  }
});

test('in a sentence only what is written from the right is set apart', () => {
  expect(isolate('Budi\u202e')).toBe('Budi');
  expect(isolate('محمد\u202e')).toBe('\u2068محمد\u2069');
});

test('in a sentence from the right all but numbers is set apart', () => {
  expect(isolateAlways('Ana (Sales)\u202e')).toBe('\u2068Ana (Sales)\u2069');
  expect(isolateAlways('+62 811 204')).toBe('\u2068+62 811 204\u2069');
  expect(isolateAlways('1,204')).toBe('1,204');
  expect(isolateAlways('')).toBe('');
});

test.each([
  '',
  ' \n',
  '\u200b\u200d\ufeff',
  '\u2060\u00ad\u034f',
  '\u3164\u115f',
  '\u2800',
  '\u202e',
])('%j cannot be seen', (text) => {
  expect(isUnseen(text)).toBe(true);
  expect(isUnseen(`${text}.`)).toBe(false);
});

test('who has only an unseen name is called as a guest is, and a name turns nothing round', () => {
  const guest = {
    name: '\u200b\u2060',
    email: null,
    phone: null,
    externalId: '75497c78-0000-4000-8000-000000000001',
  };
  expect(displayName(guest)).toBe(displayName({ ...guest, name: null }));
  expect(displayName({ ...guest, name: 'Budi\u202eidub' })).toBe('Budiidub');
});
