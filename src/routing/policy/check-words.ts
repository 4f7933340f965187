// What plans say to the contact: in languages that are ones, with placeholders that are known, on channels that carry it.
import { channelKinds, isKnownKind } from '../../contract/channel-kinds.ts';
import type { PolicyDocument } from '../../contract/policy/document.ts';
import type { Plan } from '../../contract/policy/plan.ts';
import { point } from '../../contract/policy/point.ts';
import {
  isLanguage,
  knownFor,
  type Texts,
  type WordCause,
  wordCauses,
  wordPlaceholders,
} from '../../contract/policy/words.ts';
import {
  hasLooseBraces,
  hasText,
  listUnknownWords,
  listUsedWords,
} from '../../contract/policy/write-words.ts';
import type { Findings } from './findings.ts';
import type { NamedChannel } from './policy-names.ts';

interface Found {
  faults: Findings;
  warnings: Findings;
}

export function checkWords(
  { plans = [], language }: Pick<PolicyDocument, 'plans' | 'language'>,
  { channels, ...found }: Found & { channels: readonly NamedChannel[] },
): void {
  if (language !== undefined && !isLanguage(language)) {
    sayNoLanguage(language, '/language', found.faults);
  }
  plans.forEach((plan, place) => {
    const path = point('plans', place);
    for (const cause of wordCauses) {
      const texts = plan.words?.[cause];
      const at = { path: `${path}${point('words', cause)}`, cause };
      if (texts === undefined) warnOfSilence(plan, { ...at, path }, found.warnings);
      else {
        checkTexts(texts, { ...at, language }, found);
        warnOfUnsaid(plan, at, found.warnings);
      }
    }
  });
  warnOfChannels(plans, channels, found.warnings);
}

interface At {
  path: string;
  cause: WordCause;
}

function checkTexts(
  texts: Texts,
  { path, cause, language }: At & { language: string | undefined },
  { faults, warnings }: Found,
): void {
  if (language !== undefined && isLanguage(language) && !hasText(texts, language)) {
    faults.add(path, () => ({
      code: 'words.no-fallback',
      values: { language },
      detail: `There is no text in “${language}”, the language for contacts whose own is not known.`,
      remedy: `Add a text in “${language}”, or name another language of the policy.`,
    }));
  }
  for (const [tag, text] of Object.entries(texts)) {
    const at = `${path}${point(tag)}`;
    checkText({ tag, text }, at, faults);
    const never = listUsedWords(text).filter((name) => !knownFor[cause].includes(name));
    for (const name of never) {
      warnings.add(at, () => ({
        code: 'words.never-known',
        values: { placeholder: name, cause },
        detail: `{{${name}}} is never known where ${cause} is said, so its sentence is left out.`,
        remedy: `Leave it out; known there: ${writeNames(knownFor[cause])}.`,
      }));
    }
  }
}

/** A text in the language of the tag. */
export function checkText(
  { tag, text }: { tag: string; text: string },
  path: string,
  faults: Findings,
): void {
  if (!isLanguage(tag)) sayNoLanguage(tag, path, faults);
  if (text.trim() === '') sayEmpty(path, faults);
  checkPlaceholders(text, path, faults);
}

function checkPlaceholders(text: string, path: string, faults: Findings): void {
  for (const name of listUnknownWords(text)) {
    faults.add(path, () => ({
      code: 'words.placeholder-unknown',
      values: { name: `{{${name}}}` },
      detail: `There is no placeholder {{${name}}}.`,
      remedy: `Use one of ${writeNames(wordPlaceholders)}.`,
    }));
  }
  if (!hasLooseBraces(text)) return;
  faults.add(path, () => ({
    code: 'words.braces-open',
    detail: 'Two braces begin or end no placeholder.',
    remedy: 'Write a placeholder as {{name}}, or leave the braces out.',
  }));
}

const writeNames = (names: readonly string[]) => names.map((name) => `{{${name}}}`).join(', ');

function sayNoLanguage(tag: string, path: string, faults: Findings): void {
  faults.add(path, () => ({
    code: 'words.language-unknown',
    values: { name: tag },
    detail: `“${tag}” is not how a language is written.`,
    remedy: 'Write it as BCP 47 has it: en, id, ko, pt-BR.',
  }));
}

function sayEmpty(path: string, faults: Findings): void {
  faults.add(path, () => ({
    code: 'words.empty',
    detail: 'The text has nothing in it that can be read.',
    remedy: 'Write what the contact is to be told, or leave the language out.',
  }));
}

/** Whether the plan ever comes to the cause. */
function comes({ hours, limits, silence, steps }: Plan, cause: WordCause): boolean {
  const ways = [hours?.otherwise, limits?.then];
  const tells = (way: string | undefined) => way === 'message' || way === 'close';
  if (cause === 'closedHours') return tells(hours?.otherwise);
  if (cause === 'full') return tells(limits?.then);
  if (cause === 'reminder') return silence?.contact?.remind !== undefined;
  if (cause === 'ended') {
    return ways.includes('close') || silence?.contact?.close !== undefined;
  }
  return cause !== 'position' || steps.length > 1;
}

function warnOfUnsaid(plan: Plan, { path, cause }: At, warnings: Findings): void {
  if (comes(plan, cause)) return;
  warnings.add(path, () => ({
    code: 'words.never-said',
    values: { plan: plan.name, cause },
    detail: `Plan “${plan.name}” never comes to say ${cause}.`,
    remedy:
      'Leave it out, or give the plan the hours, the limit, the silence or the step to which it belongs.',
  }));
}

/** The contact is to be told, and nothing is written. */
function warnOfSilence(plan: Plan, { path, cause }: At, warnings: Findings): void {
  const { hours, limits } = plan;
  const way = { closedHours: hours?.otherwise, full: limits?.then }[cause as string];
  if (way !== 'message') return;
  const part = cause === 'full' ? '/limits/then' : '/hours/otherwise';
  warnings.add(`${path}${part}`, () => ({
    code: 'words.missing',
    values: { plan: plan.name, cause },
    detail: `Plan “${plan.name}” would tell the contact, but words.${cause} is left out: nothing is said.`,
    remedy: `Add words.${cause}, or write queue.`,
  }));
}

/** Of a policy that says anything, each channel that carries no words. */
function warnOfChannels(
  plans: readonly Plan[],
  channels: readonly NamedChannel[],
  warnings: Findings,
): void {
  const place = plans.findIndex(({ words = {} }) => Object.keys(words).length > 0);
  if (place < 0) return;
  for (const { name, kind } of channels) {
    if (kind === undefined || !isKnownKind(kind)) continue;
    const { mirrors, words } = channelKinds[kind];
    if (mirrors || words !== null) continue;
    warnings.add(point('plans', place, 'words'), () => ({
      code: 'words.channel-untold',
      values: { name },
      detail: `Nothing can be said on the channel “${name}” (${channelKinds[kind].name}).`,
      remedy: 'Let its own system say it there; on the other channels the words are said.',
    }));
  }
}
