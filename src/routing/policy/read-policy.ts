// Reads a policy that somebody wrote: all of it may be put in force, or none of it.
import type { PolicyDocument } from '../../contract/policy/document.ts';
import type { PolicyFault } from '../../contract/policy/fault.ts';
import { checkCalendars } from '../calendars/check-calendars.ts';
import { checkRules } from '../rules/check-rules.ts';
import type { Instant } from '../types.ts';
import { checkBots } from './check-bots.ts';
import { checkPlans } from './check-plans.ts';
import { checkServing } from './check-serving.ts';
import { checkShape } from './check-shape.ts';
import { checkSilence } from './check-silence.ts';
import { checkSize } from './check-size.ts';
import { checkWays } from './check-ways.ts';
import { checkWords } from './check-words.ts';
import { makeFindings } from './findings.ts';
import { indexNames, type PolicyNames } from './policy-names.ts';
import { resolveNames } from './resolve-names.ts';

/** `policy` names teams, skills and agents by id; null: the faults say why. */
export type PolicyReading =
  | { policy: PolicyDocument; faults: readonly []; warnings: PolicyFault[] }
  | { policy: null; faults: PolicyFault[]; warnings: PolicyFault[] };

export function readPolicy(body: unknown, known: PolicyNames, now: Instant): PolicyReading {
  const [faults, warnings] = [makeFindings(), makeFindings()];
  const refuse = () => ({ policy: null, faults: faults.list(), warnings: warnings.list() });
  for (const check of [checkSize, checkShape]) {
    check(body, faults);
    // What comes next relies on it.
    if (faults.list().length > 0) return refuse();
  }
  const names = indexNames(known);
  const policy = resolveNames(leaveOutNoRules(body as PolicyDocument), names, faults);
  const { plans = [], rules = [], calendars = [] } = policy;
  checkPlans(plans, { faults, warnings });
  checkWays(policy, { faults, warnings });
  checkBots(plans, { agents: known.agents, faults });
  checkSilence(plans, { channels: known.channels, faults, warnings });
  checkWords(policy, { channels: known.channels, faults, warnings });
  const ofRules = checkRules(rules, {
    plans: plans.map(({ name }) => name),
    calendars: calendars.map(({ name }) => name),
  });
  faults.take(ofRules.faults);
  warnings.take(ofRules.warnings);
  const ofCalendars = checkCalendars(calendars, now);
  faults.take(ofCalendars.faults);
  warnings.take(ofCalendars.warnings);
  if (faults.list().length > 0) return refuse();
  checkServing(plans, { agents: known.agents, names, warnings });
  return { policy, faults: [], warnings: warnings.list() };
}

/** An empty list of rules is none: the router takes rules to end with one that always matches. */
function leaveOutNoRules({ rules = [], ...policy }: PolicyDocument): PolicyDocument {
  return rules.length === 0 ? policy : { ...policy, rules };
}
