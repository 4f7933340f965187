// What actions may name, to be chosen from.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import {
  agentsQuery,
  endpointsQuery,
  planNamesQuery,
  tagsQuery,
  teamsQuery,
} from '../../api/queries.ts';

export interface Choice {
  value: string;
  label: string;
}

export interface ActionChoices {
  tags: string[];
  plans: string[];
  teams: Choice[];
  agents: Choice[];
  /** Those that take calls. */
  endpoints: Choice[];
}

const toChoice = ({ id, name }: { id: string; name: string }): Choice => ({
  value: id,
  label: name,
});

export function useActionChoices(): ActionChoices {
  const { t } = useTranslation();
  const tags = useQuery(tagsQuery).data ?? [];
  const plans = useQuery(planNamesQuery).data ?? [];
  const teams = useQuery(teamsQuery).data ?? [];
  const agents = useQuery(agentsQuery).data ?? [];
  const endpoints = useQuery(endpointsQuery).data ?? [];
  return {
    tags: tags.map(({ name }) => name),
    plans: plans.map(({ name }) => name),
    teams: teams.map(toChoice),
    agents: agents.map(({ id, name, kind }) => ({
      value: id,
      label: kind === 'bot' ? `${name} (${t('agent.bot')})` : name,
    })),
    endpoints: endpoints
      .filter(({ events }) => (events as string[]).includes('automation.called'))
      .map(({ id, url }) => ({ value: id, label: url })),
  };
}
