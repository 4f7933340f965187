// One channel: what to paste over there, whether it calls, and its own settings.
import { Alert, Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { channelKinds } from '../../../src/contract/channel-kinds.ts';
import { ask, client } from '../../api/client.ts';
import { channelsQuery } from '../../api/queries.ts';
import type { Channel } from '../../api/shapes.ts';
import { Loaded } from '../../components/answers/loaded.tsx';
import { readShownOnce } from '../../components/answers/shown-once.ts';
import { useSave } from '../../components/answers/use-save.ts';
import { ChannelFields } from '../../components/channels/channel-fields.tsx';
import { ChannelState } from '../../components/channels/channel-state.tsx';
import { ChannelSwitch } from '../../components/channels/channel-switch.tsx';
import { kindPages } from '../../components/channels/kinds.tsx';
import {
  fillSecret,
  hidesSecret,
  makeWebhookSecret,
} from '../../components/channels/webhook-secret.ts';
import { channelNames } from '../../components/faces/channel-icon.tsx';
import { wordOutcome } from '../../components/naming/word-outcome.ts';
import { useCan } from '../../components/session/use-session.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { paths } from '../../paths.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Fact, Facts, Paste } from '../../ui/facts.tsx';
import { Card, Page } from '../../ui/page.tsx';
import { RowMenu } from '../../ui/row-menu.tsx';

const at = (id: string) => ({ params: { path: { id } } });

export default function ChannelPage() {
  const { t } = useTranslation();
  const { id } = useParams({ strict: false }) as { id: string };
  const can = useCan();
  const navigate = useNavigate();
  const query = useQuery({ ...channelsQuery, refetchInterval: 5000 });
  const channel = query.data?.find((one) => one.id === id);
  const remove = useSave({
    send: () => ask(client.DELETE('/api/v1/channels/{id}', at(id))),
    touches: ['channels'],
    onDone: () => void navigate({ to: paths.settings('channels') }),
  });
  if (channel === undefined) {
    return (
      <Page title={t('settings.channels')}>
        <Loaded query={query}>{() => <EmptyState title={t('common.notFound')} />}</Loaded>
      </Page>
    );
  }
  const { Trouble, Check } = kindPages[channel.kind];
  return (
    <Page
      narrow
      title={channel.name}
      text={channelNames[channel.kind]}
      actions={
        can('channels.write') && (
          <RowMenu
            name={channel.name}
            actions={[
              {
                label: t('common.remove'),
                confirm: t('channels.removeText', { name: channel.name }),
                run: () => remove.mutate(undefined),
              },
            ]}
          />
        )
      }
    >
      {channel.syncError && (
        <Alert color="red" variant="outline" mb="md" title={t('channel.broken')}>
          {wordOutcome(channel.syncError, t)}
          {Trouble && <Trouble />}
        </Alert>
      )}
      <PasteThere channel={channel} />
      <LiveCheck channel={channel} />
      {Check && <Check channel={channel} />}
      {can('channels.write') && <ChannelForms key={channel.id} channel={channel} />}
    </Page>
  );
}

/** What is shown once stands in the place of what hides a secret. */
function PasteThere({ channel }: { channel: Channel }) {
  const { t, i18n } = useTranslation();
  const can = useCan();
  const { id, kind, urls } = channel;
  const [once, setOnce] = useState(() => readShownOnce(id));
  const shown = { ...urls, ...once };
  const renew = useSave({
    send: (webhookSecret: string) =>
      ask(
        client.PATCH('/api/v1/channels/{id}', { ...at(id), body: { secrets: { webhookSecret } } }),
      ),
    onDone: (_channel, secret) => setOnce(fillSecret(urls, secret)),
  });
  if (Object.keys(shown).length === 0) return null;
  const { Before, After } = kindPages[kind];
  const nameAddress = (name: string): string => {
    const key = `channel.url.${name}` as 'channel.url.widget';
    return i18n.exists(key) ? t(key) : name;
  };
  return (
    <Card title={t('channel.paste')} note={t(`channel.pasteText.${kind}`)}>
      <Stack gap="sm">
        {Before && <Before channel={channel} />}
        {Object.entries(shown).map(([name, value]) => (
          <Paste key={name} label={nameAddress(name)} value={value} copyLabel={t('common.copy')} />
        ))}
        {hidesSecret(shown) && can('channels.write') && (
          <Group justify="space-between">
            <Text size="sm" c="dimmed" style={{ flex: '1 1 260px' }}>
              {t('channel.secretHidden')}
            </Text>
            <Button
              size="xs"
              variant="default"
              loading={renew.isPending}
              onClick={() => renew.mutate(makeWebhookSecret())}
            >
              {t('channel.renewSecret')}
            </Button>
          </Group>
        )}
        {After && <After channel={channel} />}
      </Stack>
    </Card>
  );
}

/** Asks again every five seconds while it is looked at, so that a first call is seen when it comes. */
function LiveCheck({ channel }: { channel: Channel }) {
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan();
  // It brings no conversations.
  const { mirrors } = channelKinds[channel.kind];
  const found = useQuery({
    enabled: !mirrors,
    queryKey: ['found', 'of-channel', channel.id],
    queryFn: () =>
      ask(
        client.GET('/api/v1/conversations', {
          params: { query: { channelId: channel.id, limit: 1, sort: 'recent' } },
        }),
      ),
    refetchInterval: 5000,
  }).data;
  const latest = found?.items[0];
  return (
    <Card title={t('channel.check')}>
      <Facts>
        <Fact name={t('channel.state')}>
          <ChannelState channel={channel} seen={latest !== undefined} />
        </Fact>
        {channel.connected !== null && <Fact name={t('channel.host')}>{channel.connected}</Fact>}
        {channel.syncedAt !== null && (
          <Fact name={t('channel.synced')}>{format.full(channel.syncedAt)}</Fact>
        )}
        {!mirrors && (
          <Fact name={t('channel.latest')}>
            {found === undefined && <Skeleton width={140} height={14} mt={3} />}
            {found !== undefined && (latest ? format.full(latest.queuedAt) : t('channel.never'))}
          </Fact>
        )}
      </Facts>
      {can('channels.write') && <ChannelSwitch channel={channel} />}
    </Card>
  );
}

function ChannelForms({ channel }: { channel: Channel }) {
  const { Forms } = kindPages[channel.kind];
  return (
    <>
      <ChannelFields channel={channel} />
      {Forms && <Forms channel={channel} />}
    </>
  );
}
