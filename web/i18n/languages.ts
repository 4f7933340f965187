// The languages of the back office; all but English are loaded when they are wanted.

import type { AssistanceWords } from './assistance-en.ts';
import type { BalanceWords } from './balance-en.ts';
import type { ContactsWords } from './contacts-en.ts';
import type { Words } from './en.ts';
import type { InboxWords } from './inbox-en.ts';
import type { LabWords } from './lab-en.ts';
import type { OffersWords } from './offers-en.ts';
import type { ReportsWords } from './reports-en.ts';
import type { RoutingWords } from './routing-en.ts';
import type { SettingsWords } from './settings-en.ts';
import type { TogetherWords } from './together-en.ts';
import type { WhyNotWords } from './why-not-en.ts';

export const languages = {
  en: {
    name: 'English',
    load: async () => (await import('./en.ts')).en as Words,
    parts: {
      settings: async () => (await import('./settings-en.ts')).settingsEn as SettingsWords,
      routing: async () => (await import('./routing-en.ts')).routingEn as RoutingWords,
      together: async () => (await import('./together-en.ts')).togetherEn as TogetherWords,
      balance: async () => (await import('./balance-en.ts')).balanceEn as BalanceWords,
      whyNot: async () => (await import('./why-not-en.ts')).whyNotEn as WhyNotWords,
      offers: async () => (await import('./offers-en.ts')).offersEn as OffersWords,
      reports: async () => (await import('./reports-en.ts')).reportsEn as ReportsWords,
      lab: async () => (await import('./lab-en.ts')).labEn as LabWords,
      contacts: async () => (await import('./contacts-en.ts')).contactsEn as ContactsWords,
      inbox: async () => (await import('./inbox-en.ts')).inboxEn as InboxWords,
      assistance: async () => (await import('./assistance-en.ts')).assistanceEn as AssistanceWords,
    },
  },
  ar: {
    name: 'العربية',
    load: async () => (await import('./ar.ts')).ar,
    parts: {
      settings: async () => (await import('./settings-ar.ts')).settingsAr,
      routing: async () => (await import('./routing-ar.ts')).routingAr,
      together: async () => (await import('./together-ar.ts')).togetherAr,
      balance: async () => (await import('./balance-ar.ts')).balanceAr,
      whyNot: async () => (await import('./why-not-ar.ts')).whyNotAr,
      offers: async () => (await import('./offers-ar.ts')).offersAr,
      reports: async () => (await import('./reports-ar.ts')).reportsAr,
      lab: async () => (await import('./lab-ar.ts')).labAr,
      contacts: async () => (await import('./contacts-ar.ts')).contactsAr,
      inbox: async () => (await import('./inbox-ar.ts')).inboxAr,
      assistance: async () => (await import('./assistance-ar.ts')).assistanceAr,
    },
  },
  id: {
    name: 'Bahasa Indonesia',
    load: async () => (await import('./id.ts')).id,
    parts: {
      settings: async () => (await import('./settings-id.ts')).settingsId,
      routing: async () => (await import('./routing-id.ts')).routingId,
      together: async () => (await import('./together-id.ts')).togetherId,
      balance: async () => (await import('./balance-id.ts')).balanceId,
      whyNot: async () => (await import('./why-not-id.ts')).whyNotId,
      offers: async () => (await import('./offers-id.ts')).offersId,
      reports: async () => (await import('./reports-id.ts')).reportsId,
      lab: async () => (await import('./lab-id.ts')).labId,
      contacts: async () => (await import('./contacts-id.ts')).contactsId,
      inbox: async () => (await import('./inbox-id.ts')).inboxId,
      assistance: async () => (await import('./assistance-id.ts')).assistanceId,
    },
  },
  ko: {
    name: '한국어',
    load: async () => (await import('./ko.ts')).ko,
    parts: {
      settings: async () => (await import('./settings-ko.ts')).settingsKo,
      routing: async () => (await import('./routing-ko.ts')).routingKo,
      together: async () => (await import('./together-ko.ts')).togetherKo,
      balance: async () => (await import('./balance-ko.ts')).balanceKo,
      whyNot: async () => (await import('./why-not-ko.ts')).whyNotKo,
      offers: async () => (await import('./offers-ko.ts')).offersKo,
      reports: async () => (await import('./reports-ko.ts')).reportsKo,
      lab: async () => (await import('./lab-ko.ts')).labKo,
      contacts: async () => (await import('./contacts-ko.ts')).contactsKo,
      inbox: async () => (await import('./inbox-ko.ts')).inboxKo,
      assistance: async () => (await import('./assistance-ko.ts')).assistanceKo,
    },
  },
  'pt-BR': {
    name: 'Português',
    load: async () => (await import('./pt-br.ts')).ptBr,
    parts: {
      settings: async () => (await import('./settings-pt-br.ts')).settingsPtBr,
      routing: async () => (await import('./routing-pt-br.ts')).routingPtBr,
      together: async () => (await import('./together-pt-br.ts')).togetherPtBr,
      balance: async () => (await import('./balance-pt-br.ts')).balancePtBr,
      whyNot: async () => (await import('./why-not-pt-br.ts')).whyNotPtBr,
      offers: async () => (await import('./offers-pt-br.ts')).offersPtBr,
      reports: async () => (await import('./reports-pt-br.ts')).reportsPtBr,
      lab: async () => (await import('./lab-pt-br.ts')).labPtBr,
      contacts: async () => (await import('./contacts-pt-br.ts')).contactsPtBr,
      inbox: async () => (await import('./inbox-pt-br.ts')).inboxPtBr,
      assistance: async () => (await import('./assistance-pt-br.ts')).assistancePtBr,
    },
  },
} as const;

export type Language = keyof typeof languages;
/** Words that few pages say are fetched with those. */
export type WordsPart = keyof (typeof languages)['en']['parts'];
export const languageCodes = Object.keys(languages) as Language[];

/** Offered where somebody says in which language contacts read; a document may have any. */
export const contactLanguages: readonly string[] = [
  ...languageCodes,
  ...'bn de es fil fr hi it ja km lo ms my nl pl pt ru ta th tl tr uk ur vi zh'.split(' '),
];

/** The first wish that we speak: `pt` is served by `pt-BR`, `in` is an old name of Indonesian. */
export function chooseLanguage(wishes: readonly (string | null | undefined)[]): Language {
  for (const wish of wishes) {
    const base = wish?.toLowerCase().split(/[-_]/)[0];
    if (base === 'in') return 'id';
    const found = languageCodes.find((code) => code.toLowerCase().split('-')[0] === base);
    if (found !== undefined) return found;
  }
  return 'en';
}
