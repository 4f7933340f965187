// What can be filtered by, as choices of a list.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { agentsQuery, channelsQuery, tagsQuery, teamsQuery } from '../../api/queries.ts';
import { useCan } from '../session/use-session.ts';

export function useChoices(enabled: boolean) {
  const { t } = useTranslation();
  const can = useCan();
  const channels = useQuery({ ...channelsQuery, enabled: enabled && can('channels.read') }).data;
  const teams = useQuery({ ...teamsQuery, enabled }).data;
  const agents = useQuery({ ...agentsQuery, enabled }).data;
  const tags = useQuery({ ...tagsQuery, enabled }).data;
  const toChoice = ({ id, name }: { id: string; name: string }) => ({ value: id, label: name });
  return {
    channel: channels?.map(toChoice) ?? [],
    team: teams?.map(toChoice) ?? [],
    agent:
      agents?.map((agent) => ({
        value: agent.id,
        label: agent.kind === 'bot' ? `${agent.name} (${t('agent.bot')})` : agent.name,
      })) ?? [],
    tag: tags?.map(({ name }) => ({ value: name, label: name })) ?? [],
  };
}
