// Between the messages: who got the conversation, why it went back, how it ended.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { agentsQuery, teamsQuery } from '../api/queries.ts';
import type { ConversationEvent } from '../api/shapes.ts';
import { useFormat } from '../i18n/use-format.ts';
import classes from './thread.module.css';
import { useNameActor } from './use-name-actor.ts';

export function ThreadEvent({ event }: { event: ConversationEvent }) {
  const format = useFormat();
  const text = useEventText()(event);
  if (text === null) return null;
  return (
    <div className={classes.event}>
      {text} · <time dateTime={event.at}>{format.time(event.at)}</time>
    </div>
  );
}

function useEventText(): (event: ConversationEvent) => string | null {
  const { t } = useTranslation();
  const agents = useQuery(agentsQuery).data;
  const teams = useQuery(teamsQuery).data;
  const agentOf = (id: unknown) =>
    agents?.find((agent) => agent.id === id)?.name ?? t('thread.somebody');
  const teamOf = (id: unknown) => teams?.find((team) => team.id === id)?.name ?? '';
  const nameBy = useNameActor();
  return ({ type, data }) => {
    const said = typeof data.by === 'string' ? data.by : '';
    const by = nameBy(said);
    const toAgent = agentOf(data.agentId ?? data.toAgentId);
    const texts: Record<string, () => string> = {
      'conversation.opened': () => t('event.opened'),
      'conversation.assigned': () => {
        if (said === 'router') return t('event.routed', { name: toAgent });
        const took = by === toAgent || by === '';
        return took
          ? t('event.took', { name: toAgent })
          : t('event.assigned', { name: toAgent, by });
      },
      'conversation.requeued': () => t('event.requeued', { by }),
      'conversation.transferred': () =>
        t('event.transferred', {
          by,
          name: data.toTeamId ? teamOf(data.toTeamId) : agentOf(data.toAgentId),
        }),
      'conversation.closed': () => (by === '' ? t('event.closed') : t('event.closedBy', { by })),
      'conversation.reopened': () => t('event.reopened', { by }),
    };
    return texts[type]?.() ?? null;
  };
}
