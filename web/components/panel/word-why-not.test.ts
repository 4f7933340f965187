// Whatever stands against an agent is a whole sentence in every language.
import { expect, test } from 'vitest';
import { makeI18n } from '../../../test/makers/make-i18n.ts';
import type { Reason, WhyNotReason } from '../../api/shapes.ts';
import { ar } from '../../i18n/ar.ts';
import { en } from '../../i18n/en.ts';
import { id } from '../../i18n/id.ts';
import { ko } from '../../i18n/ko.ts';
import { ptBr } from '../../i18n/pt-br.ts';
import { makeFormat } from '../../i18n/use-format.ts';
import { whyNotAr } from '../../i18n/why-not-ar.ts';
import { whyNotEn } from '../../i18n/why-not-en.ts';
import { whyNotId } from '../../i18n/why-not-id.ts';
import { whyNotKo } from '../../i18n/why-not-ko.ts';
import { whyNotPtBr } from '../../i18n/why-not-pt-br.ts';
import { wordWhyNot } from './word-why-not.ts';

type Obstruction = Exclude<WhyNotReason, Reason>;
const at = '2026-01-01T12:05:00Z';
const now = Date.parse(at);
const own = { agentName: 'Ana', loadShare: 0.5, idleSeconds: 90 };
const skill = { skill: 'English', needs: 3 };
const reasons: { [Code in Obstruction['code']]: Extract<Obstruction, { code: Code }>[] } = {
  'not-online': [
    { code: 'not-online', availability: 'away' },
    { code: 'not-online', availability: 'offline' },
  ],
  'not-heard-of': [{ code: 'not-heard-of', since: at }],
  'bot-not-named': [{ code: 'bot-not-named' }],
  'bot-first': [{ code: 'bot-first' }],
  'answers-elsewhere': [{ code: 'answers-elsewhere' }],
  'not-on-channel': [{ code: 'not-on-channel', channelName: 'Qiscus' }],
  'not-in-division': [{ code: 'not-in-division', channelName: 'Qiscus', externalChannelId: '17' }],
  'not-in-team': [{ code: 'not-in-team', team: 'Legal' }],
  'below-level': [
    {
      code: 'below-level',
      skills: [
        { ...skill, has: 0 },
        { ...skill, has: 2 },
      ],
    },
  ],
  'fits-later': [{ code: 'fits-later', plan: 'Day', step: 2, at }],
  'fits-at-no-step': [{ code: 'fits-at-no-step', plan: 'Day' }],
  'asked-before': [{ code: 'asked-before', cause: 'declined' }],
  excluded: [
    { code: 'excluded', cause: 'declined', until: at },
    { code: 'excluded', cause: 'unknown', until: null },
  ],
  'no-room': [
    {
      ...{ code: 'no-room', held: 2, heldOutside: 0, capacity: 2, weight: 1 },
      ...{ wrappingUp: 0, wrapUpEndsAt: null },
    },
    {
      ...{ code: 'no-room', held: 2, heldOutside: 1, capacity: 2, weight: 1 },
      ...{ wrappingUp: 1, wrapUpEndsAt: at },
    },
  ],
  'at-limit': [
    { code: 'at-limit', channel: 'webchat', held: 3, most: 3, weight: 1 },
    { code: 'at-limit', channel: 'Shop', held: 1, most: 1, weight: 1 },
  ],
  paced: [{ code: 'paced', until: at }],
  'others-before': [
    { code: 'others-before', count: 1 },
    { code: 'others-before', count: 1200 },
  ],
  'goes-to': (
    [
      'only-candidate',
      'load-share',
      'idle',
      'turn',
      'skill',
      'skill-ascending',
      'sticky',
      'id',
    ] as const
  ).map((decidedBy) => ({ code: 'goes-to', agentName: 'Budi', decidedBy })),
  'goes-to-them': [{ code: 'goes-to-them' }],
  'has-it': [{ code: 'has-it', since: at }],
  'had-it-last': [
    { code: 'had-it-last', until: at },
    { code: 'had-it-last', until: null },
  ],
  'was-second': [
    { code: 'was-second', own, chosen: { ...own, agentName: 'Budi' }, decidedBy: 'idle' },
  ],
  'could-not-then': [{ code: 'could-not-then', chosenName: 'Budi' }],
  'was-not-first': [{ code: 'was-not-first', chosenName: 'Budi', secondName: 'Citra' }],
};

async function speak(language: string, words: Record<string, string>) {
  const i18n = await makeI18n(language, words);
  const wording = { i18n, format: makeFormat(language), nameActor: (by: string) => by };
  return (reason: WhyNotReason) => wordWhyNot(reason, { name: 'Ana', now }, wording);
}

const languages = {
  en: { ...en, ...whyNotEn },
  ar: { ...ar, ...whyNotAr },
  id: { ...id, ...whyNotId },
  ko: { ...ko, ...whyNotKo },
  'pt-BR': { ...ptBr, ...whyNotPtBr },
};

test.each(Object.entries(languages))(
  '%s has a sentence for everything that stands against an agent',
  async (language, words) => {
    const say = await speak(language, words);
    const said = Object.values(reasons).flat().map(say);
    for (const sentence of said) {
      expect(sentence).toMatch(/.{9,}\.$/);
      expect(sentence).not.toMatch(/\{\{|undefined|whyNot\.|apart\.|NaN/);
    }
    expect(new Set(said).size).toBe(said.length);
  },
);

test('what is said of the conversation is said as everywhere', async () => {
  const say = await speak('en', languages.en);
  expect(say({ code: 'next-pass' })).toBe(whyNotEn['because.nextPass']);
});

test('what is on another day is told with its date', async () => {
  const say = await speak('en', languages.en);
  const begins = (time: string) => say({ code: 'fits-later', plan: 'Day', step: 2, at: time });
  expect(begins(at)).not.toContain('2026');
  expect(begins('2026-01-04T12:05:00Z')).toContain('Jan 4, 2026');
});
