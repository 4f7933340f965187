// Says in words what is wrong with a request and what to do, where the validator would show its own rule.
import type { FastifySchemaValidationError } from 'fastify';
import { STORABLE } from '../contract/storable.ts';

type Params = Record<string, unknown>;

const UNSTORABLE = 'holds a NUL or half of a surrogate pair, which cannot be stored: leave it out';

const types: Record<string, string> = {
  string: 'must be text',
  integer: 'must be a whole number',
  number: 'must be a number',
  boolean: 'must be true or false',
  array: 'must be a list',
  object: 'must be an object',
  null: 'must be null',
};

const formats: Record<string, string> = {
  uuid: 'is no id: copy it whole, as 01935ad0-0000-7000-8000-00000000e001',
  'date-time': 'is no time with its zone: write it as 2026-01-31T08:00:00Z',
  email: 'is no e-mail address: write it as name@example.com',
};

const rules: Record<string, (params: Params) => string> = {
  type: ({ type }) => types[String(type)] ?? `must be ${type}`,
  format: ({ format }) => formats[String(format)] ?? `is no ${format}`,
  pattern: ({ pattern }) =>
    pattern === STORABLE ? UNSTORABLE : `has not the form that is wanted: ${pattern}`,
  enum: ({ allowedValues }) => `must be one of: ${(allowedValues as unknown[]).join(', ')}`,
  const: ({ allowedValue }) => `must be ${allowedValue}`,
  required: ({ missingProperty }) => `lacks ${missingProperty}: add it`,
  additionalProperties: ({ additionalProperty }) =>
    `has a field that is not known here, ${additionalProperty}: leave it out`,
  minProperties: ({ limit }) => `is empty: name at least ${limit} field to change`,
  maxProperties: ({ limit }) => `has too many fields: at most ${limit}`,
  minLength: ({ limit }) =>
    limit === 1 ? 'is empty: fill it in' : `needs ${limit} characters or more`,
  maxLength: ({ limit }) => `is too long: at most ${limit} characters`,
  minItems: ({ limit }) => `needs ${limit} or more`,
  maxItems: ({ limit }) => `has too many: at most ${limit}`,
  uniqueItems: () => 'names the same twice: once is enough',
  minimum: ({ limit }) => `must be ${limit} or more`,
  maximum: ({ limit }) => `must be ${limit} or less`,
};

/** `context` is the part of the request: body, params, querystring. */
export function describeInvalid(
  failures: readonly FastifySchemaValidationError[],
  context = 'body',
): string {
  const failure = failures.toSorted(byUse)[0];
  if (failure === undefined) return 'The request is not valid.';
  const { keyword, instancePath, params } = failure;
  if (context === 'body' && instancePath === '' && keyword === 'type') {
    return 'The body must be a JSON object, sent with content-type: application/json.';
  }
  const place = `${context}${instancePath}`.replaceAll('/', '.');
  const key = (failure as { propertyName?: string }).propertyName;
  const where = key === undefined ? place : `A name in ${place}`;
  const what = rules[keyword]?.(params) ?? failure.message ?? 'is not valid';
  return `${where} ${what}.`.replaceAll(/[\0\ud800-\udfff]/gu, '\ufffd');
}

// Of the forms that a value may have, the one that came nearest failed deepest; that the value is
// not the other form helps the reader least.
const LEAST = ['anyOf', 'propertyNames', 'type', 'const', 'enum'];

function byUse(one: FastifySchemaValidationError, other: FastifySchemaValidationError): number {
  const depth = ({ instancePath }: FastifySchemaValidationError) => instancePath.split('/').length;
  const use = ({ keyword }: FastifySchemaValidationError) =>
    LEAST.includes(keyword) ? LEAST.indexOf(keyword) : LEAST.length;
  return depth(other) - depth(one) || use(other) - use(one);
}
