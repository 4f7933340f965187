// Starts the words of the back office in the language of the reader.
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { isolate, isolateAlways } from '../../src/contract/visible-text.ts';
import type { AssistanceWords } from './assistance-en.ts';
import type { BalanceWords } from './balance-en.ts';
import type { ContactsWords } from './contacts-en.ts';
import type { Words } from './en.ts';
import type { InboxWords } from './inbox-en.ts';
import type { LabWords } from './lab-en.ts';
import { chooseLanguage, type Language, languages, type WordsPart } from './languages.ts';
import type { OffersWords } from './offers-en.ts';
import { readBrand } from './read-brand.ts';
import type { ReportsWords } from './reports-en.ts';
import type { RoutingWords } from './routing-en.ts';
import type { SettingsWords } from './settings-en.ts';
import type { TogetherWords } from './together-en.ts';
import type { WhyNotWords } from './why-not-en.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'words';
    resources: {
      words: Words &
        SettingsWords &
        RoutingWords &
        WhyNotWords &
        OffersWords &
        ReportsWords &
        BalanceWords &
        LabWords &
        ContactsWords &
        InboxWords &
        AssistanceWords &
        TogetherWords;
    };
    keySeparator: false;
    nsSeparator: false;
  }
}

const KEY = 'usher.language';
const AGAIN_MS = 5000;

/** Where the words of the reader's language do not come, those of English must do until they do. */
export async function startI18n(): Promise<void> {
  const wishes = [localStorage.getItem(KEY), ...navigator.languages];
  const wanted = readBrand().language ?? chooseLanguage(wishes);
  const fetched = await languages[wanted].load().catch(() => null);
  const language = fetched === null ? 'en' : wanted;
  const words = fetched ?? (await languages.en.load());
  await i18next.use(initReactI18next).init({
    lng: language,
    // Each language says everything, so that one is all that is fetched.
    fallbackLng: false,
    defaultNS: 'words',
    resources: { [language]: { words: { ...words } } },
    keySeparator: false,
    nsSeparator: false,
    // React escapes; what is left is that no name turns the sentence round.
    interpolation: { escapeValue: true, escape: isolateInPage },
  });
  turnPage(language);
  if (language !== wanted) void showLanguage(wanted);
}

/** Between Arabic words, what is written from the left turns signs beside it round as well. */
const isolateInPage = (text: string): string =>
  i18next.dir() === 'rtl' ? isolateAlways(text) : isolate(text);

/** Facts in one line, the first of which does not turn the others round. */
export function sideBySide(facts: readonly (string | null)[]): string {
  const line = facts.filter((fact) => fact !== null).map(isolateInPage);
  // Which way the whole is read is left to nobody's name.
  return `${i18next.dir() === 'rtl' ? '\u200f' : ''}${line.join(' · ')}`;
}

/** What pages beyond the first ones have asked for. */
const askedParts = new Set<WordsPart>();
const keptParts = new Set<string>();

/** For what says words that not everybody fetches, together with them; fails where they do not come. */
export async function withWords<Module>(
  module: Promise<Module>,
  ...parts: WordsPart[]
): Promise<Module> {
  const [loaded] = await Promise.all([module, loadWords(...parts)]);
  return loaded;
}

export async function loadWords(...parts: WordsPart[]): Promise<void> {
  for (const part of parts) askedParts.add(part);
  await Promise.all(parts.map((part) => keepPart(i18next.language as Language, part)));
}

async function keepPart(language: Language, part: WordsPart): Promise<void> {
  const name = `${language} ${part}`;
  if (keptParts.has(name)) return;
  const words = await languages[language].parts[part]();
  i18next.addResourceBundle(language, 'words', words, true);
  keptParts.add(name);
}

/** Fetches what is missing of a language; false: it did not come. */
async function hasWords(language: Language): Promise<boolean> {
  try {
    if (!i18next.hasResourceBundle(language, 'words')) {
      i18next.addResourceBundle(language, 'words', { ...(await languages[language].load()) });
    }
    await Promise.all([...askedParts].map((part) => keepPart(language, part)));
    return true;
  } catch {
    return false;
  }
}

/** Of what was wished one after the other, the last counts. */
let wished: Language | null = null;

/** Asks for the words until they come; until then the page speaks as before. */
async function showLanguage(language: Language): Promise<void> {
  wished = language;
  while (!(await hasWords(language))) {
    if (wished !== language) return;
    await new Promise((done) => setTimeout(done, AGAIN_MS * (0.5 + Math.random())));
  }
  if (wished !== language) return;
  await i18next.changeLanguage(language);
  turnPage(language);
}

function turnPage(language: Language): void {
  const page = document.documentElement;
  page.lang = language;
  page.dir = i18next.dir(language);
}

/** Of no effect where one language is for all. */
export async function keepLanguage(language: Language): Promise<void> {
  if (readBrand().language !== null) return;
  localStorage.setItem(KEY, language);
  await showLanguage(language);
}
