// Between the messages: who got the conversation, why it went back, how it ended.
import { useQuery } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
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
  const { agentOf, teamOf, skillsOf } = useNames();
  const nameBy = useNameActor();
  const askedOrRequeued = (by: string, skillIds: unknown) => {
    const names = skillsOf(Array.isArray(skillIds) ? skillIds : []);
    return names === '' ? t('event.requeued', { by }) : t('event.askedSkills', { by, names });
  };
  const wordParking = useParkingText();
  return ({ type, data }) => {
    const said = typeof data.by === 'string' ? data.by : '';
    const by = nameBy(said);
    const toAgent = agentOf(data.agentId ?? data.toAgentId);
    const texts: Record<string, () => string | null> = {
      'conversation.opened': () => t('event.opened'),
      'conversation.assigned': () => {
        if (said === 'router') return t('event.routed', { name: toAgent });
        const took = by === toAgent || by === '';
        return t(took ? 'event.took' : 'event.assigned', { name: toAgent, by });
      },
      'conversation.requeued': () => {
        const name = agentOf(data.agentId);
        if (data.reason === 'declined') return t('event.declined', { name });
        if (data.reason === 'not-answered') return t('event.notAnswered', { name });
        if (data.reason === 'not-accepted') return t('event.notAccepted', { name });
        return askedOrRequeued(by, data.skillIds);
      },
      'conversation.handed-over': () =>
        t('event.handedOver', { name: String(data.department ?? data.departmentId ?? '') }),
      'conversation.left-by-bot': () => t('event.leftByBot', { name: agentOf(data.agentId) }),
      'conversation.taken-over': () =>
        t('event.takenOver', { name: agentOf(data.toAgentId), from: agentOf(data.from) }),
      'conversation.given-back': () =>
        t('event.givenBack', { by, name: agentOf(data.toAgentId), from: agentOf(data.from) }),
      'conversation.consult-requested': () =>
        t('event.consulted', { by, name: agentOf(data.agentId) }),
      'conversation.consult-ended': () =>
        wordConsultEnd(data, { t, by, name: agentOf(data.agentId) }),
      'conversation.transferred': () =>
        wordTransfer(data, { t, by, teamOf, agentOf }) ?? askedOrRequeued(by, data.skillIds),
      'conversation.parked': () => wordParking.parked(by, data),
      'conversation.returned': () => wordParking.returned(by, data),
      'conversation.closed': () => {
        if (data.reason === 'contact-silent') return t('event.contactSilent');
        return t(by === '' ? 'event.closed' : 'event.closedBy', { by });
      },
      'conversation.reopened': () => t('event.reopened', { by }),
      'conversation.overdue': () =>
        t('event.overdue', { target: t(`target.${data.target as 'end'}`) }),
      'conversation.unanswered': () => t('event.unanswered', { name: agentOf(data.agentId) }),
      'conversation.reminded': () => t('event.reminded'),
      'conversation.automated': () => {
        const name = String(data.name ?? '');
        return data.macroId ? t('event.macro', { by, name }) : t('event.automated', { name });
      },
    };
    return texts[type]?.() ?? null;
  };
}

function useNames() {
  const { t } = useTranslation();
  const agents = useQuery(agentsQuery).data;
  const teams = useQuery(teamsQuery).data;
  const skills = useQuery(skillsQuery).data ?? [];
  const namesOf = (ids: string[]) =>
    skills.filter(({ id }) => ids.includes(id)).map(({ name }) => name);
  return {
    agentOf: (id: unknown) =>
      agents?.find((agent) => agent.id === id)?.name ?? t('thread.somebody'),
    teamOf: (id: unknown) => teams?.find((team) => team.id === id)?.name ?? '',
    skillsOf: (ids: string[]) => namesOf(ids).join(t('common.comma')),
  };
}

function useParkingText() {
  const { t } = useTranslation();
  const format = useFormat();
  type Data = ConversationEvent['data'];
  return {
    parked: (by: string, { until }: Data) =>
      typeof until === 'string'
        ? t('event.parked', { by, time: format.full(until) })
        : t('event.parkedUntilWritten', { by }),
    returned: (by: string, { cause }: Data) => t(`event.returned.${cause as 'hand'}`, { by }),
  };
}

/** null: what follows says it, because the colleague has the conversation now. */
function wordConsultEnd(
  { reason }: ConversationEvent['data'],
  { t, ...names }: { t: TFunction<'words'>; by: string; name: string },
): string | null {
  if (reason === 'given') return null;
  return reason === 'left' ? t('event.consultLeft', names) : t('event.consultThanked', names);
}

/** To whom or where it was transferred; null: it asks for other skills. */
function wordTransfer(
  data: ConversationEvent['data'],
  args: {
    t: TFunction<'words'>;
    by: string;
    teamOf(id: unknown): string;
    agentOf(id: unknown): string;
  },
): string | null {
  const { t, by, teamOf, agentOf } = args;
  if (data.toTeamId) return t('event.transferred', { by, name: teamOf(data.toTeamId) });
  if (data.toPlan) return t('event.toPlan', { by, plan: String(data.toPlan) });
  if (data.toAgentId) return t('event.transferred', { by, name: agentOf(data.toAgentId) });
  return null;
}
