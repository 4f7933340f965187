// Whatever the server gives as a reason is a whole sentence in every language.
import { expect, test } from 'vitest';
import { makeI18n } from '../../../test/makers/make-i18n.ts';
import type { Reason } from '../../api/shapes.ts';
import { ar } from '../../i18n/ar.ts';
import { en } from '../../i18n/en.ts';
import { id } from '../../i18n/id.ts';
import { ko } from '../../i18n/ko.ts';
import { ptBr } from '../../i18n/pt-br.ts';
import { routingAr } from '../../i18n/routing-ar.ts';
import { routingEn } from '../../i18n/routing-en.ts';
import { routingId } from '../../i18n/routing-id.ts';
import { routingKo } from '../../i18n/routing-ko.ts';
import { routingPtBr } from '../../i18n/routing-pt-br.ts';
import { makeFormat } from '../../i18n/use-format.ts';
import { whyNotAr } from '../../i18n/why-not-ar.ts';
import { whyNotEn } from '../../i18n/why-not-en.ts';
import { whyNotId } from '../../i18n/why-not-id.ts';
import { whyNotKo } from '../../i18n/why-not-ko.ts';
import { whyNotPtBr } from '../../i18n/why-not-pt-br.ts';
import { wordReason } from './word-reason.ts';

const standing = { agentId: 'a1', loadShare: 0.5, idleSeconds: 90 };
const reasons: { [Code in Reason['code']]: Extract<Reason, { code: Code }> } = {
  chosen: { code: 'chosen', ...standing, agentName: 'Budi', strategy: 'least-loaded' },
  considered: { code: 'considered', considered: 6, eligible: 1, removed: { capacity: 3, team: 2 } },
  'runner-up': { code: 'runner-up', ...standing, agentName: 'Kim', decidedBy: 'load-share' },
  'no-runner-up': { code: 'no-runner-up', decidedBy: 'only-candidate' },
  given: { code: 'given', agentName: 'Budi', by: 'Ana', forced: true },
  balanced: {
    ...{ code: 'balanced', agentName: 'Budi', fromName: 'Ana', by: 'agent:1', undone: false },
    ...{ fromBefore: 1, fromAfter: 0.5, toBefore: 0, toAfter: 0.25 },
  },
  'chosen-there': {
    ...{ code: 'chosen-there', agentName: 'Budi', department: 'Billing', forced: false },
  },
  'handed-over': {
    ...{ code: 'handed-over', channelName: 'Rocket.Chat', department: 'Billing' },
    ...{ until: '2026-01-01T08:05:00Z', alone: true },
  },
  'handover-trouble': { code: 'handover-trouble', channelName: 'Rocket.Chat', text: 'no-agent' },
  offered: { code: 'offered', agentName: 'Ana', until: '2026-10-17T10:00:20Z' },
  parked: {
    ...{ code: 'parked', agentName: 'Budi', by: 'Ana' },
    ...{ since: '2026-01-01T08:05:00Z', until: '2026-01-02T09:00:00Z' },
  },
  unconfirmed: { code: 'unconfirmed' },
  closed: { code: 'closed', agentName: 'Budi', closeReason: 'solved' },
  hours: {
    ...{ code: 'hours', calendar: 'Office', open: false, otherwise: 'message' },
    changesAt: '2026-01-01T08:05:00Z',
  },
  limit: {
    ...{ code: 'limit', plan: 'Billing', limit: 'waitFor', value: 600, met: false },
    ...{ at: '2026-01-01T08:05:00Z', otherwise: 'plan:Night' },
  },
  ending: { code: 'ending', plan: 'Billing', endReason: 'queue-full' },
  silent: {
    ...{ code: 'silent', of: 'agent', since: '2026-01-01T08:00:00Z' },
    ...{ noticedAt: '2026-01-01T08:05:00Z', dueAt: '2026-01-01T08:10:00Z' },
  },
  waits: { code: 'waits', seconds: 75, position: 4 },
  'waits-for': {
    ...{ code: 'waits-for', agentId: 'a1', agentName: 'Budi', until: '2026-01-01T08:05:00Z' },
  },
  held: { code: 'held', until: '2026-01-01T08:05:00Z', holdReason: 'recheck' },
  'next-pass': { code: 'next-pass' },
  'ends-one': { code: 'ends-one', agentName: 'Budi', held: 2, capacity: 2 },
  'ends-one-of': {
    ...{ code: 'ends-one-of', agentName: 'Budi', channel: 'webchat', held: 3, most: 3 },
  },
  'wrap-up-ends': { code: 'wrap-up-ends', agentName: 'Budi', at: '2026-01-01T08:05:00Z' },
  'pace-ends': { code: 'pace-ends', agentName: 'Budi', at: '2026-01-01T08:05:00Z', others: 1 },
  'comes-online': { code: 'comes-online', agentName: 'Budi', others: 2 },
  'may-be-asked-again': {
    ...{ code: 'may-be-asked-again', agentName: 'Budi', others: 1 },
    ...{ cause: 'agent-unfit', until: '2026-01-01T08:05:00Z' },
  },
  'lacks-skills': { code: 'lacks-skills', skills: ['billing'] },
  'nobody-could': { code: 'nobody-could' },
};

async function speak(language: string, words: Record<string, string>) {
  const i18n = await makeI18n(language, words);
  const wording = { i18n, format: makeFormat(language), nameActor: (by: string) => by };
  return (reason: Reason) => wordReason(reason, wording);
}

const spoken = {
  en: { ...en, ...routingEn, ...whyNotEn },
  ar: { ...ar, ...routingAr, ...whyNotAr },
  id: { ...id, ...routingId, ...whyNotId },
  ko: { ...ko, ...routingKo, ...whyNotKo },
  'pt-BR': { ...ptBr, ...routingPtBr, ...whyNotPtBr },
};

test.each(Object.entries(spoken))('%s has a sentence for every reason', async (language, words) => {
  const say = await speak(language, words);
  for (const reason of Object.values(reasons)) {
    const said = say(reason);
    expect(said, reason.code).not.toMatch(
      /\{\{|because\.|rule\.|decided\.|obstacle\.|exclusion\.|undefined/,
    );
    expect(said.length, reason.code).toBeGreaterThan(5);
  }
});

test('the figures and names stand in the sentence', async () => {
  const say = await speak('en', spoken.en);
  expect(say(reasons.considered)).toBe(
    'Agents considered: 6. Could take it: 1. No room left: 3 · Not in the team: 2',
  );
  expect(say(reasons.given)).toBe('Ana gave it to Budi, beyond the capacity.');
  expect(say({ ...reasons.given, by: 'Budi', forced: false })).toBe('Budi took it.');
  expect(say({ ...reasons['comes-online'], others: 0 })).not.toContain('more');
  expect(say({ ...reasons.closed, agentName: null, closeReason: 'userTimeout' })).toContain(
    'userTimeout',
  );
});

test('what decided in a rule is said in the words of the page on which rules are written', async () => {
  const say = await speak('en', spoken.en);
  const because = [
    { field: 'contact.attributes.tier', operator: 'is', value: 'gold', holds: true },
    { field: 'now.open', operator: 'is', value: 'Office', holds: false },
  ] as const;
  expect(say({ code: 'ruled', rule: 'Gold', plan: 'Night', because: [...because] })).toBe(
    'The rule “Gold” gave it the plan “Night”: the contact’s attribute tier is gold; Office is closed.',
  );
});
