// What a schema says, in a word or two, and a value that fits it.
export interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  description?: string;
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  additionalProperties?: boolean | Schema;
  patternProperties?: Record<string, Schema>;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
}
export type Schemas = Record<string, Schema>;

/** A name that leads nowhere is anything. */
export function follow(schema: Schema, schemas: Schemas): Schema {
  const name = schema.$ref?.split('/').at(-1);
  return name === undefined ? schema : (schemas[name] ?? {});
}

const choicesOf = ({ anyOf, oneOf }: Schema): Schema[] => anyOf ?? oneOf ?? [];
const isNull = ({ type }: Schema): boolean => type === 'null';

/** The one shape behind a choice between it and null; else the schema itself. */
export function withoutNull(schema: Schema, schemas: Schemas): Schema {
  const rest = choicesOf(schema).filter((one) => !isNull(one));
  const [only] = rest;
  return rest.length === 1 && only !== undefined ? follow(only, schemas) : schema;
}

/** As `string (uuid) or null`. */
export function wordType(given: Schema, schemas: Schemas, depth = 0): string {
  const schema = follow(given, schemas);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return schema.enum.map((one) => JSON.stringify(one)).join(' | ');
  const choices = choicesOf(schema);
  if (choices.length > 0) {
    const words = choices.map((one) => wordType(one, schemas, depth + 1));
    return [...new Set(words)].join(' or ');
  }
  if (schema.items !== undefined && depth < 3)
    return `array of ${wordType(schema.items, schemas, depth + 1)}`;
  const type = Array.isArray(schema.type) ? schema.type.join(' or ') : (schema.type ?? 'any');
  return schema.format === undefined ? type : `${type} (${schema.format})`;
}

/** As `1 to 200`; empty: none are said. */
export function wordBounds(given: Schema, schemas: Schemas): string {
  const schema = withoutNull(follow(given, schemas), schemas);
  const span = (least: number | undefined, most: number | undefined, what: string): string[] => {
    if (least === undefined && most === undefined) return [];
    if (least === undefined) return [`at most ${most}${what}`];
    if (most === undefined) return [`at least ${least}${what}`];
    return [`${least} to ${most}${what}`];
  };
  return [
    ...span(schema.minimum, schema.maximum, ''),
    ...span(schema.minLength, schema.maxLength, ' characters'),
    ...span(schema.minItems, schema.maxItems, ' items'),
  ].join(', ');
}

const byFormat: Record<string, string> = {
  uuid: '00000000-0000-7000-8000-000000000000',
  'date-time': '2026-01-31T09:00:00Z',
  date: '2026-01-31',
  email: 'name@example.com',
};
const DEEPEST = 6;

/** To begin with: what is required, and nothing else. */
export function sampleOf(given: Schema, schemas: Schemas, depth = 0): unknown {
  const schema = withoutNull(follow(given, schemas), schemas);
  const { default: usual, const: only, enum: some } = schema;
  const named = usual ?? only ?? some?.[0];
  if (named !== undefined) return named;
  if (depth > DEEPEST) return null;
  const [first] = choicesOf(schema);
  if (first !== undefined) return sampleOf(first, schemas, depth + 1);
  const within = (part: Schema = {}) => sampleOf(part, schemas, depth + 1);
  return makers[typeOf(schema)]?.(schema, within) ?? null;
}

type Make = (schema: Schema, within: (part?: Schema) => unknown) => unknown;

const makers: Record<string, Make> = {
  object: ({ properties = {}, required = [] }, within) =>
    Object.fromEntries(required.map((name) => [name, within(properties[name])])),
  array: ({ items, minItems = 0 }, within) => (minItems > 0 ? [within(items)] : []),
  integer: ({ minimum = 0 }) => minimum,
  number: ({ minimum = 0 }) => minimum,
  boolean: () => false,
  string: ({ format = '' }) => byFormat[format] ?? '',
};

function typeOf({ type, properties }: Schema): string {
  const first = Array.isArray(type) ? type[0] : type;
  return first ?? (properties === undefined ? 'string' : 'object');
}
