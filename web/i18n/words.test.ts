// Every language says everything.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { en } from './en.ts';
import { id } from './id.ts';
import { ko } from './ko.ts';
import { chooseLanguage } from './languages.ts';
import { ptBr } from './pt-br.ts';
import { routingEn } from './routing-en.ts';
import { routingId } from './routing-id.ts';
import { routingKo } from './routing-ko.ts';
import { routingPtBr } from './routing-pt-br.ts';
import { settingsEn } from './settings-en.ts';
import { settingsId } from './settings-id.ts';
import { settingsKo } from './settings-ko.ts';
import { settingsPtBr } from './settings-pt-br.ts';
import { whyNotEn } from './why-not-en.ts';
import { whyNotId } from './why-not-id.ts';
import { whyNotKo } from './why-not-ko.ts';
import { whyNotPtBr } from './why-not-pt-br.ts';

const others = { id, ko, ptBr };
const settings = { id: settingsId, ko: settingsKo, ptBr: settingsPtBr };
const routing = { id: routingId, ko: routingKo, ptBr: routingPtBr };
const whyNot = { id: whyNotId, ko: whyNotKo, ptBr: whyNotPtBr };
/** Each language beside English, for what everybody fetches and for each part that comes later. */
const pairs: [string, Record<string, string>, Record<string, string>][] = [
  ...Object.entries(others).map(([name, words]) => [name, words, en] as never),
  ...Object.entries(settings).map(
    ([name, words]) => [`settings ${name}`, words, settingsEn] as never,
  ),
  ...Object.entries(routing).map(([name, words]) => [`routing ${name}`, words, routingEn] as never),
  ...Object.entries(whyNot).map(([name, words]) => [`why not ${name}`, words, whyNotEn] as never),
];
const blanks = (text: string) => (text.match(/\{\{\w+\}\}/g) ?? []).sort();

test.each(pairs)('%s has every key, and fills the same blanks', (_name, words, english) => {
  expect(Object.keys(words).sort()).toEqual(Object.keys(english).sort());
  for (const [key, text] of Object.entries(english)) {
    expect(blanks(words[key] ?? ''), key).toEqual(blanks(text));
    expect(words[key]?.trim(), key).not.toBe('');
  }
});

test('no word stands in two parts', () => {
  expect(
    Object.keys({ ...settingsEn, ...routingEn, ...whyNotEn }).filter((key) => key in en),
  ).toEqual([]);
});

test('no word stands there that no screen says', async () => {
  const source = (await readAll(join(import.meta.dirname, '..'))).join('\n');
  const said = (key: string) =>
    source.includes(`'${key}'`) ||
    // Put together from a beginning and a value: t(`state.${state}`).
    [...source.matchAll(/`([\w.-]+\.)\$\{/g)].some(([, beginning]) =>
      key.startsWith(beginning ?? '-'),
    );
  expect(
    Object.keys({ ...en, ...settingsEn, ...routingEn, ...whyNotEn }).filter((key) => !said(key)),
  ).toEqual([]);
});

const ofAny = [
  'agent.keptElsewhere',
  'because.unconfirmed',
  'people.outsideText',
  'problem.agent.kept-elsewhere',
  'problem.agent.listed-elsewhere',
  'problem.conversation.answered-elsewhere',
] as const;
test.each(Object.entries({ en, ...others }))(
  '%s: what is said of any connected system names none of them',
  (_name, words) => {
    for (const key of ofAny) expect(words[key], key).not.toMatch(/Qiscus|RapidPro|Rocket/);
  },
);

test('a wish is met by the nearest language that we speak', () => {
  expect(chooseLanguage(['pt'])).toBe('pt-BR');
  expect(chooseLanguage([null, 'in-ID'])).toBe('id');
  expect(chooseLanguage(['fr-FR', 'ko-KR'])).toBe('ko');
  expect(chooseLanguage(['fr-FR'])).toBe('en');
});

async function readAll(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  const sources = names.filter(
    (name) => /\.tsx?$/.test(name) && !name.startsWith('i18n') && !name.includes('.test.'),
  );
  return Promise.all(sources.map((name) => readFile(join(folder, name), 'utf8')));
}
