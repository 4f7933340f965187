// Which rule decides for a conversation: the first one whose condition holds, and what made it hold.
import type { DecisiveComparison, Rule } from '../../contract/policy/rule.ts';
import type { CompiledRules } from './compile-rules.ts';
import type { Facts } from './facts.ts';
import { findDecisive } from './find-decisive.ts';
import { holds } from './holds.ts';
import { readValue, type Value } from './read-value.ts';

export interface RuleMatch {
  /** Its name. */
  rule: string;
  /** Its place in the policy, from 0. */
  nth: number;
  plan: string;
  /** null: as it is. */
  priority: NonNullable<Rule['then']['priority']> | null;
  addTags: readonly string[];
  /** Empty: the rule has no condition. */
  because: DecisiveComparison[];
}

/** null: the policy has no rules, or none matches. Never throws, whatever JSON the facts hold. */
export function matchRules({ rules, readers }: CompiledRules, facts: Facts): RuleMatch | null {
  const values: (Value | null)[] = [];
  /** Each field is read once, when the first comparison asks for it. */
  const valueAt = (slot: number): Value | null => {
    const known = values[slot];
    if (known !== undefined) return known;
    const value = readValue(readers[slot]?.(facts));
    values[slot] = value;
    return value;
  };
  for (const { rule, when, nth } of rules) {
    if (when !== null && !holds(when, valueAt)) continue;
    const { plan, priority = null, addTags = [] } = rule.then;
    const rawAt = (slot: number) => readers[slot]?.(facts);
    const because = when === null ? [] : findDecisive(when, { valueAt, rawAt });
    return { rule: rule.name, nth, plan, priority, addTags, because };
  }
  return null;
}
