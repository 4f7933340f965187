// Says in words what a change of the policy is: `Rule Gold: added`.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { PolicyChange } from '../../../src/contract/policy/document.ts';
import { agentsQuery, channelsQuery, skillsQuery, teamsQuery } from '../../api/queries.ts';
import { wordPolicyChange } from './word-policy-change.ts';

export function useWordPolicyChange(): (change: PolicyChange) => string {
  const { t, i18n } = useTranslation();
  const lists = [
    useQuery(teamsQuery).data,
    useQuery(skillsQuery).data,
    useQuery(agentsQuery).data,
    useQuery(channelsQuery).data,
  ];
  const named = lists.flatMap((list): { id: string; name: string }[] => list ?? []);
  const names = new Map(named.map(({ id, name }) => [id, name]));
  return (change) => wordPolicyChange(change, { t, language: i18n.language, names });
}
