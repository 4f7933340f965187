import { expect, test } from 'vitest';
import { writeAnswers } from './write-answers.ts';

const answers = (made: number, declined: number, missed: number, afters: number[]) => ({
  answers: { made, declined, missed, afters },
});

test('agents who are alike answer as they did together, and their shares are never more than all', () => {
  const { offers } = writeAnswers([
    answers(20, 10, 3, [2.04, 5]),
    { answers: null },
    answers(10, 0, 7, [3]),
  ]);
  expect(offers).toEqual({ answerAfter: { sample: [2, 5, 3] }, declined: 0.333, missed: 0.333 });
  const none = writeAnswers([answers(30, 10, 20, [])]).offers;
  expect(none).toEqual({ declined: 0.333, missed: 0.666 });
});

test('a few offers say nothing, and many answers are thinned out evenly', () => {
  expect(writeAnswers([answers(19, 19, 0, [1])])).toEqual({});
  expect(writeAnswers([])).toEqual({});
  const many = Array.from({ length: 5000 }, (_, nth) => nth / 10);
  const evenly = Array.from({ length: 500 }, (_, nth) => nth);
  expect(writeAnswers([answers(5000, 0, 0, many)]).offers?.answerAfter).toEqual({ sample: evenly });
});
