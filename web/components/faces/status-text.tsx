// What an agent is, with its colour, and since when.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { agentsQuery, statusesQuery } from '../../api/queries.ts';
import type { Agent, Status } from '../../api/shapes.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Dot } from '../../ui/pill.tsx';
import { useNow } from '../../ui/use-now.ts';
import { availabilityTones } from './availability-tones.ts';
import { nameStatus } from './name-status.ts';

export function StatusText({ agent }: { agent: Agent }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow();
  const statuses = useQuery(statusesQuery).data;
  const status = statuses?.find(({ id }) => id === agent.statusId);
  const since = format.span((now - Date.parse(agent.statusSince)) / 1000);
  return (
    <span
      title={useDetail(agent)}
      style={{ display: 'inline-flex', alignItems: 'center', gap: 7, whiteSpace: 'nowrap' }}
    >
      <StatusDot availability={agent.availability} colour={status?.colour} />
      <span>{nameStatus(agent, { t, statuses })}</span>
      <small className="numbers" style={{ color: 'var(--muted)' }}>
        {since}
      </small>
    </span>
  );
}

/** In the status's own colour, if it has one. */
export function StatusDot(props: {
  availability: Agent['availability'];
  colour?: Status['colour'] | undefined;
  size?: number;
}) {
  const { availability, colour, size = 8 } = props;
  if (!colour) return <Dot tone={availabilityTones[availability]} size={size} />;
  return (
    <span
      aria-hidden
      style={{
        ...{ width: size, height: size, borderRadius: '50%' },
        ...{ background: colour, flex: 'none', display: 'inline-block' },
      }}
    />
  );
}

/** Since when, who set it and why, as far as it was somebody else. */
export function useDetail({ statusSince, statusCause, statusBy, statusReason }: Agent): string {
  const { t } = useTranslation();
  const format = useFormat();
  const agents = useQuery(agentsQuery).data;
  const since = t('status.since', { time: format.full(statusSince) });
  if (statusCause !== 'set' || statusBy === null) return since;
  const name = agents?.find(({ id }) => `agent:${id}` === statusBy)?.name ?? statusBy;
  const by = t('status.setBy', { name });
  return [since, by, statusReason].filter((part) => part !== null).join(' · ');
}
