// Between the messages: who got the conversation, why it went back, how it ended.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { agentsQuery, skillsQuery, teamsQuery } from '../../api/queries.ts';
import type { ConversationEvent } from '../../api/shapes.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useNameActor } from '../naming/use-name-actor.ts';
import classes from './thread.module.css';

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
  const skills = useQuery(skillsQuery).data;
  const skillsOf = (ids: string[]) =>
    (skills ?? [])
      .filter(({ id }) => ids.includes(id))
      .map(({ name }) => name)
      .join(', ');
  const nameBy = useNameActor();
  const askedOrRequeued = (by: string, skillIds: unknown) => {
    const names = skillsOf(Array.isArray(skillIds) ? skillIds : []);
    return names === '' ? t('event.requeued', { by }) : t('event.askedSkills', { by, names });
  };
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
      'conversation.requeued': () => {
        const name = agentOf(data.agentId);
        if (data.reason === 'declined') return t('event.declined', { name });
        if (data.reason === 'not-accepted') return t('event.notAccepted', { name });
        return askedOrRequeued(by, data.skillIds);
      },
      'conversation.handed-over': () =>
        t('event.handedOver', { name: String(data.department ?? data.departmentId ?? '') }),
      'conversation.taken-over': () =>
        t('event.takenOver', { name: agentOf(data.toAgentId), from: agentOf(data.from) }),
      'conversation.transferred': () => {
        if (data.toTeamId) return t('event.transferred', { by, name: teamOf(data.toTeamId) });
        if (data.toAgentId) return t('event.transferred', { by, name: agentOf(data.toAgentId) });
        return askedOrRequeued(by, data.skillIds);
      },
      'conversation.closed': () => (by === '' ? t('event.closed') : t('event.closedBy', { by })),
      'conversation.reopened': () => t('event.reopened', { by }),
      'conversation.overdue': () =>
        t('event.overdue', { target: t(`target.${data.target as 'end'}`) }),
    };
    return texts[type]?.() ?? null;
  };
}
