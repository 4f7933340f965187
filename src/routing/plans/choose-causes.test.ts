// What is said now, what counts as said from then on, and what is said only once nobody could be given it.
import { expect, test } from 'vitest';
import type { Words } from '../../contract/policy/words.ts';
import { chooseCauses } from './choose-causes.ts';
import type { Met, PlanEnd } from './place-in-plan.ts';

const en = { en: 'A word' };
const all: Words = { queued: en, position: en, closedHours: en, full: en, ended: en };
const end: PlanEnd = { reason: 'closed-hours', plan: 'Day', at: 1 };

function choose(
  standing: { words?: Words; met?: Met[]; step?: number; ends?: PlanEnd },
  { tried = true, told = [] as string[] } = {},
) {
  const { words = all, met = [], step = 0, ends = null } = standing;
  const chosen = chooseCauses({ name: 'Day', words }, { step, met, ends }, { tried, told });
  return { ...chosen, say: chosen.say.map(({ cause, key }) => `${cause} ${key}`) };
}

const nothing = { say: [], later: false };

test('who waits is told so once nobody could be given it, and not again', () => {
  expect(choose({}, { tried: false })).toEqual({ say: [], told: [], later: true });
  expect(choose({})).toEqual({ say: ['queued queued'], told: ['queued'], later: false });
  expect(choose({}, { told: ['queued'] })).toEqual({ ...nothing, told: ['queued'] });
});

test('of several causes the one that says most is said, and all count as said', () => {
  expect(choose({ met: ['closedHours', 'full'], step: 2 }, { told: ['before'] })).toEqual({
    say: ['closedHours closedHours:Day'],
    told: ['before', 'closedHours:Day', 'full:Day', 'queued', 'position:Day:2'],
    later: false,
  });
});

test('each further step says the place in line, once', () => {
  const told = ['queued'];
  expect(choose({ step: 1 }, { told }).say).toEqual(['position position:Day:1']);
  expect(choose({ step: 1 }, { told: ['queued', 'position:Day:1'] }).say).toEqual([]);
  expect(choose({ step: 2 }, { told: ['queued', 'position:Day:1'] }).say).toEqual([
    'position position:Day:2',
  ]);
});

test('a cause without words is left out for the next one', () => {
  const words = { queued: en };
  expect(choose({ words, met: ['full'] })).toMatchObject({
    say: ['queued queued'],
    told: ['full:Day', 'queued'],
  });
});

test('where no words are due nothing is said, and nothing waits to be said', () => {
  for (const tried of [true, false]) {
    expect(choose({ words: {} }, { tried })).toEqual({ ...nothing, told: [] });
  }
  const placed = { step: 0, met: [], ends: null };
  const wordless = chooseCauses({ name: 'Day' }, placed, { tried: true, told: ['x'] });
  expect(wordless).toEqual({ say: [], told: ['x'], later: false });
});

test('an end says why and that it is over, at once, and neither twice', () => {
  for (const tried of [true, false]) {
    expect(
      choose({ met: ['closedHours'], step: 1, ends: end }, { tried, told: ['queued'] }),
    ).toEqual({
      say: ['closedHours closedHours:Day', 'ended ended'],
      told: ['queued', 'closedHours:Day', 'ended'],
      later: false,
    });
  }
  const told = ['closedHours:Day', 'ended'];
  expect(choose({ met: ['closedHours'], ends: end }, { told })).toEqual({ ...nothing, told });
});

test('an end says what there are words for', () => {
  const words = { ended: en };
  expect(choose({ words, met: ['full'], ends: end })).toMatchObject({
    say: ['ended ended'],
    told: ['full:Day', 'ended'],
  });
});
