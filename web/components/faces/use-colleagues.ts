// Which colleagues have a conversation open, by name, those who write first; and how that is said.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Writing } from '../../../src/contract/onlookers.ts';
import { agentsQuery } from '../../api/queries.ts';
import { useOnlookers } from '../../live/onlookers.ts';

export interface Colleague {
  id: string;
  name: string;
  writing: Writing | null;
  /** What they do there, as a sentence. */
  said: string;
}

export function useColleagues(conversationId: string): Colleague[] {
  const { t } = useTranslation();
  const onlookers = useOnlookers(conversationId);
  const agents = useQuery({ ...agentsQuery, enabled: onlookers.length > 0 }).data;
  return onlookers
    .map(({ agentId: id, writing }) => {
      const name = agents?.find((one) => one.id === id)?.name ?? t('thread.somebody');
      const said = t(`onlookers.${writing ?? 'looks'}`, { name });
      return { id, name, writing, said };
    })
    .sort((one, other) => Number(other.writing !== null) - Number(one.writing !== null));
}
