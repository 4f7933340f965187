// Whether a document has the form of a policy, said in the words in which requests are refused.
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { Calendar } from '../../contract/policy/calendar.ts';
import { PolicyDocument } from '../../contract/policy/document.ts';
import { Plan } from '../../contract/policy/plan.ts';
import { point } from '../../contract/policy/point.ts';
import { Rule } from '../../contract/policy/rule.ts';
import {
  byUse,
  makeStorable,
  type SchemaFailure,
  wordInvalid,
} from '../../contract/word-invalid.ts';
import { chooseForms, type Schema } from './choose-forms.ts';
import type { Findings } from './findings.ts';
import { nearestName } from './nearest-name.ts';

const lists = { calendars: Calendar, rules: Rule, plans: Plan } as const;
type List = keyof typeof lists;

/** The lists with whatever in them: the validator tells the first few failures of a value, so each entry is looked at by itself. */
const Frame = Type.Object(
  {
    ...PolicyDocument.properties,
    ...(Object.fromEntries(
      Object.keys(lists).map((name) => {
        const { maxItems } = PolicyDocument.properties[name as List] as { maxItems?: number };
        return [name, Type.Optional(Type.Array(Type.Unknown(), { maxItems: maxItems ?? 0 }))];
      }),
    ) as Record<List, Type.TOptional<Type.TArray<Type.TUnknown>>>),
  },
  { additionalProperties: false },
);

export function checkShape(body: unknown, faults: Findings): void {
  checkValue(Frame, body, { path: '', faults });
  if (typeof body !== 'object' || body === null) return;
  for (const [name, schema] of Object.entries(lists) as [List, Type.TSchema][]) {
    const entries = (body as Record<string, unknown>)[name];
    const { maxItems = 0 } = PolicyDocument.properties[name] as { maxItems?: number };
    if (!Array.isArray(entries) || entries.length > maxItems) continue;
    entries.forEach((entry, place) => {
      checkValue(schema, entry, { path: point(name, place), faults });
    });
  }
}

/** `whole`: what the document is called. */
export function checkValue(
  schema: Type.TSchema,
  value: unknown,
  { path, faults, whole = 'The policy' }: { path: string; faults: Findings; whole?: string },
): void {
  if (Value.Check(schema, value)) return;
  const { schema: chosen, undecided } = chooseForms(schema as Schema, value);
  for (const { path: place, names } of undecided) {
    faults.add(`${path}${place}`, () => ({
      code: 'document.field-missing',
      detail: `${namePlace(`${path}${place}`, whole)} needs one of: ${names.join(', ')}.`,
      remedy: 'Give it one of them.',
    }));
  }
  const failures = Value.Errors(chosen as Type.TSchema, value).flatMap(tellApart);
  const places = Map.groupBy(failures, ({ instancePath }) => instancePath);
  for (const [place, failed] of places) {
    const apart = failed.filter(({ keyword }) => APART.includes(keyword));
    const best = apart.length > 0 ? apart : failed.toSorted(byUse).slice(0, 1);
    // That none of several forms fits, or a name does not, is told by what fails in the form or name itself.
    const inside = [...places.keys()].some((other) => other.startsWith(`${place}/`));
    for (const failure of inside
      ? best.filter(({ keyword }) => !TOLD_INSIDE.includes(keyword))
      : best) {
      sayFailure(failure, { schema: chosen, path: `${path}${place}`, faults, whole });
    }
  }
}

/** Those that are told together with others of the same place. */
const APART = ['required', 'additionalProperties'];
const TOLD_INSIDE = ['anyOf', 'propertyNames'];

interface Failure extends SchemaFailure {
  schemaPath: string;
}

/** One failure for each field that is missing or not known. */
function tellApart(failure: Failure): Failure[] {
  const { keyword, instancePath, params } = failure;
  if (keyword === 'required') {
    const missing = params.requiredProperties as string[];
    return missing.map((name) => ({ ...failure, params: { missingProperty: name } }));
  }
  // Told for each of them by the schema `false`, and once more together.
  if (keyword === 'additionalProperties') return [];
  if (keyword !== 'boolean') return [failure];
  const cut = instancePath.lastIndexOf('/');
  const name = instancePath
    .slice(cut + 1)
    .replaceAll('~1', '/')
    .replaceAll('~0', '~');
  const unknown = { keyword: 'additionalProperties', params: { additionalProperty: name } };
  return [{ ...failure, ...unknown, instancePath: instancePath.slice(0, cut) }];
}

function sayFailure(
  failure: Failure,
  {
    schema,
    path,
    faults,
    whole,
  }: { schema: Schema; path: string; faults: Findings; whole: string },
): void {
  const { keyword, params } = failure;
  const unknown = keyword === 'additionalProperties' ? String(params.additionalProperty) : null;
  faults.add(unknown === null ? path : `${path}${point(unknown)}`, () => {
    const { what } = wordInvalid(failure);
    return {
      code: `document.${codes[keyword] ?? 'invalid'}`,
      detail: makeStorable(`${namePlace(path, whole)} ${what}.`),
      ...(typeof params.limit === 'number' && { values: { limit: params.limit } }),
      remedy: makeStorable(advise(failure, schema)),
    };
  });
}

const namePlace = (path: string, whole: string): string =>
  path === '' ? whole : path.slice(1).replaceAll('/', '.');

const codes: Record<string, string> = {
  required: 'field-missing',
  additionalProperties: 'field-unknown',
  type: 'wrong-type',
  enum: 'not-a-choice',
  pattern: 'wrong-form',
  minimum: 'too-small',
  maximum: 'too-large',
  exclusiveMinimum: 'too-small',
  exclusiveMaximum: 'too-large',
  minLength: 'empty',
  maxLength: 'too-long',
  minItems: 'empty',
  minProperties: 'empty',
  maxItems: 'too-many',
  maxProperties: 'too-many',
  uniqueItems: 'repeated',
};

function advise(failure: Failure, schema: Schema): string {
  const { remedy } = wordInvalid(failure);
  const said = `${remedy.charAt(0).toUpperCase()}${remedy.slice(1)}.`;
  if (failure.keyword === 'additionalProperties') {
    const { properties = {} } = findSchema(schema, failure.schemaPath, 1);
    const near = nearestName(
      String(failure.params.additionalProperty),
      Object.keys(properties ?? {}),
    );
    return near === null ? said : `Write “${near}” if you mean that; otherwise leave it out.`;
  }
  if (failure.keyword !== 'pattern') return said;
  const { description } = findSchema(schema, failure.schemaPath, 0);
  return typeof description === 'string' ? `Write it as described: ${description}` : said;
}

/** The part of the schema that a failure names, or the one `above` it. */
function findSchema(schema: Schema, schemaPath: string, above: number): Schema {
  const steps = schemaPath.split('/').slice(1);
  const found = steps
    .slice(0, steps.length - above)
    .reduce<unknown>((part, step) => (part as Schema | undefined)?.[step], schema);
  return (found as Schema | undefined) ?? {};
}
