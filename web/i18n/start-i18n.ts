// Starts the words of the back office in the language of the reader.
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { isolate } from '../../src/contract/visible-text.ts';
import type { Words } from './en.ts';
import { chooseLanguage, type Language, languages } from './languages.ts';
import { readBrand } from './read-brand.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'words';
    resources: { words: Words };
    keySeparator: false;
    nsSeparator: false;
  }
}

const KEY = 'usher.language';

export async function startI18n(): Promise<void> {
  const wishes = [localStorage.getItem(KEY), ...navigator.languages];
  const language = readBrand().language ?? chooseLanguage(wishes);
  await i18next.use(initReactI18next).init({
    lng: language,
    // Each language says everything, so that one is all that is fetched.
    fallbackLng: false,
    defaultNS: 'words',
    resources: { [language]: { words: await languages[language].load() } },
    keySeparator: false,
    nsSeparator: false,
    // React escapes; what is left is that no name turns the sentence round.
    interpolation: { escapeValue: true, escape: isolate },
  });
  document.documentElement.lang = language;
}

export async function showLanguage(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, 'words')) {
    i18next.addResourceBundle(language, 'words', await languages[language].load());
  }
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

/** Of no effect where one language is for all. */
export async function keepLanguage(language: Language): Promise<void> {
  if (readBrand().language !== null) return;
  localStorage.setItem(KEY, language);
  await showLanguage(language);
}
