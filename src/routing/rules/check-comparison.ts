// What is wrong with one comparison: its field, its operator and whether they fit.
import {
  conditionFields,
  messageFields,
  type Operator,
  operatorsOf,
  ruleFields,
} from '../../contract/policy/rule-fields.ts';
import { checkValue } from './check-value.ts';
import { type FieldName, readFieldName } from './facts.ts';
import { foldText } from './fold-text.ts';
import { isStorable } from './is-text.ts';
import { nameRemedy } from './name-remedy.ts';
import { brief, quote } from './read-condition.ts';
import type { Path, RuleFindings } from './rule-findings.ts';
import type { RuleNames } from './rule-names.ts';

export function checkComparison(
  { field, operator, value }: { field: string; operator: Operator; value: unknown },
  path: Path,
  scope: { names: RuleNames; findings: RuleFindings },
): void {
  const { fault } = scope.findings;
  const name = readFieldName(field);
  if (name === null || !isStorable(field)) {
    const remedy = fieldRemedy(field);
    const detail = `There is no field ${quote(field)}.`;
    fault([...path, 'field'], {
      ...{ code: 'field.unknown', detail, remedy },
      values: { field: brief(field) },
    });
    return;
  }
  if (Object.hasOwn(messageFields, name.field)) checkMessage(name, [...path, 'field'], scope);
  checkRest(name, [...path, 'field'], scope);
  const type = conditionFields[name.field];
  const fitting: readonly Operator[] = operatorsOf[type];
  if (!fitting.includes(operator)) {
    fault([...path, operator], {
      code: 'operator.unfit',
      values: { operator, field: brief(field) },
      detail: `“${operator}” does not fit ${quote(field)}.`,
      remedy: `Use one of ${fitting.join(', ')}.`,
    });
    return;
  }
  checkValue({ name, type, operator, value }, [...path, operator], scope);
}

function fieldRemedy(field: string): string {
  const word = foldText(field.slice(0, 100));
  const fields = Object.keys(ruleFields);
  const longer = fields.find((name) => name.endsWith('.') && foldText(name).startsWith(word));
  if (longer !== undefined && word.length === longer.length - 1) {
    return `Say which: “${longer}” and what follows it.`;
  }
  if (fields.some((name) => name.endsWith('.') && word.startsWith(foldText(name)))) {
    return 'Write names after the last dot, none of them empty, 300 characters in all at most.';
  }
  const meant = fields.find((name) => foldText(name) === word);
  if (meant !== undefined) return `Write “${meant}”.`;
  return `Use one of the fields: ${fields.join(', ')}.`;
}

/** A message is looked at where one starts what is asked. */
function checkMessage(
  { field }: FieldName,
  path: Path,
  { names: { events }, findings }: { names: RuleNames; findings: RuleFindings },
): void {
  if (events === undefined) {
    findings.fault(path, {
      code: 'field.of-automations',
      values: { field },
      detail: `“${field}” is known to automations alone: rules look at no message.`,
      remedy: 'Take the comparison out, or make an automation that waits for message.created.',
    });
  } else if (!events.includes('message.created')) {
    findings.fault(path, {
      code: 'field.of-messages',
      values: { field },
      detail: `“${field}” is known after message.created alone.`,
      remedy: 'Add message.created to “on”, or take the comparison out.',
    });
  }
}

function checkRest(
  { field, rest }: FieldName,
  path: Path,
  { names, findings }: { names: RuleNames; findings: RuleFindings },
): void {
  const [kind, known] =
    field === 'waiting.' ? ['plan', names.plans] : field === 'online.' ? ['team', names.teams] : [];
  if (kind === undefined || rest === null || known === undefined || known.includes(rest)) return;
  findings.fault(path, {
    code: `${kind}.unknown`,
    values: { name: brief(rest) },
    detail: `There is no ${kind} ${quote(rest)}.`,
    remedy: nameRemedy(kind, rest, known),
  });
}
