// The words of why-tab.tsx: with the names of who did something, as they are now.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { agentsQuery } from '../api/queries.ts';
import type { Reason } from '../api/shapes.ts';
import { useFormat } from '../i18n/use-format.ts';
import { nameActors } from './name-actor.ts';
import { wordReason } from './word-reason.ts';

export function useReasonText(): (reason: Reason) => string {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const agents = useQuery(agentsQuery).data ?? [];
  const nameActor = (by: string) =>
    ['system', 'router', 'remote'].includes(by)
      ? 'Usher'
      : nameActors(by, agents, t('thread.somebody'));
  return (reason) => wordReason(reason, { i18n, format, nameActor });
}

/** How an agent's time with a conversation came to an end. */
export function useEndText(): (code: string) => string {
  const { t, i18n } = useTranslation();
  return (code) => {
    const key = `ended.${code}` as 'ended.closed';
    return i18n.exists(key) ? t(key) : code;
  };
}
