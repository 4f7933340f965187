// Which fields the rules of a policy look at, so that only those are fetched that cost a query.
import type { RuleField } from '../../contract/policy/rule-fields.ts';
import type { CompiledComparison, CompiledCondition, CompiledRules } from './compile-rules.ts';
import { readFieldName } from './facts.ts';

export interface UsedFields {
  /** As the rules write them: `contact.conversations`, `waiting.Night`. */
  fields: ReadonlySet<string>;
  /** The plans of `waiting.<plan>`, each with how far what waits there is counted: further changes no comparison. */
  waiting: ReadonlyMap<string, number>;
  /** The teams of `online.<team>`, as the rules name them. */
  online: ReadonlySet<string>;
  /** The calendars of `now.open`. */
  calendars: ReadonlySet<string>;
}

/** Of the rules that can be reached: up to the first one without a condition. */
export function usedFields({ rules }: CompiledRules): UsedFields {
  const last = rules.findIndex(({ when }) => when === null);
  const asked = last === -1 ? rules : rules.slice(0, last);
  const comparisons = asked.flatMap(({ when }) => (when === null ? [] : listComparisons(when)));
  const fields = new Set(comparisons.map(({ field }) => field));
  const open = comparisons.filter(({ field }) => field === 'now.open');
  return {
    fields,
    waiting: countTo(comparisons),
    online: restOf('online.', fields),
    calendars: new Set(open.flatMap(({ value }) => value).map(String)),
  };
}

/** As exact as a person asks for, who reads afterwards what was found. */
const LEAST_COUNTED = 1000;

function countTo(comparisons: readonly CompiledComparison[]): Map<string, number> {
  const most = new Map<string, number>();
  for (const { field, value } of comparisons) {
    for (const plan of restOf('waiting.', new Set([field]))) {
      const known = most.get(plan) ?? LEAST_COUNTED;
      const compared = [value].flat().filter((one) => typeof one === 'number');
      most.set(plan, Math.max(known, ...compared.map((one) => Math.ceil(one) + 1)));
    }
  }
  return most;
}

function restOf(prefix: RuleField, fields: ReadonlySet<string>): Set<string> {
  const names = [...fields].map(readFieldName);
  return new Set(names.flatMap((name) => (name?.field === prefix ? [name.rest ?? ''] : [])));
}

function listComparisons(condition: CompiledCondition): CompiledComparison[] {
  if (condition.form === 'comparison') return [condition];
  return [condition.of].flat().flatMap(listComparisons);
}
