import { expect, test } from 'vitest';
import { directionOf } from './direction.ts';

test('a language is known by the beginning of its tag', () => {
  expect(['ar', 'AR-eg', 'he', 'ur-PK'].map(directionOf)).toEqual(['rtl', 'rtl', 'rtl', 'rtl']);
  expect(['en', 'arn', 'pt-BR', ''].map(directionOf)).toEqual(['ltr', 'ltr', 'ltr', 'ltr']);
});
