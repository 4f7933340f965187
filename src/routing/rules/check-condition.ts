// What is wrong with the condition of a rule: its groups, how deep and how large it is.
import { MAX_COMPARISONS, MAX_DEPTH } from '../../contract/policy/rule-fields.ts';
import { checkComparison } from './check-comparison.ts';
import { readCondition } from './read-condition.ts';
import type { Path, RuleFindings } from './rule-findings.ts';
import type { RuleNames } from './rule-names.ts';

interface Scope {
  names: RuleNames;
  findings: RuleFindings;
  /** Comparisons of the rule so far. */
  count: number;
}

/** Looks before it goes deeper, and stops at the first comparison too many. */
export function checkCondition(
  condition: unknown,
  path: Path,
  { names, findings }: Pick<Scope, 'names' | 'findings'>,
): void {
  const scope = { names, findings, count: 0 };
  check(condition, { path, depth: 0 }, scope);
  if (scope.count <= MAX_COMPARISONS) return;
  findings.fault(path, {
    code: 'condition.too-large',
    values: { most: MAX_COMPARISONS },
    detail: `The condition has more than ${MAX_COMPARISONS} comparisons.`,
    remedy: 'Divide it into several rules of the same plan, or list values with “in”.',
  });
}

interface Place {
  path: Path;
  /** How many groups stand around it. */
  depth: number;
}

function check(condition: unknown, { path, depth }: Place, scope: Scope): void {
  const { findings } = scope;
  const read = readCondition(condition);
  if (read.form === 'wrong') {
    const { key, ...finding } = read.wrong;
    scope.count += 1;
    findings.fault(key === undefined ? path : [...path, key], finding);
  } else if (read.form === 'comparison') {
    scope.count += 1;
    if (scope.count <= MAX_COMPARISONS) checkComparison(read, path, scope);
  } else {
    checkGroup(read, { path, depth }, scope);
  }
}

function checkGroup(
  group: { form: 'all' | 'any'; of: readonly unknown[] } | { form: 'not'; of: unknown },
  { path, depth }: Place,
  scope: Scope,
): void {
  const { findings } = scope;
  if (depth === MAX_DEPTH) {
    findings.fault(path, {
      code: 'group.too-deep',
      values: { most: MAX_DEPTH },
      detail: `Groups stand more than ${MAX_DEPTH} deep within one another.`,
      remedy: 'Take groups out that hold one condition, or divide the rule into several.',
    });
  } else if (group.form === 'not') {
    check(group.of, { path: [...path, 'not'], depth: depth + 1 }, scope);
  } else if (group.of.length === 0) {
    findings.fault([...path, group.form], {
      code: 'group.empty',
      detail: `The group “${group.form}” is empty.`,
      remedy: 'Put a condition into it, or take it out; a rule for everything has no “when”.',
    });
  } else {
    for (const [nth, part] of group.of.entries()) {
      if (scope.count > MAX_COMPARISONS || findings.isFull()) return;
      check(part, { path: [...path, group.form, nth], depth: depth + 1 }, scope);
    }
  }
}
