// Every language says everything.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { languages as mailLanguages } from '../../src/contract/mails.ts';
import { Branding } from '../../src/contract/people.ts';
import { readyWords } from '../../src/contract/policy/ready-words.ts';
import { ar } from './ar.ts';
import { assistanceAr } from './assistance-ar.ts';
import { assistanceEn } from './assistance-en.ts';
import { assistanceId } from './assistance-id.ts';
import { assistanceKo } from './assistance-ko.ts';
import { assistancePtBr } from './assistance-pt-br.ts';
import { balanceAr } from './balance-ar.ts';
import { balanceEn } from './balance-en.ts';
import { balanceId } from './balance-id.ts';
import { balanceKo } from './balance-ko.ts';
import { balancePtBr } from './balance-pt-br.ts';
import { contactsAr } from './contacts-ar.ts';
import { contactsEn } from './contacts-en.ts';
import { contactsId } from './contacts-id.ts';
import { contactsKo } from './contacts-ko.ts';
import { contactsPtBr } from './contacts-pt-br.ts';
import { en } from './en.ts';
import { id } from './id.ts';
import { inboxAr } from './inbox-ar.ts';
import { inboxEn } from './inbox-en.ts';
import { inboxId } from './inbox-id.ts';
import { inboxKo } from './inbox-ko.ts';
import { inboxPtBr } from './inbox-pt-br.ts';
import { ko } from './ko.ts';
import { labAr } from './lab-ar.ts';
import { labEn } from './lab-en.ts';
import { labId } from './lab-id.ts';
import { labKo } from './lab-ko.ts';
import { labPtBr } from './lab-pt-br.ts';
import { chooseLanguage, languages } from './languages.ts';
import { localeOf } from './locale-of.ts';
import { offersAr } from './offers-ar.ts';
import { offersEn } from './offers-en.ts';
import { offersId } from './offers-id.ts';
import { offersKo } from './offers-ko.ts';
import { offersPtBr } from './offers-pt-br.ts';
import { ptBr } from './pt-br.ts';
import { reportsAr } from './reports-ar.ts';
import { reportsEn } from './reports-en.ts';
import { reportsId } from './reports-id.ts';
import { reportsKo } from './reports-ko.ts';
import { reportsPtBr } from './reports-pt-br.ts';
import { routingAr } from './routing-ar.ts';
import { routingEn } from './routing-en.ts';
import { routingId } from './routing-id.ts';
import { routingKo } from './routing-ko.ts';
import { routingPtBr } from './routing-pt-br.ts';
import { settingsAr } from './settings-ar.ts';
import { settingsEn } from './settings-en.ts';
import { settingsId } from './settings-id.ts';
import { settingsKo } from './settings-ko.ts';
import { settingsPtBr } from './settings-pt-br.ts';
import { togetherAr } from './together-ar.ts';
import { togetherEn } from './together-en.ts';
import { togetherId } from './together-id.ts';
import { togetherKo } from './together-ko.ts';
import { togetherPtBr } from './together-pt-br.ts';
import { makeFormat } from './use-format.ts';
import { whyNotAr } from './why-not-ar.ts';
import { whyNotEn } from './why-not-en.ts';
import { whyNotId } from './why-not-id.ts';
import { whyNotKo } from './why-not-ko.ts';
import { whyNotPtBr } from './why-not-pt-br.ts';

/** What everybody fetches, and each part that comes with what says it. */
const parts: Record<string, Record<'en' | 'ar' | 'id' | 'ko' | 'ptBr', Record<string, string>>> = {
  first: { en, ar, id, ko, ptBr },
  settings: { en: settingsEn, ar: settingsAr, id: settingsId, ko: settingsKo, ptBr: settingsPtBr },
  routing: { en: routingEn, ar: routingAr, id: routingId, ko: routingKo, ptBr: routingPtBr },
  offers: { en: offersEn, ar: offersAr, id: offersId, ko: offersKo, ptBr: offersPtBr },
  reports: { en: reportsEn, ar: reportsAr, id: reportsId, ko: reportsKo, ptBr: reportsPtBr },
  contacts: { en: contactsEn, ar: contactsAr, id: contactsId, ko: contactsKo, ptBr: contactsPtBr },
  together: { en: togetherEn, ar: togetherAr, id: togetherId, ko: togetherKo, ptBr: togetherPtBr },
  assistance: {
    en: assistanceEn,
    ar: assistanceAr,
    id: assistanceId,
    ko: assistanceKo,
    ptBr: assistancePtBr,
  },
  inbox: { en: inboxEn, ar: inboxAr, id: inboxId, ko: inboxKo, ptBr: inboxPtBr },
  lab: { en: labEn, ar: labAr, id: labId, ko: labKo, ptBr: labPtBr },
  balance: { en: balanceEn, ar: balanceAr, id: balanceId, ko: balanceKo, ptBr: balancePtBr },
  whyNot: { en: whyNotEn, ar: whyNotAr, id: whyNotId, ko: whyNotKo, ptBr: whyNotPtBr },
};
const pairs = Object.entries(parts).flatMap(([part, { en: english, ...others }]) =>
  Object.entries(others).map(
    ([language, words]) => [`${part} ${language}`, words, english] as const,
  ),
);
const everyKey = Object.values(parts).flatMap((one) => Object.keys(one.en));
const blanks = (text: string) => (text.match(/\{\{\w+\}\}/g) ?? []).sort();

