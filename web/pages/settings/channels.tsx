// Where conversations come from and where agents answer them, and whether each is really connected.
import { IconPlugConnected } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { channelsQuery, teamsQuery } from '../../api/queries.ts';
import type { Channel } from '../../api/shapes.ts';
import { ChannelForm } from '../../components/channels/channel-form.tsx';
import { ChannelState } from '../../components/channels/channel-state.tsx';
import { ChannelIcon, channelNames } from '../../components/faces/channel-icon.tsx';
import { useCan } from '../../components/session/use-session.ts';
import { useOpenColumn } from '../../components/settings/row-columns.tsx';
import { SettingsList } from '../../components/settings/settings-list.tsx';
import { paths } from '../../paths.ts';
import type { Column } from '../../ui/table.tsx';

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
    useOpenColumn(paths.channel),
  ];
  return (
    <SettingsList
      title={t('settings.channels')}
      text={t('channels.text')}
      query={query}
      columns={columns}
      empty={{
        icon: <IconPlugConnected size={20} />,
        title: t('channels.none'),
        text: t('channels.noneText'),
      }}
      add={can('channels.write') ? { label: t('channels.add'), run: () => setAdding(true) } : null}
    >
      {adding && (
        <ChannelForm
          onClose={() => setAdding(false)}
          onMade={({ id }) => void navigate({ to: paths.channel(id) })}
        />
      )}
    </SettingsList>
  );
}
