// The words of one language of the back office, as its screens look them up.
import i18next, { type i18n } from 'i18next';

export async function makeI18n(language: string, words: Record<string, string>): Promise<i18n> {
  const made = i18next.createInstance();
  await made.init({
    lng: language,
    defaultNS: 'words',
    resources: { [language]: { words } },
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
  });
  return made;
}
