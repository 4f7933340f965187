import { expect, test } from 'vitest';
import { type Schema, sampleOf, wordBounds, wordType } from './word-schema.ts';

const schemas: Record<string, Schema> = {
  Node: {
    type: 'object',
    required: ['next', 'name'],
    properties: { next: { $ref: '#/components/schemas/Node' }, name: { type: 'string' } },
  },
};

test('a type is said in words: its format, its choices, what is in a list', () => {
  const uuid: Schema = { type: 'string', format: 'uuid' };
  expect(wordType(uuid, {})).toBe('string (uuid)');
  expect(wordType({ anyOf: [uuid, { type: 'null' }] }, {})).toBe('string (uuid) or null');
  expect(wordType({ type: 'array', items: { enum: ['a', 'b'] } }, {})).toBe('array of "a" | "b"');
  expect(wordType({ $ref: '#/components/schemas/Node' }, schemas)).toBe('object');
});

test('bounds are said, also of what may be null', () => {
  expect(wordBounds({ type: 'integer', minimum: 1, maximum: 200 }, {})).toBe('1 to 200');
  const text: Schema = { type: 'string', maxLength: 100 };
  expect(wordBounds({ anyOf: [text, { type: 'null' }] }, {})).toBe('at most 100 characters');
  expect(wordBounds({ type: 'string' }, {})).toBe('');
});

test('a sample has what is required and nothing else, and ends where a shape holds itself', () => {
  const schema: Schema = {
    type: 'object',
    required: ['id', 'on', 'tags', 'count'],
    properties: {
      id: { type: 'string', format: 'uuid' },
      on: { type: 'boolean' },
      tags: { type: 'array', items: { type: 'string' } },
      count: { type: 'integer', minimum: 1 },
      more: { type: 'string' },
    },
  };
  expect(sampleOf(schema, {})).toEqual({
    ...{ id: '00000000-0000-7000-8000-000000000000', on: false, tags: [], count: 1 },
  });
  expect(
    JSON.stringify(sampleOf({ $ref: '#/components/schemas/Node' }, schemas)).length,
  ).toBeLessThan(200);
});
