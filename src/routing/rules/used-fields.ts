// Which fields the rules of a policy look at, so that only those are fetched that cost a query.
import type { RuleField } from '../../contract/policy/rule-fields.ts';
import type { CompiledComparison, CompiledCondition, CompiledRules } from './compile-rules.ts';
import { readFieldName } from './facts.ts';

export interface UsedFields {
  /** As the rules write them: `contact.conversations`, `waiting.Night`. */
  fields: ReadonlySet<string>;
  /** The plans of `waiting.<plan>`. */
  waiting: ReadonlySet<string>;
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
    waiting: restOf('waiting.', fields),
    online: restOf('online.', fields),
    calendars: new Set(open.flatMap(({ value }) => value).map(String)),
  };
}

function restOf(prefix: RuleField, fields: ReadonlySet<string>): Set<string> {
  const names = [...fields].map(readFieldName);
  return new Set(names.flatMap((name) => (name?.field === prefix ? [name.rest ?? ''] : [])));
}

function listComparisons(condition: CompiledCondition): CompiledComparison[] {
  if (condition.form === 'comparison') return [condition];
  return [condition.of].flat().flatMap(listComparisons);
}
