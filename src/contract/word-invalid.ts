// Says in words what a schema found wrong with a value, and what to do about it.
import { STORABLE } from './storable.ts';

type Params = Record<string, unknown>;

/** As the validators tell it. */
export interface SchemaFailure {
  keyword: string;
  /** Where, as a JSON Pointer. */
  instancePath: string;
  params: Params;
  message?: string | undefined;
}

export interface InvalidWords {
  /** Follows the name of the place. */
  what: string;
  remedy: string;
  /** `what` says the remedy already. */
  isSaid?: true;
}

const must = (be: unknown): InvalidWords => ({
  what: `must be ${be}`,
  remedy: `make it ${be}`,
  isSaid: true,
});
const needs = (most: string): InvalidWords => ({
  what: `needs ${most}`,
  remedy: `give it ${most}`,
  isSaid: true,
});

const types: Record<string, string> = {
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  null: 'null',
};

const formats: Record<string, InvalidWords> = {
  uuid: { what: 'is no id', remedy: 'copy it whole, as 01935ad0-0000-7000-8000-00000000e001' },
  'date-time': {
    what: 'is no time with its zone',
    remedy: 'write it as 2026-01-31T08:00:00Z',
  },
  email: { what: 'is no e-mail address', remedy: 'write it as name@example.com' },
};

const UNSTORABLE = {
  what: 'holds a NUL or half of a surrogate pair, which cannot be stored',
  remedy: 'leave it out',
};

const rules: Record<string, (params: Params) => InvalidWords> = {
  type: ({ type }) => must(types[String(type)] ?? type),
  format: ({ format }) =>
    formats[String(format)] ?? {
      what: `is no ${format}`,
      remedy: `write it as ${format}`,
      isSaid: true,
    },
  pattern: ({ pattern }) =>
    pattern === STORABLE
      ? UNSTORABLE
      : { what: 'has not the form that is wanted', remedy: String(pattern) },
  enum: ({ allowedValues }) => must(`one of: ${(allowedValues as unknown[]).join(', ')}`),
  const: ({ allowedValue }) => must(allowedValue),
  required: ({ missingProperty }) => ({ what: `lacks ${missingProperty}`, remedy: 'add it' }),
  additionalProperties: ({ additionalProperty }) => ({
    what: `has a field that is not known here, ${additionalProperty}`,
    remedy: 'leave it out',
  }),
  minProperties: ({ limit }) => ({
    what: 'is empty',
    remedy: `name at least ${limit} field to change`,
  }),
  maxProperties: ({ limit }) => ({ what: 'has too many fields', remedy: `at most ${limit}` }),
  minLength: ({ limit }) =>
    limit === 1 ? { what: 'is empty', remedy: 'fill it in' } : needs(`${limit} characters or more`),
  maxLength: ({ limit }) => ({ what: 'is too long', remedy: `at most ${limit} characters` }),
  minItems: ({ limit }) => needs(`${limit} or more`),
  maxItems: ({ limit }) => ({ what: 'has too many', remedy: `at most ${limit}` }),
  uniqueItems: () => ({ what: 'names the same twice', remedy: 'once is enough' }),
  minimum: ({ limit }) => must(`${limit} or more`),
  maximum: ({ limit }) => must(`${limit} or less`),
  exclusiveMinimum: ({ limit }) => must(`above ${limit}`),
  exclusiveMaximum: ({ limit }) => must(`below ${limit}`),
};

export function wordInvalid({ keyword, params, message }: SchemaFailure): InvalidWords {
  const what = message ?? 'is not valid';
  return rules[keyword]?.(params) ?? { what, remedy: 'correct it', isSaid: true };
}

/** A text of ours that quotes what somebody sent can be stored and shown. */
export function makeStorable(text: string): string {
  return text.replaceAll(/[\0\ud800-\udfff]/gu, '\ufffd');
}

// Of the forms that a value may have, the one that came nearest failed deepest; that the value is
// not the other form helps the reader least.
const LEAST = ['anyOf', 'propertyNames', 'type', 'const', 'enum'];

/** Sorts what helps the reader most to the front. */
export function byUse(one: SchemaFailure, other: SchemaFailure): number {
  const depth = ({ instancePath }: SchemaFailure) => instancePath.split('/').length;
  const use = ({ keyword }: SchemaFailure) =>
    LEAST.includes(keyword) ? LEAST.indexOf(keyword) : LEAST.length;
  return depth(other) - depth(one) || use(other) - use(one);
}
