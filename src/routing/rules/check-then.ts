// What is wrong with what a rule does: its plan, priority and tags.
import { Priority } from '../../contract/conversation.ts';
import { isPolicyName, isText } from './is-text.ts';
import { nameRemedy } from './name-remedy.ts';
import { brief, quote } from './read-condition.ts';
import type { Path, RuleFindings } from './rule-findings.ts';
import type { RuleNames } from './rule-names.ts';

const MAX_TAGS = 20;

export function checkThen(
  then: unknown,
  path: Path,
  { names, findings }: { names: RuleNames; findings: RuleFindings },
): void {
  const { fault } = findings;
  if (typeof then !== 'object' || then === null || Array.isArray(then)) {
    fault(path, {
      code: 'then.no-object',
      detail: 'The rule does not say what it does.',
      remedy: 'Add “then” with a plan: "then": {"plan": "Default"}.',
    });
    return;
  }
  const { plan, priority, addTags, ...rest } = then as Record<string, unknown>;
  for (const key of Object.keys(rest)) {
    fault([...path, key], {
      code: 'then.unknown-key',
      detail: `A rule cannot do ${quote(key)}.`,
      remedy: '“then” has “plan”, “priority” and “addTags”: take out the rest.',
    });
    if (findings.isFull()) return;
  }
  checkPlan(plan, [...path, 'plan'], { plans: names.plans, findings });
  if (priority !== undefined && !(Priority.enum as readonly unknown[]).includes(priority)) {
    fault([...path, 'priority'], {
      code: 'priority.unknown',
      detail: 'There is no such priority.',
      remedy: `Use one of ${Priority.enum.join(', ')}, or leave it out to keep the conversation’s own.`,
    });
  }
  if (addTags !== undefined) checkTags(addTags, [...path, 'addTags'], findings);
}

function checkPlan(
  plan: unknown,
  path: Path,
  { plans, findings }: { plans: readonly string[] | undefined; findings: RuleFindings },
): void {
  if (!isPolicyName(plan)) {
    findings.fault(path, {
      code: 'plan.missing',
      detail: 'The rule names no plan.',
      remedy: 'Name one of the policy’s plans.',
    });
  } else if (plans !== undefined && !plans.includes(plan)) {
    findings.fault(path, {
      code: 'plan.unknown',
      values: { name: plan },
      detail: `There is no plan ${quote(plan)}.`,
      remedy: nameRemedy('plan', plan, plans),
    });
  }
}

function checkTags(tags: unknown, path: Path, { fault }: RuleFindings): void {
  if (!Array.isArray(tags) || tags.length > MAX_TAGS) {
    fault(path, {
      code: 'tags.no-list',
      values: { most: MAX_TAGS },
      detail: `Tags are a list of at most ${MAX_TAGS}.`,
      remedy: 'Write them as "addTags": ["gold"].',
    });
    return;
  }
  const seen = new Set<unknown>();
  for (const [nth, tag] of tags.entries()) {
    if (!isText(tag, 100)) {
      fault([...path, nth], {
        code: 'tag.wrong',
        detail: 'A tag is a text of 1 to 100 characters that can be stored.',
        remedy: 'Write it as a short text, or take it out.',
      });
    } else if (seen.has(tag)) {
      fault([...path, nth], {
        code: 'tag.twice',
        values: { name: brief(String(tag)) },
        detail: `The tag ${quote(tag)} stands there twice.`,
        remedy: 'Take one of them out.',
      });
    }
    seen.add(tag);
  }
}
