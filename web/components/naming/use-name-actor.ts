// Names whoever did something: people by their names of today, what nobody did by what it was.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { UUID_PATTERN } from '../../../src/contract/uuid.ts';
import { agentsQuery } from '../../api/queries.ts';

const AUTOMATION = new RegExp(`automation:${UUID_PATTERN}`, 'g');
const AGENT = new RegExp(`agent:(${UUID_PATTERN})`, 'g');

/** `by` as it is recorded: `agent:<id>`, `token:<name>`, or one of those below; in a sentence or alone. */
export function useNameActor(): (by: string) => string {
  const { t } = useTranslation();
  const agents = useQuery(agentsQuery).data;
  const nameOf = (id: string) =>
    agents?.find((agent) => agent.id === id)?.name ?? t('thread.somebody');
  const others = new Map([
    ...['system', 'router', 'policy', 'first-run'].map((by) => [by, 'Usher'] as const),
    ['remote', t('actor.remote')],
    ['stranger', t('actor.stranger')],
    ['contact', t('thread.customer')],
  ]);
  return (by) =>
    others.get(by) ??
    by
      .replace(AUTOMATION, t('actor.automation'))
      .replace(AGENT, (_, id: string) => nameOf(id))
      .replace(/\btoken:(\S+)/g, 'API ($1)');
}
