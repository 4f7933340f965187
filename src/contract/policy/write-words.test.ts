import { expect, test } from 'vitest';
import { readyWords } from './ready-words.ts';
import { knownFor, wordCauses } from './words.ts';
import {
  chooseText,
  fillWords,
  hasLooseBraces,
  listUnknownWords,
  listUsedWords,
} from './write-words.ts';

const now = Date.UTC(2026, 10, 23, 22);
const known = {
  ...{ name: 'Sari', position: 3, wait: { from: 170, to: 470 }, agent: 'Ana', now },
  opensAt: { at: Date.UTC(2026, 10, 24, 1), timeZone: 'Asia/Jakarta' },
};
const unknown = { ...known, name: null, position: null, wait: null, agent: null, opensAt: null };

test('the contact’s own language is chosen, then its base, then the fallback, then the first', () => {
  const texts = { en: 'Hello', 'pt-BR': 'Olá', id: 'Halo' };
  const choose = (...languages: (string | null)[]) => chooseText(texts, languages)?.text;
  expect(choose('id', 'en')).toBe('Halo');
  expect(choose('ID_id', 'en')).toBe('Halo');
  expect(choose('ind', 'en')).toBe('Halo');
  expect(choose('pt', 'en')).toBe('Olá');
  expect(choose('pt-PT', 'en')).toBe('Olá');
  expect(choose('ko', 'id')).toBe('Halo');
  expect(choose(null, 'id')).toBe('Halo');
  expect(choose('ko', null)).toBe('Hello');
});

test('the wait and the opening are written as the language writes them', () => {
  const written = ['en', 'id', 'ko', 'pt-BR'].map((language) =>
    fillWords('{{wait}} / {{opensAt}}', language, known).replaceAll(/\s/gu, ' '),
  );
  expect(written).toEqual([
    '2–8 minutes / Tuesday, 8:00 AM GMT+7',
    '2–8 menit / Selasa, 08.00 WIB',
    '2~8분 / 화요일 오전 8:00 GMT+7',
    '2–8 minutos / terça-feira, 08:00 GMT+7',
  ]);
  expect(fillWords('{{wait}}', 'en', { ...known, wait: { from: 0, to: 20 } })).toBe('1 minute');
  expect(fillWords('{{wait}}', 'en', { ...known, wait: { from: 3000, to: 9000 } })).toBe(
    '1–3 hours',
  );
});

test('a sentence with something that is not known is left out, unless it says what stands there instead', () => {
  const text = 'Hello {{name}}! Version 1.5 is out. It takes {{wait}}. Thank you.';
  expect(fillWords(text, 'en', unknown)).toBe('Version 1.5 is out. Thank you.');
  expect(fillWords('It takes {{wait|a while}}.', 'en', unknown)).toBe('It takes a while.');
  expect(fillWords('Hello, {{name}}!', 'en', unknown)).toBe('Hello!');
  expect(fillWords('We open {{opensAt}}.', 'en', unknown)).toBe('');
});

test('braces in a name are no placeholder', () => {
  expect(fillWords('Hello {{name}}.', 'en', { ...known, name: '{{agent}}' })).toBe(
    'Hello {{agent}}.',
  );
});

test('the ready-made words stand in five languages, and hold what is known of their cause', () => {
  for (const cause of wordCauses) {
    const texts = Object.entries(readyWords[cause]);
    expect(texts.map(([language]) => language)).toEqual(['en', 'ar', 'id', 'ko', 'pt-BR']);
    for (const [, text] of texts) {
      expect(hasLooseBraces(text), text).toBe(false);
      expect(listUnknownWords(text), text).toEqual([]);
      expect(knownFor[cause], text).toEqual(expect.arrayContaining(listUsedWords(text)));
    }
  }
});

test('unknown placeholders and loose braces are found', () => {
  expect(listUnknownWords('{{name}} {{ wiat }} {{}} {{agent|x}}')).toEqual(['wiat', '']);
  expect(hasLooseBraces('Hello {{name}}')).toBe(false);
  expect(hasLooseBraces('Hello {{name}')).toBe(true);
});
