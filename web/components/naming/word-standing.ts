// Where a conversation stands in the policy, in words. Pure.
import type { TFunction } from 'i18next';
import { isSame } from '../../../src/contract/policy/diff-policies.ts';
import type { Standing } from '../../../src/contract/policy/dry-run.ts';

const parts = ['plan', 'step', 'team', 'skills', 'priority'] as const;

/** Only what differs from the other; of the plan always its name. */
export function wordStanding(standing: Standing, other: Standing, t: TFunction): string {
  const isElsewhere = standing.plan !== other.plan;
  const differing = parts.filter((part) => {
    if (part === 'plan') return true;
    // Another plan begins with another first step: that goes without saying.
    if (part === 'step' && isElsewhere && (standing.step ?? 1) === 1) return false;
    return !isSame(standing[part], other[part]);
  });
  return differing.map((part) => wordPart(standing, part, t)).join(t('common.comma'));
}

function wordPart(standing: Standing, part: (typeof parts)[number], t: TFunction): string {
  const { plan, step, team, skills, priority } = standing;
  switch (part) {
    case 'plan':
      return plan === null ? t('dryRun.noPlan') : t('rule.plan', { name: plan });
    case 'step':
      return t('dryRun.step', { step: step ?? '–' });
    case 'team':
      return team ?? t('routing.part.anyTeam');
    case 'skills': {
      const levels = Object.entries(skills).map(([name, level]) => `${name} ${level}`);
      return levels.length === 0 ? t('dryRun.noSkills') : levels.join(t('common.comma'));
    }
    case 'priority':
      return t('rule.priority', { name: t(`priority.${priority}`) });
  }
}
