// Reads `extras`, which Qiscus sends as a string holding JSON, or null, or something else.
import { cleanJson, cleanText } from '../../contract/clean-text.ts';
import type { Wants } from '../../contract/inbound.ts';
import { readNames } from '../../contract/read-names.ts';
import { isMissing, isObject, type JsonObject, readList, readText } from './read-field.ts';

/** Never fails: what is not JSON is kept as text. */
export function readExtras(value: unknown): unknown {
  if (isMissing(value)) return null;
  if (typeof value !== 'string') return cleanJson(value);
  try {
    return cleanJson(JSON.parse(value));
  } catch {
    return cleanText(value);
  }
}

/** The customer's properties within extras: an object, or a list of `{key, value}`. */
export function readUserProperties(extras: unknown): JsonObject {
  const properties = isObject(extras) ? extras.user_properties : null;
  if (isObject(properties)) return properties;
  const pairs = readList(properties).filter(isObject);
  return Object.fromEntries(
    pairs.flatMap((pair) => {
      const key = readText(pair.key ?? pair.name);
      return key === null || key === '__proto__' ? [] : [[key, pair.value ?? null]];
    }),
  );
}

/** `skills` and `division` in extras, or among the customer's properties. */
export function readWants(extras: unknown): Wants {
  const fields = { ...readUserProperties(extras), ...(isObject(extras) ? extras : {}) };
  const [team = null] = readNames(fields.division);
  return { team, skills: readNames(fields.skills) };
}
