// The chat on a page of ours, beside what arrives from it: an admin sees both ends before anything is pasted.
import { Anchor, Button, Group, SegmentedControl, Select, Stack } from '@mantine/core';
import { IconExternalLink, IconWorld } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { channelKinds } from '../../src/contract/channel-kinds.ts';
import { ask, client } from '../api/client.ts';
import { channelsQuery } from '../api/queries.ts';
import { Loaded } from '../components/answers/loaded.tsx';
import { writeSnippet } from '../components/channels/write-snippet.ts';
import { ConversationRow } from '../components/inbox/conversation-row.tsx';
import { useAvailability } from '../components/session/use-availability.ts';
import { useCan } from '../components/session/use-session.ts';
import { paths } from '../paths.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Paste } from '../ui/facts.tsx';
import { Card, Page } from '../ui/page.tsx';
import classes from './try.module.css';

/** As many as fit beside the page. */
const MOST = 5;

export default function TryPage() {
  const { t } = useTranslation();
  const can = useCan();
  const navigate = useNavigate();
  const { channel: asked } = useSearch({ strict: false }) as { channel?: string };
  const query = useQuery({ ...channelsQuery, enabled: can('channels.read') });
  const channels = query.data?.filter(({ kind }) => channelKinds[kind].visitors === 'here');
  const chosen = channels?.find(({ id }) => id === asked)?.id ?? channels?.[0]?.id;
  // An agent is given the address of a channel, and sees no list of them.
  const id = can('channels.read') ? chosen : asked;
  const choose = (next: string | null) =>
    void navigate({ to: paths.tryOut, search: { channel: next } as never });
  return (
    <Page
      title={t('try.title')}
      text={t('try.text')}
      actions={
        channels &&
        channels.length > 1 && (
          <Select
            size="xs"
            aria-label={t('filter.channel')}
            data={channels.map((one) => ({ value: one.id, label: one.name }))}
            value={id ?? null}
            onChange={choose}
          />
        )
      }
    >
      {id !== undefined && <Trial key={id} channelId={id} />}
      {id === undefined && (query.data !== undefined || !can('channels.read')) && <NoChannel />}
      {id === undefined && can('channels.read') && query.data === undefined && (
        <Loaded query={query} height={320}>
          {() => null}
        </Loaded>
      )}
    </Page>
  );
}

function NoChannel() {
  const { t } = useTranslation();
  const can = useCan();
  return (
    <Card>
      <EmptyState
        icon={<IconWorld size={20} />}
        title={t('widget.none')}
        text={t('widget.noneText')}
      />
      {can('channels.write') && (
        <Group justify="center">
          <Button component={Link} to={paths.settings('channels')} size="xs">
            {t('welcome.channel')}
          </Button>
        </Group>
      )}
    </Card>
  );
}

function Trial({ channelId }: { channelId: string }) {
  const { t, i18n } = useTranslation();
  const [width, setWidth] = useState<'wide' | 'phone'>('wide');
  const address = `/try/page?${new URLSearchParams({ channelId, locale: i18n.language })}`;
  return (
    <>
      <div className={classes.panes}>
        <Card
          title={t('try.page')}
          flush
          actions={
            <Group gap={8}>
              <SegmentedControl
                size="xs"
                visibleFrom="sm"
                aria-label={t('try.width')}
                value={width}
                onChange={setWidth}
                data={[
                  { value: 'wide', label: t('try.wide') },
                  { value: 'phone', label: t('try.phone') },
                ]}
              />
              <Button
                component="a"
                href={address}
                target="_blank"
                rel="noopener"
                size="xs"
                variant="default"
                rightSection={<IconExternalLink size={14} />}
              >
                {t('try.window')}
              </Button>
            </Group>
          }
        >
          <iframe className={classes.page} data-width={width} src={address} title={t('try.page')} />
        </Card>
        <Arrived channelId={channelId} />
      </div>
      <Card title={t('widget.snippet')} note={t('widget.snippetText')}>
        <Paste
          label="HTML"
          value={writeSnippet(window.location.origin, channelId)}
          copyLabel={t('common.copy')}
        />
      </Card>
    </>
  );
}

/** What came in through the channel, the latest first. */
function Arrived({ channelId }: { channelId: string }) {
  const { t } = useTranslation();
  const { availability, choose } = useAvailability();
  const query = useQuery({
    queryKey: ['found', 'try', channelId],
    queryFn: () =>
      ask(
        client.GET('/api/v1/conversations', {
          params: { query: { channelId, sort: 'recent', limit: MOST } },
        }),
      ),
    refetchInterval: 3000,
  });
  const items = query.data?.items ?? [];
  return (
    <Card title={t('try.arrived')} note={t('try.arrivedText')} flush>
      {availability !== 'online' && (
        <div className={classes.away}>
          <p>{t('try.offline')}</p>
          <Button size="xs" variant="default" onClick={() => choose('online')}>
            {t('welcome.online')}
          </Button>
        </div>
      )}
      <Loaded query={query} height={160}>
        {() =>
          items.length === 0 ? (
            <EmptyState title={t('try.nothing')} text={t('try.nothingText')} />
          ) : (
            <ul className={classes.list}>
              {items.map((conversation) => (
                <li key={conversation.id}>
                  <ConversationRow
                    conversation={conversation}
                    view={conversation.state === 'closed' ? 'closed' : 'all'}
                    suffix=""
                    active={false}
                  />
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      <Stack p="md">
        <Anchor component={Link} to={paths.inbox('mine')} size="sm">
          {t('welcome.toInbox')}
        </Anchor>
      </Stack>
    </Card>
  );
}
