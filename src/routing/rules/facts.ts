// What rules look at: the facts about a conversation, its contact and the moment, and where each field finds its own.
import {
  type ConditionField,
  conditionFields,
  MAX_FIELD,
} from '../../contract/policy/rule-fields.ts';

/** Of things that have both, the id and the name: a comparison holds if it holds for one of them. */
export type IdAndName = readonly string[];

/**
 * Only what `usedFields` asks for has to be filled in. What is absent or null is missing, which
 * makes every comparison with it false.
 */
export interface Facts {
  channel?: IdAndName | null;
  channelKind?: string | null;
  /** Where the outside system has it from: `wa`, `fb`. */
  source?: string | null;
  /** The id of the channel in the outside system. */
  externalChannel?: string | null;
  contact?: {
    name?: string | null;
    /** What follows the @. */
    emailDomain?: string | null;
    phone?: string | null;
    language?: string | null;
    attributes?: unknown;
    tags?: readonly string[] | null;
    /** Whether the company vouches for who it is. */
    proved?: boolean | null;
    /** Earlier ones; without this one. */
    conversations?: number | null;
    lastRating?: number | null;
    /** Who had the contact last, or is named on it. */
    agent?: IdAndName | null;
  } | null;
  conversation?: {
    /** The one asked for. */
    department?: IdAndName | null;
    priority?: string | null;
    tags?: readonly string[] | null;
    meta?: unknown;
    /** The first message. */
    text?: string | null;
    page?: string | null;
    referrer?: string | null;
    /** How many came with the first message. */
    files?: number | null;
  } | null;
  now?: {
    /** The names of the calendars that are open; of those that the rules name. */
    open?: readonly string[] | null;
    weekday?: string | null;
    hour?: number | null;
  } | null;
  /** By the plan's name. */
  waiting?: Readonly<Record<string, number>> | null;
  /** By the team as the rule names it. */
  online?: Readonly<Record<string, number>> | null;
  /** Of an automation: what was written, where that starts it. */
  message?: { author?: string | null; kind?: string | null } | null;
}

/** A field as a rule writes it, taken apart; `rest` is what follows the last dot of `field`. */
export interface FieldName {
  field: ConditionField;
  rest: string | null;
}

const all = Object.keys(conditionFields) as ConditionField[];
const withRest = all.filter((name) => name.endsWith('.'));

/** null: no field is called so. */
export function readFieldName(name: string): FieldName | null {
  if (name.length > MAX_FIELD) return null;
  const field = withRest.find((prefix) => name.startsWith(prefix));
  if (field !== undefined) {
    const rest = name.slice(field.length);
    const isWhole = isPath(field) ? !rest.split('.').includes('') : rest !== '';
    return isWhole ? { field, rest } : null;
  }
  return Object.hasOwn(conditionFields, name)
    ? { field: name as ConditionField, rest: null }
    : null;
}

/** Whether dots go on dividing what follows. Names of plans and teams may have dots in them. */
const isPath = (field: ConditionField) => conditionFields[field] === 'any';

/** What the field holds; undefined: it is missing, or no field is called so. */
export function readField(facts: Facts, name: string): unknown {
  return fieldReader(name)?.(facts);
}

/** Takes the name apart once, for many facts. */
export function fieldReader(name: string): ((facts: Facts) => unknown) | null {
  const parsed = readFieldName(name);
  if (parsed === null) return null;
  const { field, rest } = parsed;
  // A field is called by where it stands in the facts.
  const root = field.split('.').filter((part) => part !== '');
  const path = rest === null ? root : [...root, ...(isPath(field) ? rest.split('.') : [rest])];
  return (facts) => follow(facts, path);
}

/** Own properties and places of arrays alone, so `constructor` and `length` are missing. */
function follow(from: unknown, path: readonly string[]): unknown {
  let at = from;
  for (const part of path) {
    if (typeof at !== 'object' || at === null) return undefined;
    if (Array.isArray(at) ? !PLACE.test(part) : !Object.hasOwn(at, part)) return undefined;
    at = (at as Record<string, unknown>)[part];
  }
  return at ?? undefined;
}

const PLACE = /^(0|[1-9]\d{0,9})$/;
