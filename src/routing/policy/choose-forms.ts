// Of the forms that a part of a document may have, the one that its fields mean: so that the others are not told about. Pure.
import { point } from '../../contract/policy/point.ts';

export type Schema = Record<string, unknown>;

export interface Chosen {
  schema: Schema;
  /** Where no field says which form is meant, and the fields of which one is wanted. */
  undecided: { path: string; names: readonly string[] }[];
}

/** The schema with one form for each part of the value that may have several. */
export function chooseForms(schema: Schema, value: unknown): Chosen {
  const undecided: Chosen['undecided'] = [];
  const choose = (part: Schema, of: unknown, path: string): Schema => {
    const forms = listForms(part);
    if (forms !== null && isObject(of)) {
      const names = Object.keys(of);
      const known = forms.map(({ properties }) => countIn(properties, names));
      const most = Math.max(...known);
      if (most > 0) return choose(forms[known.indexOf(most)] as Form, of, path);
      undecided.push({ path, names: forms.flatMap(({ properties }) => Object.keys(properties)) });
      return {};
    }
    const { properties, items } = part;
    if (isObject(properties) && isObject(of)) {
      const chosen = Object.entries(properties).map(([name, one]) => [
        name,
        Object.hasOwn(of, name) ? choose(one as Schema, of[name], path + point(name)) : one,
      ]);
      return { ...part, properties: Object.fromEntries(chosen) };
    }
    if (!isObject(items) || !Array.isArray(of) || !hasForms(items)) return part;
    // Each entry may be of another form.
    const each = of.slice(0, MOST_ENTRIES).map((one, nth) => choose(items, one, path + point(nth)));
    return { ...part, items: each, additionalItems: items };
  };
  return { schema: choose(schema, value, ''), undecided };
}

/** Longer lists are refused for their length. */
const MOST_ENTRIES = 1000;

type Form = Schema & { properties: Record<string, unknown> };

/** null: not several forms, or not all of them objects. */
function listForms({ anyOf }: Schema): Form[] | null {
  if (!Array.isArray(anyOf)) return null;
  return anyOf.every((form) => isObject(form) && isObject(form.properties)) ? anyOf : null;
}

function hasForms(schema: Schema): boolean {
  if (listForms(schema) !== null) return true;
  const { properties, items } = schema;
  const parts = [...(isObject(properties) ? Object.values(properties) : []), items];
  return parts.some((part) => isObject(part) && hasForms(part));
}

const countIn = (properties: object, names: readonly string[]): number =>
  names.filter((name) => Object.hasOwn(properties, name)).length;

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
