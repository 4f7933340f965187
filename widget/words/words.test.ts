// Every language says everything, with the plural forms that it has.
import { expect, test } from 'vitest';
import { en, type WordKey } from './en.ts';
import { formatText, readForms } from './format-text.ts';
import { fetchWords, languages, makeSpeech, pickLanguage } from './speech.ts';

const keys = Object.keys(en) as WordKey[];
const each = await Promise.all(
  Object.entries(languages).map(
    async ([tag, { locale, fetch }]) => [tag, { locale, words: await fetch() }] as const,
  ),
);
await Promise.all(each.map(([tag]) => fetchWords([tag])));

test.each(each)('%s has every key, none empty and none too many', (_tag, { words }) => {
  expect(Object.keys(words).sort()).toEqual([...keys].sort());
  expect(Object.values(words).filter((text) => text.trim() === '')).toEqual([]);
});

test.each(each)('%s fills in the same values as English', (_tag, { words }) => {
  const names = (text: string) => [...new Set(text.match(/\{\w+(?=[,}])/g))].sort();
  for (const key of keys) expect([key, names(words[key])]).toEqual([key, names(en[key])]);
});

test.each(each)('%s has each plural form that its rules can choose', (tag, { locale, words }) => {
  const rules = new Intl.PluralRules(locale);
  // "many" of Portuguese is for millions, of which there is nothing here.
  const needed = new Set(Array.from({ length: 1000 }, (_, count) => rules.select(count)));
  for (const key of keys.filter((name) => words[name].includes(', plural,'))) {
    const body = words[key].slice(words[key].indexOf('plural,') + 7, -1);
    const forms = [...readForms(body).keys()].filter((form) => !form.startsWith('='));
    expect([tag, key, forms.sort()]).toEqual([tag, key, [...needed].sort()]);
  }
});

test.each([
  ['en', ['1 new message', '2 new messages', '0 new messages']],
  ['id', ['1 pesan baru', '2 pesan baru', '0 pesan baru']],
  ['ko', ['새 메시지 1개', '새 메시지 2개', '새 메시지 0개']],
  ['pt-BR', ['1 nova mensagem', '2 novas mensagens', '0 nova mensagem']],
  ['ar', ['رسالة جديدة', 'رسالتان جديدتان', 'لا رسائل جديدة']],
])('%s counts as its speakers do', (tag, expected) => {
  const { say } = makeSpeech([tag]);
  expect([1, 2, 0].map((count) => say('link.new-messages', { count }))).toEqual(expected);
});

test('a number itself goes before its kind, and is written as the language writes it', () => {
  const { say } = makeSpeech(['en']);
  expect(say('wait.position', { position: 1 })).toBe('You are next in line.');
  expect(say('wait.position', { position: 1234 })).toBe('You are number 1,234 in line.');
});

test.each([
  ['{missing}', '{missing}'],
  ['not closed {name', 'not closed {name'],
  ['{constructor}', '{constructor}'],
  ['{name} {name}', 'A {name} A {name}'],
  ['# outside', '# outside'],
])('%s never fails and is never filled twice', (pattern, expected) => {
  expect(formatText(pattern, { name: 'A {name}' }, 'en')).toBe(expected);
});

test.each([
  [['pt-PT'], 'pt'],
  [['in', 'id-ID'], 'id'],
  [['ar-EG', 'en'], 'ar'],
  [[undefined, 'fr', 'ko-KR', 'en'], 'ko'],
  [['constructor', ''], 'en'],
  [[], 'en'],
])('%j is spoken to in %s', (wanted, language) => {
  expect(pickLanguage(wanted)).toBe(language);
});

test('days are named by the calendar, not by hours', () => {
  const { day } = makeSpeech(['en']);
  const now = new Date(2026, 2, 2, 0, 30).getTime();
  expect(day(now - 3_600_000, now)).toBe('Yesterday');
  expect(day(now, now)).toBe('Today');
  expect(day(new Date(2026, 1, 27, 9).getTime(), now)).toBe('Friday, February 27');
});

test('Arabic is read from the right, with the numerals of its region, and keeps a Latin name whole', () => {
  const { direction, say, size } = makeSpeech(['ar-EG']);
  expect(direction).toBe('rtl');
  expect(makeSpeech(['ko']).direction).toBe('ltr');
  expect(say('wait.position', { position: 12 })).toBe('ترتيبك في الدور هو ١٢.');
  expect(say('log.joined', { name: 'Sari (7)' })).toBe('انضم \u2068Sari (7)\u2069 إلى المحادثة.');
  expect(size(3_500_000)).toContain('٣');
});
