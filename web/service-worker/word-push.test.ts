import { expect, test } from 'vitest';
import { type PushContent, pushKinds } from '../../src/contract/push-kinds.ts';
import { languageCodes } from '../i18n/languages.ts';
import { addressOf } from './address-of.ts';
import { wordPush } from './word-push.ts';

const content: PushContent = {
  ...{ kind: 'given', conversationId: 'c1', name: 'Eka', text: null, language: 'en', token: '' },
};

test('each kind is said in each language of the office, and otherwise in English', () => {
  const all = languageCodes.flatMap((language) =>
    pushKinds.map((kind) => wordPush({ ...content, kind, language }).body),
  );
  expect(new Set(all).size).toBe(languageCodes.length * pushKinds.length);
  expect(wordPush({ ...content, language: 'xx' })).toEqual(wordPush(content));
});

test('a notification names the contact, and has words only where they came', () => {
  expect(wordPush(content)).toEqual({ title: 'Eka', body: 'A new conversation is yours.' });
  expect(wordPush({ ...content, kind: 'message', text: 'Hello' }).body).toBe('New message\nHello');
});

test('a request of a colleague opens where those are, everything else among one’s own', () => {
  expect(addressOf({ ...content, kind: 'consult' })).toBe('/inbox/consulted/c1');
  expect(addressOf(content)).toBe('/inbox/mine/c1');
});