test.each(pairs)('%s has every key, and fills the same blanks', (_name, words, english) => {
  expect(Object.keys(words).sort()).toEqual(Object.keys(english).sort());
  for (const [key, text] of Object.entries(english)) {
    expect(blanks(words[key] ?? ''), key).toEqual(blanks(text));
    expect(words[key]?.trim(), key).not.toBe('');
  }
});

test('no word stands in two parts, and every part is looked at', () => {
  expect(everyKey.filter((key, place) => everyKey.indexOf(key) !== place)).toEqual([]);
  const fetched = Object.values(languages).map((one) => Object.keys(one.parts).toSorted());
  const known = Object.keys(parts).filter((part) => part !== 'first');
  for (const one of fetched) expect(one).toEqual(known.toSorted());
});

test('no word stands there that no screen says', async () => {
  const source = (await readAll(join(import.meta.dirname, '..'))).join('\n');
  const said = (key: string) =>
    source.includes(`'${key}'`) ||
    // Put together from a beginning and a value: t(`state.${state}`).
    [...source.matchAll(/`([\w.-]+\.)\$\{/g)].some(([, beginning]) =>
      key.startsWith(beginning ?? '-'),
    );
  expect(everyKey.filter((key) => !said(key))).toEqual([]);
});

const ofAny = [
  'agent.keptElsewhere',
  'because.unconfirmed',
  'people.outsideText',
  'problem.agent.kept-elsewhere',
  'problem.agent.listed-elsewhere',
  'problem.conversation.answered-elsewhere',
] as const;
test.each(['en', 'ar', 'id', 'ko', 'ptBr'] as const)(
  '%s: what is said of any connected system names none of them',
  (language) => {
    const words = Object.assign({}, ...Object.values(parts).map((one) => one[language]));
    for (const key of ofAny) expect(words[key], key).not.toMatch(/Qiscus|RapidPro|Rocket/);
  },
);

test('what the server writes and lets choose is in the languages of the office', () => {
  const chosen = Branding.properties.language.anyOf.flatMap((one) =>
    'enum' in one ? one.enum : [],
  );
  expect(mailLanguages.toSorted()).toEqual(Object.keys(languages).toSorted());
  expect(chosen.toSorted()).toEqual(Object.keys(languages).toSorted());
  expect(Object.keys(readyWords.queued).toSorted()).toEqual(Object.keys(languages).toSorted());
});

test('Arabic is written with the digits of Latin, whatever the browser holds for usual', () => {
  const format = new Intl.NumberFormat(localeOf('ar'));
  expect(localeOf('ar')).toContain('nu-latn');
  expect(format.resolvedOptions().numberingSystem).toBe('latn');
  expect(makeFormat('ar').full('2026-11-28T08:05:00Z')).toMatch(/2026/);
});

test('a wish is met by the nearest language that we speak', () => {
  expect(chooseLanguage(['pt'])).toBe('pt-BR');
  expect(chooseLanguage([null, 'in-ID'])).toBe('id');
  expect(chooseLanguage(['fr-FR', 'ko-KR'])).toBe('ko');
  expect(chooseLanguage(['fr-FR', 'ar-EG'])).toBe('ar');
  expect(chooseLanguage(['fr-FR'])).toBe('en');
});

async function readAll(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  const sources = names.filter(
    (name) => /\.tsx?$/.test(name) && !name.startsWith('i18n') && !name.includes('.test.'),
  );
  return Promise.all(sources.map((name) => readFile(join(folder, name), 'utf8')));
}
