// What an entry of the audit changed is told in words, never as the JSON that the API took.
import { expect, test } from 'vitest';
import { makeI18n } from '../../../test/makers/make-i18n.ts';
import { ar } from '../../i18n/ar.ts';
import { en } from '../../i18n/en.ts';
import { id } from '../../i18n/id.ts';
import { ko } from '../../i18n/ko.ts';
import { ptBr } from '../../i18n/pt-br.ts';
import { settingsAr } from '../../i18n/settings-ar.ts';
import { settingsEn } from '../../i18n/settings-en.ts';
import { settingsId } from '../../i18n/settings-id.ts';
import { settingsKo } from '../../i18n/settings-ko.ts';
import { settingsPtBr } from '../../i18n/settings-pt-br.ts';
import { wordChange } from './word-change.ts';

/** With what its page fetches. */
const spoken = {
  en: { ...en, ...settingsEn },
  ar: { ...ar, ...settingsAr },
  id: { ...id, ...settingsId },
  ko: { ...ko, ...settingsKo },
  'pt-BR': { ...ptBr, ...settingsPtBr },
};

const question = (label: string) => ({ name: 'f', label, type: 'text', required: false });

async function speak(language: string, words: Record<string, string>) {
  const i18n = await makeI18n(language, words);
  const names = new Map([['0198', 'Support']]);
  return (change: Record<string, unknown>) => wordChange(change, { t: i18n.t, names });
}

test('a changed closing form is told by its questions', async () => {
  const say = await speak('en', spoken.en);
  const asked = (...labels: string[]) => say({ closeForm: labels.map(question) });
  expect(asked('Order', 'Was it solved?', 'Note')).toBe(
    'Closing form: 3 questions (Order, Was it solved?, Note)',
  );
  expect(asked('Order')).toBe('Closing form: 1 question (Order)');
  expect(asked()).toBe('Closing form: no questions');
});

test('a channel is told by the parts of its configuration, ids by what they name', async () => {
  const say = await speak('en', spoken.en);
  const preChat = { enabled: true, fields: [question('Your order')] };
  expect(
    say({ name: 'Pages', teamId: '0198', config: { title: '', preChat }, secrets: ['secret'] }),
  ).toBe(
    'Name: Pages · Team: Support · Title: – · Ask before the chat: Yes · Pre-chat form: 1 question (Your order) · Changed secrets: secret',
  );
  expect(say({ name: 'Pages', secrets: [] })).toBe('Name: Pages');
  expect(say({})).toBe('–');
  expect(say({ retentionDays: null, onlySingleSignOn: false })).toBe(
    'Retention: – · Only by single sign-on: No',
  );
});

test('a key that the screen has no word for is taken apart, and so are the parts of a list', async () => {
  const say = await speak('en', spoken.en);
  expect(say({ workingHours: { timeZone: 'Asia/Seoul' }, snooze_until: 5 })).toBe(
    'Working hours, time zone: Asia/Seoul · Snooze until: 5',
  );
  expect(say({ fields: [{ maxLength: 5, label: 'Order' }] })).toBe(
    'Fields: Max length: 5, Label: Order',
  );
});

test.each(Object.entries(spoken))(
  '%s has words for what changes in channels, endpoints, tokens and people, and for their values',
  async (language, words) => {
    const say = await speak(language, words);
    const said = say({
      ...{ role: 'admin', availability: 'away', capacity: 3, answersHere: true, teamIds: ['0198'] },
      ...{ appCode: 'x', position: 'left', theme: 'dark', acceptance: 'manual', verifyTls: false },
      ...{
        showPoweredBy: true,
        allowedOrigins: [],
        requireIdentity: true,
        by: 'oidc',
        scopes: null,
      },
      ...{ preChat: { enabled: true, fields: [] }, offline: { enabled: true, text: '' } },
      ...{ expiresAt: null, what: 'password', shortcut: 'hi', locale: 'ko', version: 2 },
    });
    expect(said).not.toMatch(/\b[a-z]+[A-Z]\w+:|admin|away|manual|oidc|dark\b/);
    expect(said).toContain(words['role.admin']);
  },
);

test.each(Object.entries(spoken))(
  '%s has words for every setting of the workspace',
  async (language, words) => {
    const say = await speak(language, words);
    const said = say({
      ...{ agentsSee: 'everything', defaultCapacity: 3, closeForm: [question('Q')] },
      ...{ statisticsBaseEndpoint: null, statisticsTimeZone: 'UTC', statisticsStyle: 'default' },
      ...{ onlySingleSignOn: true, secondFactorRoles: ['admin'], auditRetentionDays: 30 },
      ...{ retentionDays: 30, branding: { pageTitle: 'Toko', logoUrl: null } },
    });
    expect(said).not.toMatch(/[{}[\]"]|\b[a-z]+[A-Z]\w+:/);
    expect(said.split(' · ')).toHaveLength(12);
  },
);
