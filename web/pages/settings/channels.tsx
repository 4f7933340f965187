// Where conversations come from, and whether each is really connected.
import { Button } from '@mantine/core';
import { IconPlugConnected, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { channelsQuery, teamsQuery } from '../../api/queries.ts';
import type { Channel } from '../../api/shapes.ts';
import { ChannelIcon, channelNames } from '../../components/channel-icon.tsx';
import { ChannelState } from '../../components/channel-state.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { keepShownOnce } from '../../components/shown-once.ts';
import { useCan } from '../../components/use-session.ts';
import { ChannelForm } from '../../forms/channel-form.tsx';
import { paths } from '../../paths.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Card, Page } from '../../ui/page.tsx';
import { type Column, Table } from '../../ui/table.tsx';

export default function ChannelsPage() {
  const { t } = useTranslation();
  const can = useCan();
  const navigate = useNavigate();
  const query = useQuery({ ...channelsQuery, refetchInterval: 10_000 });
  const teams = useQuery(teamsQuery).data;
  const [adding, setAdding] = useState(false);
  const columns: Column<Channel>[] = [
    {
      head: t('form.name'),
      cell: ({ kind, name }) => (
        <span style={{ display: 'flex', alignItems: 'center', gap: 10, fontWeight: 500 }}>
          <ChannelIcon kind={kind} size={18} />
          {name}
        </span>
      ),
    },
    { head: t('channel.kind'), cell: ({ kind }) => channelNames[kind] },
    {
      head: t('filter.team'),
      cell: ({ teamId }) => teams?.find(({ id }) => id === teamId)?.name ?? '–',
    },
    { head: t('channel.state'), cell: (channel) => <ChannelState channel={channel} /> },
    {
      head: '',
      right: true,
      cell: ({ id }) => (
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => void navigate({ to: paths.channel(id) })}
        >
          {t('common.open')}
        </Button>
      ),
    },
  ];
  const add = can('channels.write') && (
    <Button size="xs" leftSection={<IconPlus size={15} />} onClick={() => setAdding(true)}>
      {t('channels.add')}
    </Button>
  );
  return (
    <Page title={t('settings.channels')} text={t('channels.text')} actions={add}>
      {query.isError && query.data === undefined ? (
        <ErrorNote error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Card flush>
          <Table
            label={t('settings.channels')}
            columns={columns}
            rows={query.data}
            rowKey={({ id }) => id}
            empty={
              <EmptyState
                icon={<IconPlugConnected size={20} />}
                title={t('channels.none')}
                text={t('channels.noneText')}
              >
                <div style={{ marginTop: 8 }}>{add}</div>
              </EmptyState>
            }
          />
        </Card>
      )}
      {adding && (
        <ChannelForm
          onClose={() => setAdding(false)}
          onMade={(channel) => {
            keepShownOnce(channel.id, channel.shownOnce ?? {});
            void navigate({ to: paths.channel(channel.id) });
          }}
        />
      )}
    </Page>
  );
}
