// What is wrong with the rules of a policy, or legal and useless: each with its place and its remedy.
import { ruleLimit } from '../../contract/policy/document.ts';
import type { PolicyFault } from '../../contract/policy/fault.ts';
import { checkCondition } from './check-condition.ts';
import { checkThen } from './check-then.ts';
import { foldText } from './fold-text.ts';
import { isPolicyName } from './is-text.ts';
import { quote } from './read-condition.ts';
import { makeFindings, type Path, type RuleFindings } from './rule-findings.ts';
import type { RuleNames } from './rule-names.ts';

/** Of whatever JSON; no rules at all are no fault. Its work is bounded by `ruleLimit` and the limits of a rule. */
export function checkRules(
  rules: unknown,
  names: RuleNames,
): { faults: PolicyFault[]; warnings: PolicyFault[] } {
  const findings = makeFindings();
  const { faults, warnings } = findings;
  if (!Array.isArray(rules)) {
    findings.fault(['rules'], {
      code: 'rules.no-list',
      detail: 'The rules are no list.',
      remedy: 'Give a list, in the order in which the rules are asked.',
    });
    return { faults, warnings };
  }
  if (rules.length > ruleLimit) {
    findings.fault(['rules'], {
      code: 'rules.too-many',
      values: { most: ruleLimit },
      detail: `There are ${rules.length} rules, and ${ruleLimit} are the most.`,
      remedy: 'Join rules of the same plan into one by {"any": [..]}.',
    });
    return { faults, warnings };
  }
  for (const [nth, rule] of rules.entries()) {
    if (findings.isFull()) break;
    checkRule(rule, ['rules', nth], { names, findings });
  }
  checkNames(rules, findings);
  checkReach(rules, findings);
  return { faults, warnings };
}

function checkRule(
  rule: unknown,
  path: Path,
  scope: { names: RuleNames; findings: RuleFindings },
): void {
  const { fault } = scope.findings;
  if (!isObject(rule)) {
    fault(path, {
      code: 'rule.no-object',
      detail: 'A rule is an object.',
      remedy: 'Write it as {"name": "Everybody else", "then": {"plan": "Default"}}.',
    });
    return;
  }
  for (const key of Object.keys(rule).filter((one) => !['name', 'when', 'then'].includes(one))) {
    fault([...path, key], {
      code: 'rule.unknown-key',
      detail: `A rule has no ${quote(key)}.`,
      remedy: 'A rule has “name”, “when” and “then”: take out the rest.',
    });
    if (scope.findings.isFull()) return;
  }
  if (!isPolicyName(rule.name)) {
    fault([...path, 'name'], {
      code: 'rule.no-name',
      detail: 'The name of a rule is a text of 1 to 100 characters that can be stored.',
      remedy: 'Give it a name that says whom it is for: "Gold customers".',
    });
  }
  if (Object.hasOwn(rule, 'when')) checkCondition(rule.when, [...path, 'when'], scope);
  checkThen(rule.then, [...path, 'then'], scope);
}

/** A name is told in the reason of every assignment, so two would not be told apart. */
function checkNames(rules: readonly unknown[], { fault }: RuleFindings): void {
  const first = new Map<string, number>();
  for (const [nth, rule] of rules.entries()) {
    if (!isObject(rule) || !isPolicyName(rule.name)) continue;
    const word = foldText(rule.name);
    const before = first.get(word);
    if (before === undefined) first.set(word, nth);
    else {
      fault(['rules', nth, 'name'], {
        code: 'rule.name-taken',
        values: { name: rule.name, rule: before + 1 },
        detail: `Rule ${before + 1} is called ${quote(rule.name)} too; upper and lower case are the same.`,
        remedy: 'Give each rule a name of its own.',
      });
    }
  }
}

function checkReach(rules: readonly unknown[], { faults, fault, warn }: RuleFindings): void {
  if (rules.length === 0) return;
  const always = rules.findIndex((rule) => isObject(rule) && !Object.hasOwn(rule, 'when'));
  for (let nth = always + 1; always !== -1 && nth < rules.length; nth += 1) {
    warn(['rules', nth], {
      code: 'rule.unreachable',
      values: { rule: always + 1 },
      detail: `Rule ${always + 1} has no condition, so this one is never asked.`,
      remedy: 'Move it above that rule, or take it out.',
    });
  }
  if (always === -1) {
    fault(['rules', rules.length - 1], {
      code: 'rules.no-default',
      detail: 'The last rule has a condition, so some conversations would match no rule.',
      remedy: 'Add a last rule without “when”: {"name": "Everybody else", "then": {"plan": …}}.',
    });
  }
  // The conditions are bounded only where nothing is wrong with them.
  if (faults.length === 0) checkRepeats(always === -1 ? rules : rules.slice(0, always), warn);
}

function checkRepeats(rules: readonly unknown[], warn: RuleFindings['warn']): void {
  const first = new Map<string, number>();
  for (const [nth, rule] of rules.entries()) {
    const when = JSON.stringify((rule as { when: unknown }).when);
    const before = first.get(when);
    if (before === undefined) first.set(when, nth);
    else {
      warn(['rules', nth], {
        code: 'rule.repeated',
        values: { rule: before + 1 },
        detail: `Rule ${before + 1} has the same condition, so this one never decides.`,
        remedy: 'Change the condition, or take the rule out.',
      });
    }
  }
}

function isObject(json: unknown): json is Record<string, unknown> {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}
