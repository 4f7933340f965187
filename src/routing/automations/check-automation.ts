// What is wrong with an automation that somebody wrote: each fault with its place and its remedy.
import { Type } from 'typebox';
import { AutomationCreation } from '../../contract/automations.ts';
import type { PolicyFault } from '../../contract/policy/fault.ts';
import { checkValue } from '../policy/check-shape.ts';
import { makeFindings } from '../policy/findings.ts';
import { checkCondition } from '../rules/check-condition.ts';
import { makeFindings as makeRuleFindings } from '../rules/rule-findings.ts';
import type { RuleNames } from '../rules/rule-names.ts';
import { type ActionNames, checkActions } from './check-actions.ts';

/** What there is to be named. */
export interface AutomationNames {
  inActions: ActionNames;
  inConditions: RuleNames;
}

/** Conditions and actions are looked at one by one. */
const Frame = Type.Object(
  {
    ...AutomationCreation.properties,
    when: Type.Optional(Type.Unknown()),
    actions: Type.Unknown(),
  },
  { additionalProperties: false },
);

/** Of whatever JSON. */
export function checkAutomation(body: unknown, names: AutomationNames): PolicyFault[] {
  const faults = makeFindings();
  checkValue(Frame, body, { path: '', faults, whole: 'The automation' });
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return faults.list();
  const { when, actions, on } = body as Record<string, unknown>;
  if (when !== undefined && when !== null) {
    const found = makeRuleFindings();
    const events = Array.isArray(on) ? on.filter((one) => typeof one === 'string') : [];
    const known = { ...names.inConditions, events };
    checkCondition(when, ['when'], { names: known, findings: found });
    faults.take(found.faults);
  }
  if (actions !== undefined) checkActions(actions, { names: names.inActions, faults });
  return faults.list();
}
