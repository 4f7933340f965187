// The types that are generated from a schema.
import { expect, test } from 'vitest';
import { printType } from './generate-api-types.ts';

test.each([
  [{ type: 'integer' }, 'number'],
  [{ enum: ['a', 'b'] }, '"a" | "b"'],
  [
    { type: 'array', items: { anyOf: [{ type: 'string' }, { type: 'null' }] } },
    '(string | null)[]',
  ],
  [
    {
      type: 'object',
      properties: { a: { type: 'string' }, 'b-c': { type: 'null' } },
      required: ['a'],
    },
    "{ a: string; 'b-c'?: null | undefined }",
  ],
  [{ type: 'object', additionalProperties: { type: 'number' } }, 'Record<string, number>'],
  [{}, 'unknown'],
])('%j', (schema, printed) => {
  expect(printType(schema)).toBe(printed);
});
