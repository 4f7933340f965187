// My day: a picture of it, and its figures; supervisors see that of anybody.
import { ActionIcon, Group, Skeleton } from '@mantine/core';
import { IconCalendarTime, IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { agentsQuery } from '../api/queries.ts';
import { dayQuery } from '../api/side-queries.ts';
import { ErrorNote } from '../components/answers/error-note.tsx';
import { DayFigures } from '../components/reports/day-figures.tsx';
import { DayTimeline } from '../components/reports/day-timeline.tsx';
import { useSession } from '../components/session/use-session.ts';
import { useFormat } from '../i18n/use-format.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Card, Page } from '../ui/page.tsx';
import { useNow, useToday } from '../ui/use-now.ts';

export default function DayPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const { user, can } = useSession();
  const { agent } = useSearch({ strict: false }) as { agent?: string };
  const agentId = can.includes('reports.read') ? (agent ?? user.agentId) : user.agentId;
  const isOwn = agentId === user.agentId;
  const [back, setBack] = useState(0);
  const today = useToday();
  const span = useMemo(() => dayBefore(today, back), [today, back]);
  const agents = useQuery({ ...agentsQuery, enabled: !isOwn });
  const name = agents.data?.find(({ id }) => id === agentId)?.name;
  return (
    <Page
      title={isOwn || name === undefined ? t('day.mine') : t('day.of', { name })}
      text={format.dayName(span.from, today)}
      actions={
        <Group gap={4}>
          <ActionIcon
            variant="default"
            aria-label={t('day.before')}
            onClick={() => setBack(back + 1)}
          >
            <IconChevronLeft size={16} />
          </ActionIcon>
          <ActionIcon
            variant="default"
            aria-label={t('day.after')}
            disabled={back === 0}
            onClick={() => setBack(back - 1)}
          >
            <IconChevronRight size={16} />
          </ActionIcon>
        </Group>
      }
    >
      {agentId === null ? (
        <EmptyState icon={<IconCalendarTime size={20} />} title={t('day.noAgent')} />
      ) : (
        <Day key={agentId} agentId={agentId} span={span} />
      )}
    </Page>
  );
}

interface DaySpan {
  from: string;
  to: string;
  timeZone: string;
}

/** A whole day of the reader's calendar, so many before today. */
function dayBefore(today: number, back: number): DaySpan {
  const [from, to] = [-back, 1 - back].map((days) => {
    const at = new Date(today);
    at.setDate(at.getDate() + days);
    return at.toISOString();
  });
  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return { from: from ?? '', to: to ?? '', timeZone };
}

function Day({ agentId, span }: { agentId: string; span: DaySpan }) {
  const { t } = useTranslation();
  const now = Math.floor(useNow() / 60_000) * 60_000;
  const { from, to } = span;
  const day = useQuery({ ...dayQuery({ from, to, agentId }), refetchInterval: 60_000 });
  if (day.isError && day.data === undefined) {
    return <ErrorNote error={day.error} onRetry={() => void day.refetch()} />;
  }
  return (
    <>
      <Card title={t('day.timeline')}>
        {day.data ? <DayTimeline day={day.data} now={now} /> : <Skeleton height={100} />}
      </Card>
      <DayFigures query={{ ...span, agentId, by: 'agent' }} />
    </>
  );
}
