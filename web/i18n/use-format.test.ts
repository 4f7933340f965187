import { expect, test } from 'vitest';
import { makeFormat } from './use-format.ts';

test('a long span is rounded once, so that no minute has sixty seconds', () => {
  const { longSpan } = makeFormat('en');
  expect([0.4, 59.4, 59.6, 60, 119.6, 125, 3599.7, 3660].map(longSpan)).toEqual([
    ...['0s', '59s', '1m', '1m', '2m', '2m 5s', '1h 0m', '1h 1m'],
  ]);
});

test.each([
  { language: 'en', said: ['23.8s', '86.5%'] },
  { language: 'id', said: ['23,8 dtk', '86,5%'] },
  { language: 'ko', said: ['23.8초', '86.5%'] },
  { language: 'pt-BR', said: ['23,8 s', '86,5%'] },
])('in $language seconds and shares are written to a tenth', ({ language, said }) => {
  const { seconds, fineShare } = makeFormat(language);
  const plain = (text: string) => text.replaceAll(/\s/gu, ' ');
  expect([seconds(23.81), fineShare(0.8649)].map(plain)).toEqual(said);
});
