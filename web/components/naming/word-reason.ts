// Puts the server's reasons into sentences of the reader's language. Pure.

import type { i18n } from 'i18next';
import { channelKinds, isKnownKind } from '../../../src/contract/channel-kinds.ts';
import type { Comparison } from '../../../src/contract/policy/rule-fields.ts';
import type { Reason } from '../../api/shapes.ts';
import type { Format } from '../../i18n/use-format.ts';
import { wordCondition } from './word-rule.ts';

export interface Wording {
  i18n: i18n;
  format: Format;
  /** Who did something, by name. */
  nameActor(by: string): string;
}
type Of<Code extends Reason['code']> = Extract<Reason, { code: Code }>;
type Words<Codes extends Reason['code']> = { [Code in Codes]: (reason: Of<Code>) => string };
type OfPlan = 'ruled' | 'step' | 'due' | 'silent' | 'to-route' | 'hours' | 'limit' | 'ending';
type OfWait =
  | 'waits'
  | 'waits-for'
  | 'held'
  | 'handed-over'
  | 'handover-trouble'
  | 'next-pass'
  | 'ends-one'
  | 'ends-one-of'
  | 'wrap-up-ends'
  | 'pace-ends'
  | 'comes-online'
  | 'may-be-asked-again'
  | 'lacks-skills'
  | 'nobody-could';

/** A kind by its name; the name of a channel as it is. */
export function nameOfChannel(channel: string): string {
  return isKnownKind(channel) ? channelKinds[channel].name : channel;
}

export function wordReason(reason: Reason, wording: Wording): string {
  const words: Words<Reason['code']> = {
    ...wordPast(wording),
    ...wordPlan(wording),
    ...wordWait(wording),
  };
  return words[reason.code](reason as never);
}

function wordPast({
  i18n: { t, exists },
  format,
  nameActor,
}: Wording): Words<Exclude<Reason['code'], OfPlan | OfWait>> {
  const standing = (one: Of<'chosen'> | Of<'runner-up'>) => ({
    name: one.agentName,
    share: format.share(one.loadShare),
    idle: format.span(one.idleSeconds),
  });
  return {
    chosen: (one) => {
      const order = one.prefer?.map((name) => t(`criterion.${name}`)).join(t('common.comma'));
      if (order !== undefined) return t('because.chosenByPlan', { ...standing(one), order });
      return t('because.chosen', { ...standing(one), strategy: t(`strategy.${one.strategy}`) });
    },
    considered: ({ considered, eligible, removed }) => {
      const sentence = t('because.considered', {
        considered: format.number(considered),
        eligible: format.number(eligible),
      });
      const parts = Object.entries(removed).map(
        ([name, count]) => `${t(`obstacle.${name as 'team'}`)}: ${format.number(count)}`,
      );
      return parts.length === 0 ? sentence : `${sentence} ${parts.join(' · ')}`;
    },
    'runner-up': (one) =>
      `${t('because.runnerUp', standing(one))} ${t(`decided.${one.decidedBy}`)}`,
    'no-runner-up': ({ decidedBy }) => t(`decided.${decidedBy}`),
    given: ({ agentName: name, by: giver, forced }) => {
      const by = nameActor(giver);
      if (by === name && !forced) return t('because.took', { name });
      return t(forced ? 'because.givenForced' : 'because.given', { name, by });
    },
    'sent-to-plan': ({ by, plan }) => t('because.sentToPlan', { by: nameActor(by), plan }),
    balanced: ({ agentName: to, fromName: from, undone, ...shares }) => {
      if (undone) return t('because.balanceUndone', { from, to });
      const said = Object.entries(shares).map(([name, share]) => [
        name,
        typeof share === 'number' ? format.share(share) : share,
      ]);
      return t('because.balanced', { from, to, ...Object.fromEntries(said) });
    },
    'taken-outside': ({ agentName: name }) => t('because.takenOutside', { name }),
    'chosen-there': ({ agentName: name, department }) =>
      t('because.chosenThere', { name, department }),
    offered: ({ agentName: name, until }) =>
      t('because.offered', { name, time: format.time(until) }),
    parked: ({ agentName: name, by, since, until }) => {
      const said = { name, by: nameActor(by), since: format.full(since) };
      return until === null
        ? t('because.parkedUntilWritten', said)
        : t('because.parked', { ...said, until: format.full(until) });
    },
    unconfirmed: () => t('because.unconfirmed'),
    closed: ({ agentName: name, closeReason }) => {
      // What was chosen from our list has words of ours; what others gave stays as it is.
      const key = `reason.${closeReason}` as 'reason.solved';
      const reason = exists(key) ? t(key) : (closeReason ?? t('state.closed'));
      return name === null
        ? t('because.closedWithout', { reason })
        : t('because.closedWith', { name, reason });
    },
  };
}

const PLAN = 'plan:';

