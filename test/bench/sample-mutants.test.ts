import { expect, test } from 'vitest';
import { makeSampler, takeSample } from '../../bench/sample-mutants.ts';
import { likelyShare } from '../../bench/statistics.ts';

const mutants = Array.from({ length: 100 }, (_, n) => ({ id: String(n) })) as never[];

test('a seed names the same mutants each time, another seed others', () => {
  const first = takeSample(mutants, { size: 10, seed: 1 });
  expect(takeSample(mutants.toReversed(), { size: 10, seed: 1 })).toEqual(first);
  expect(takeSample(mutants, { size: 10, seed: 2 })).not.toEqual(first);
});

test('as many mutants pass as the sample is large, and the others are left out', async () => {
  const sampler = makeSampler({ size: 10, seed: 1 });
  await sampler.group?.(mutants);
  const answers = Object.values(await sampler.check(mutants));
  expect(answers).toHaveLength(100);
  expect(answers.filter(({ status }) => status === 'passed')).toHaveLength(10);
});

test('the interval of a share is Wilson’s score, and narrows with the count', () => {
  const { from, to } = likelyShare(25, 40);
  expect([from, to].map((share) => share.toFixed(3))).toEqual(['0.470', '0.758']);
  expect(likelyShare(40, 40).to).toBeCloseTo(1);
  expect(likelyShare(250, 400).from).toBeGreaterThan(from);
});
