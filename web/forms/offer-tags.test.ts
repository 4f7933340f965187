import { expect, test } from 'vitest';
import { offerTags } from './offer-tags.ts';

const known = ['delivery', 'Login', 'return', 'blog'];

test('without a word all are offered', () => {
  expect(offerTags(known, ' ')).toEqual(known);
});

test('what begins with the word comes first, then the word itself, then what contains it', () => {
  expect(offerTags(known, 'log')).toEqual(['Login', 'log', 'blog']);
});

test('a word that is a tag already makes no second one in other letters', () => {
  expect(offerTags(known, 'LOGIN')).toEqual(['Login']);
});

test('a word that fits nothing is offered by itself', () => {
  expect(offerTags(known, 'refund ')).toEqual(['refund']);
});