function wordPlan({ i18n: { t, exists, language }, format }: Wording): Words<OfPlan> {
  const wordWay = (otherwise: string) =>
    otherwise.startsWith(PLAN)
      ? t('because.way.plan', { plan: otherwise.slice(PLAN.length) })
      : t(`because.way.${otherwise as 'close'}`);
  return {
    hours: ({ calendar, open, changesAt, otherwise }) => {
      const at = changesAt === null ? null : format.time(changesAt);
      const said = { calendar, time: at, way: wordWay(otherwise) };
      if (open) return t(at === null ? 'because.open' : 'because.openUntil', said);
      return t(at === null ? 'because.shut' : 'because.shutUntil', said);
    },
    limit: ({ plan, limit, value, met, at, otherwise }) => {
      const said = { plan, count: format.number(value), way: wordWay(otherwise) };
      if (limit === 'waiting') return t(met ? 'because.full' : 'because.notFull', said);
      const time = at === null ? '' : format.time(at);
      const span = format.longSpan(value);
      return t(met ? 'because.tooLong' : 'because.mayWait', { ...said, time, span });
    },
    ending: ({ plan, endReason }) => {
      const key = `reason.${endReason}` as 'reason.solved';
      return t('because.ending', { plan, reason: exists(key) ? t(key) : endReason });
    },
    ruled: ({ rule, plan, because }) => {
      if (because.length === 0) return t('because.ruledAlways', { rule, plan });
      const told = because.map(({ field, operator, value, holds }) => {
        const comparison = { field, [operator]: value } as Comparison;
        return wordCondition(holds ? comparison : { not: comparison }, { t, language });
      });
      return t('because.ruled', { rule, plan, why: told.join('; ') });
    },
    step: ({ plan, step, nextAt }) =>
      nextAt === null
        ? t('because.step', { plan, step })
        : t('because.stepUntil', { plan, step, time: format.time(nextAt) }),
    due: ({ target, dueAt, standing, byDue }) => {
      const told = t(`because.due.${standing}`, {
        target: t(`target.${target}`),
        at: format.full(dueAt),
      });
      return byDue ? `${told} ${t('because.byDue')}` : told;
    },
    silent: ({ of, since, noticedAt, dueAt }) => {
      const parts = [t(`because.silent.${of}`, { time: format.time(since) })];
      if (noticedAt !== null) {
        parts.push(t(`because.noticed.${of}`, { time: format.time(noticedAt) }));
      }
      if (dueAt !== null) parts.push(t(`because.silenceEnds.${of}`, { time: format.time(dueAt) }));
      return parts.join(' ');
    },
    'to-route': () => t('because.toRoute'),
  };
}

function wordWait({ i18n: { t, exists }, format }: Wording): Words<OfWait> {
  const named = (holdReason: string) => {
    const key = `hold.${holdReason}` as 'hold.room-full';
    return exists(key) ? t(key) : holdReason;
  };
  return {
    waits: ({ seconds, position }) =>
      t('because.waits', { time: format.longSpan(seconds), position: format.number(position) }),
    'waits-for': ({ agentName: name, until }) =>
      t('because.waitsFor', { name, time: format.time(until) }),
    held: ({ until, holdReason }) => {
      const why =
        holdReason === 'recheck'
          ? t('because.recheck')
          : t('because.holdFailed', { reason: named(holdReason) });
      return until === null
        ? t('because.held', { why })
        : t('because.heldUntil', { why, time: format.time(until) });
    },
    'handed-over': ({ channelName: channel, department, until, alone }) => {
      if (!alone) return t('because.handedOverLapsed', { channel, department });
      return until === null
        ? t('because.handedOver', { channel, department })
        : t('because.handedOverUntil', { channel, department, time: format.time(until) });
    },
    'handover-trouble': ({ channelName: channel, text }) =>
      t('because.handoverTrouble', { channel, text }),
    'next-pass': () => t('because.nextPass'),
    'ends-one': ({ agentName: name, held, capacity }) =>
      t('because.endsOne', { name, held, capacity }),
    'ends-one-of': ({ agentName: name, channel, held, most }) =>
      t('because.endsOneOf', { name, channel: nameOfChannel(channel), held, most }),
    'wrap-up-ends': ({ agentName: name, at }) =>
      t('because.wrapUpEnds', { name, time: format.time(at) }),
    'pace-ends': ({ agentName: name, at }) =>
      t('because.paceEnds', { name, time: format.time(at) }),
    'comes-online': ({ agentName: name, others }) =>
      others === 0
        ? t('because.comesOnline', { name })
        : t('because.comesOnlineOthers', { name, others: format.number(others) }),
    'may-be-asked-again': ({ agentName: name, cause, until, others }) => {
      const key = `exclusion.${cause}` as 'exclusion.unknown';
      const why = exists(key) ? t(key) : cause;
      const said = { name, why, time: format.time(until), others: format.number(others) };
      return t(others === 0 ? 'because.askedAgain' : 'because.askedAgainOthers', said);
    },
    'lacks-skills': ({ skills }) =>
      t('because.lacksSkills', { skills: skills.join(t('common.comma')) }),
    'nobody-could': () => t('because.nobodyCould'),
  };
}
