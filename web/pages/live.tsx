// What is going on now: the queue, who is online, how full they are. Supervisors act from here.
import { BarChart } from '@mantine/charts';
import '@mantine/charts/styles.layer.css';
import { Button, Skeleton } from '@mantine/core';
import { IconScale, IconWifiOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { serverNow } from '../../browser/server-clock.ts';
import {
  agentsQuery,
  channelsQuery,
  countsQuery,
  queueQuery,
  reportQuery,
  teamsQuery,
} from '../api/queries.ts';
import type { Queue } from '../api/shapes.ts';
import { ErrorNote } from '../components/answers/error-note.tsx';
import { Proposal } from '../components/balance/proposal.tsx';
import { AgentTable } from '../components/live-board/agent-table.tsx';
import { HeldConversations } from '../components/live-board/held-conversations.tsx';
import classes from '../components/live-board/live.module.css';
import { WallButton } from '../components/live-board/wall-button.tsx';
import { useCan } from '../components/session/use-session.ts';
import { MoveDialogs } from '../components/verbs/move-dialogs.tsx';
import { type Mover, useMover } from '../components/verbs/use-mover.ts';
import { useFormat } from '../i18n/use-format.ts';
import { paths } from '../paths.ts';
import { inOrder } from '../ui/in-order.ts';
import { Card, Page, Tile, Tiles } from '../ui/page.tsx';
import { type Column, Table } from '../ui/table.tsx';
import { useNow } from '../ui/use-now.ts';

const REFRESH_MS = 5000;
/** Two answers have not come. */
const STALE_AFTER_MS = 2 * REFRESH_MS + 1000;

export default function LivePage() {
  const { t } = useTranslation();
  const can = useCan();
  const mover = useMover();
  const query = useQuery({ ...queueQuery, refetchInterval: REFRESH_MS });
  if (query.isError && query.data === undefined) {
    return (
      <Page title={t('nav.live')}>
        <ErrorNote error={query.error} onRetry={() => void query.refetch()} />
      </Page>
    );
  }
  return (
    <Page
      title={t('nav.live')}
      text={t('live.text')}
      actions={
        <>
          <WallButton />
          {can('balance.read') && <ToBalance />}
        </>
      }
    >
      <Stale at={query.data?.at} />
      <Figures queue={query.data} />
      {can('balance.read') && <Proposal />}
      {can('agents.write') && <FirstInLine mover={mover} />}
      {can('agents.write') && <Unanswered mover={mover} />}
      <Card title={t('live.agents')} flush>
        <AgentTable mover={mover} />
      </Card>
      <Card title={t('live.queue')} flush>
        <Groups queue={query.data} />
      </Card>
      {can('reports.read') && <Today />}
      <MoveDialogs mover={mover} />
    </Page>
  );
}

function ToBalance() {
  const { t } = useTranslation();
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={<IconScale size={15} />}
      renderRoot={(props) => <Link to={paths.balance} {...props} />}
    >
      {t('balance.open')}
    </Button>
  );
}

