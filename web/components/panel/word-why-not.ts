// Puts what stands against one agent into sentences of the reader's language. Pure.
import type { Reason, WhyNotReason } from '../../api/shapes.ts';
import { nameOfChannel, type Wording, wordReason } from '../naming/word-reason.ts';

type Obstruction = Exclude<WhyNotReason, Reason>;
type Of<Code extends Obstruction['code']> = Extract<Obstruction, { code: Code }>;
type Words<Codes extends Obstruction['code']> = { [Code in Codes]: (one: Of<Code>) => string };
type OfAgent =
  | 'not-online'
  | 'not-heard-of'
  | 'bot-not-named'
  | 'bot-first'
  | 'answers-elsewhere'
  | 'not-on-channel'
  | 'not-in-division'
  | 'excluded'
  | 'asked-before'
  | 'no-room'
  | 'at-limit'
  | 'paced';
type OfNeeds = 'not-in-team' | 'below-level' | 'fits-later' | 'fits-at-no-step';
type OfQueue = 'others-before' | 'goes-to' | 'goes-to-them';

/** `name`: of the agent; `now`: what is on this day is told by its hour alone. */
export function wordWhyNot(
  reason: WhyNotReason,
  { name, now }: { name: string; now: number },
  wording: Wording,
): string {
  const told = { ...wording, when: tellWhen(wording.format, now) };
  const words: Words<Obstruction['code']> = {
    ...wordAgent(name, told),
    ...wordNeeds(name, told),
    ...wordQueue(name, wording),
    ...wordRecord(name, told),
  };
  if (!Object.hasOwn(words, reason.code)) return wordReason(reason as Reason, wording);
  return words[reason.code as Obstruction['code']](reason as never);
}

type When = (at: string) => string;
type Told = Wording & { when: When };

function tellWhen(format: Wording['format'], now: number): When {
  const today = new Date(now).toDateString();
  return (at) => (new Date(at).toDateString() === today ? format.time(at) : format.full(at));
}

function wordAgent(name: string, { i18n: { t, exists }, when }: Told): Words<OfAgent> {
  return {
    'not-online': ({ availability }) =>
      t(availability === 'away' ? 'whyNot.away' : 'whyNot.offline', { name }),
    'not-heard-of': ({ since }) => t('whyNot.notHeardOf', { name, time: when(since) }),
    'bot-not-named': () => t('whyNot.botNotNamed', { name }),
    'bot-first': () => t('whyNot.botFirst', { name }),
    'answers-elsewhere': () => t('whyNot.answersElsewhere', { name }),
    'not-on-channel': ({ channelName: channel }) => t('whyNot.notOnChannel', { name, channel }),
    'not-in-division': ({ channelName: channel, externalChannelId: external }) =>
      t('whyNot.notInDivision', { name, channel, external }),
    'asked-before': ({ cause }) => {
      const key = `exclusion.${cause}` as 'exclusion.unknown';
      return t('whyNot.askedBefore', { name, why: exists(key) ? t(key) : cause });
    },
    excluded: ({ cause, until }) => {
      const key = `exclusion.${cause}` as 'exclusion.unknown';
      const why = exists(key) ? t(key) : cause;
      return until === null
        ? t('whyNot.excluded', { name, why })
        : t('whyNot.excludedUntil', { name, why, time: when(until) });
    },
    'no-room': ({ held, heldOutside, capacity, weight, wrappingUp, wrapUpEndsAt }) => {
      const said = { name, held, capacity, weight, outside: heldOutside };
      const told = t(heldOutside === 0 ? 'whyNot.noRoom' : 'whyNot.noRoomOutside', said);
      if (wrapUpEndsAt === null) return told;
      return `${told} ${t('whyNot.wrapsUp', { count: wrappingUp, time: when(wrapUpEndsAt) })}`;
    },
    'at-limit': ({ channel, held, most, weight }) =>
      t('whyNot.atLimit', { name, channel: nameOfChannel(channel), held, most, weight }),
    paced: ({ until }) => t('whyNot.paced', { name, time: when(until) }),
  };
}

function wordNeeds(name: string, { i18n: { t }, when }: Told): Words<OfNeeds> {
  return {
    'not-in-team': ({ team }) => t('whyNot.notInTeam', { name, team }),
    'below-level': ({ skills }) => {
      const told = skills.map((one) =>
        t(one.has === 0 ? 'whyNot.skillMissing' : 'whyNot.skillLow', one),
      );
      return t('whyNot.belowLevel', { name, skills: told.join(t('common.comma')) });
    },
    'fits-later': ({ plan, step, at }) =>
      t('whyNot.fitsLater', { name, plan, step, time: when(at) }),
    'fits-at-no-step': ({ plan }) => t('whyNot.fitsAtNoStep', { name, plan }),
  };
}

function wordQueue(name: string, { i18n: { t }, format }: Wording): Words<OfQueue> {
  return {
    'others-before': ({ count }) =>
      count === 1
        ? t('whyNot.oneBefore', { name })
        : t('whyNot.othersBefore', { name, many: format.number(count) }),
    'goes-to': ({ agentName: other, decidedBy }) => {
      if (decidedBy === 'only-candidate') return t('whyNot.goesToFilled', { name, other });
      return `${t('whyNot.goesTo', { name, other })} ${t(`apart.${decidedBy}`, { name, other })}`;
    },
    'goes-to-them': () => t('whyNot.goesToThem', { name }),
  };
}

function wordRecord(
  name: string,
  { i18n: { t }, format, when }: Told,
): Words<Exclude<Obstruction['code'], OfAgent | OfNeeds | OfQueue>> {
  return {
    'has-it': ({ since }) => t('whyNot.hasIt', { name, time: when(since) }),
    'had-it-last': ({ until }) =>
      until === null
        ? t('whyNot.hadItLast', { name })
        : t('whyNot.hadItLastUntil', { name, time: when(until) }),
    'was-second': ({ own, chosen: { agentName: other, ...its }, decidedBy }) => {
      const first = t('whyNot.wasSecond', { name, other });
      const why = decidedBy === 'only-candidate' ? '' : t(`apart.${decidedBy}`, { name, other });
      const figures = t('whyNot.figures', {
        ...{ name, share: format.share(own.loadShare), idle: format.span(own.idleSeconds) },
        ...{ other, its: format.share(its.loadShare), itsIdle: format.span(its.idleSeconds) },
      });
      return [first, why, figures].filter((one) => one !== '').join(' ');
    },
    'could-not-then': ({ chosenName: other }) => t('whyNot.couldNotThen', { name, other }),
    'was-not-first': ({ chosenName: other }) => t('whyNot.wasNotFirst', { name, other }),
  };
}
