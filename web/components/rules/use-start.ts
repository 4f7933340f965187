// Begins a policy's rules in the reader's language and with the teams that there are.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { PolicyDocument } from '../../../src/contract/policy/document.ts';
import { teamsQuery } from '../../api/queries.ts';
import { withLastRule } from './rule-list.ts';
import { beginWith, type StartingPoint } from './starting-points.ts';

export function useStart() {
  const { t } = useTranslation();
  const teams = useQuery(teamsQuery).data ?? [];
  const night = t('rule.start.nightPlan');
  const names = {
    last: t('rule.always'),
    defaultPlan: t('rule.start.defaultPlan'),
    gold: t('rule.start.goldName'),
    night,
    web: t('rule.start.webPlan'),
    office: t('rule.start.office'),
  };
  const isNight = (name: string) =>
    /night/i.test(name) || name.toLowerCase().includes(night.toLowerCase());
  const args = {
    names,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    nightTeam: teams.find(({ name }) => isNight(name))?.name ?? null,
  };
  return {
    begin: (policy: PolicyDocument, point: StartingPoint) => beginWith(policy, point, args),
    withLast: (policy: PolicyDocument) =>
      withLastRule(policy, { last: names.last, plan: names.defaultPlan }),
  };
}