/** While nothing new comes, whatever the reason: what is shown below is old. */
function Stale({ at }: { at: number | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  const isStale = useNow() - (at ?? Number.POSITIVE_INFINITY) > STALE_AFTER_MS;
  return (
    <div role="status">
      {isStale && at !== undefined && (
        <p className={classes.stale}>
          <IconWifiOff size={16} />
          {t('live.stale', { time: format.time(new Date(at).toISOString()) })}
        </p>
      )}
    </div>
  );
}

function Figures({ queue }: { queue: (Queue & { at: number }) | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow();
  const people = useQuery(agentsQuery).data?.filter(({ kind }) => kind !== 'bot');
  const wait = <Skeleton height={24} width={48} mt={4} />;
  // Counts on between two answers, so that it does not jump.
  const longest =
    queue === undefined || queue.waiting === 0
      ? 0
      : queue.longestWaitSeconds + Math.max(0, now - queue.at) / 1000;
  return (
    <Tiles>
      <Tile
        label={t('live.waiting')}
        value={queue ? format.number(queue.waiting) : wait}
        note={queue && queue.held > 0 ? t('live.held', { count: queue.held }) : undefined}
      />
      <Tile
        label={t('live.longest')}
        value={queue ? (queue.waiting === 0 ? '–' : format.longSpan(longest)) : wait}
      />
      <Tile label={t('live.inWork')} value={queue ? format.number(queue.assigned) : wait} />
      <Tile
        label={t('live.online')}
        value={queue ? format.number(queue.agentsOnline) : wait}
        note={people && t('live.ofAll', { count: people.length })}
      />
      <Tile label={t('live.free')} value={queue ? format.number(queue.freeCapacity) : wait} />
      <Tile
        label={t('live.pace')}
        value={queue ? format.decimal(queue.assignedPerMinute) : wait}
        note={t('live.perMinute')}
      />
    </Tiles>
  );
}

/** Dropped here, a conversation goes back into the queue, to its old place. */
function FirstInLine({ mover }: { mover: Mover }) {
  const { t } = useTranslation();
  const label = t('live.firstInLine');
  return (
    <div className={classes.queue} {...mover.target({ agentId: null })}>
      <Card title={label} note={t('live.moveHint')}>
        <HeldConversations
          label={label}
          filter={{ state: 'waiting' }}
          mover={mover}
          empty={t('live.nobodyWaits')}
        />
      </Card>
    </div>
  );
}

/** Whom agents keep waiting for longer than the plan allows; not there while there is none. */
function Unanswered({ mover }: { mover: Mover }) {
  const { t } = useTranslation();
  const count = useQuery({ ...countsQuery, refetchInterval: REFRESH_MS }).data?.unanswered ?? 0;
  if (count === 0) return null;
  const label = t('live.unanswered');
  return (
    <Card title={label} note={t('live.unansweredText')}>
      <HeldConversations
        label={label}
        filter={{ state: 'assigned', unanswered: true, sort: 'oldest' }}
        namesAgents
        mover={mover}
        empty={t('live.nobodyUnanswered')}
      />
    </Card>
  );
}

type Group = Queue['groups'][number];

function Groups({ queue }: { queue: Queue | undefined }) {
  const { t } = useTranslation();
  const can = useCan();
  const format = useFormat();
  const teams = useQuery(teamsQuery).data;
  const channels = useQuery({ ...channelsQuery, enabled: can('channels.read') }).data;
  const columns: Column<Group>[] = [
    {
      head: t('filter.team'),
      cell: ({ teamId }) => teams?.find(({ id }) => id === teamId)?.name ?? t('live.noTeam'),
    },
    {
      head: t('filter.channel'),
      cell: ({ channelId }) => channels?.find(({ id }) => id === channelId)?.name ?? '–',
    },
    { head: t('live.waiting'), right: true, cell: ({ waiting }) => format.number(waiting) },
    {
      head: t('live.longest'),
      right: true,
      cell: ({ longestWaitSeconds }) => format.longSpan(longestWaitSeconds),
    },
  ];
  return (
    <Table
      label={t('live.queue')}
      columns={columns}
      rows={queue?.groups}
      rowKey={({ teamId, channelId }) => `${teamId} ${channelId}`}
      empty={
        <p style={{ padding: '14px 16px', margin: 0, color: 'var(--soft)', fontSize: 13 }}>
          {t('live.nobodyWaits')}
        </p>
      }
    />
  );
}

function Today() {
  const { t } = useTranslation();
  const query = useMemo(() => {
    const from = new Date(serverNow());
    from.setHours(0, 0, 0, 0);
    const to = new Date(from.getTime() + 86_400_000);
    return {
      from: from.toISOString(),
      to: to.toISOString(),
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      by: 'hour' as const,
    };
  }, []);
  const { data } = useQuery({ ...reportQuery(query), refetchInterval: 60_000 });
  return (
    <Card title={t('live.today')}>
      {data === undefined ? (
        <Skeleton height={180} />
      ) : (
        <BarChart
          h={180}
          data={data.rows.map(({ label, opened, closed }) => ({ label, opened, closed }))}
          dataKey="label"
          series={[
            { name: 'opened', label: t('report.opened'), color: 'iris.5' },
            { name: 'closed', label: t('report.closed'), color: 'gray.5' },
          ]}
          withLegend
          legendProps={inOrder}
          yAxisProps={{ allowDecimals: false }}
          tickLine="none"
          gridAxis="x"
          barProps={{ radius: 2 }}
        />
      )}
    </Card>
  );
}
