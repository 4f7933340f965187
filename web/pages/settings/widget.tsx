// The chat on the company's pages: its look, live before it is saved, and the line to paste.

import { Select } from '@mantine/core';
import { IconWorld } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { channelKinds } from '../../../src/contract/channel-kinds.ts';
import { channelsQuery } from '../../api/queries.ts';
import type { Channel } from '../../api/shapes.ts';
import { Loaded } from '../../components/answers/loaded.tsx';
import { readLook, WidgetForm } from '../../components/appearance/widget-form.tsx';
import { WidgetPreview } from '../../components/appearance/widget-preview.tsx';
import { TryIt } from '../../components/channels/try-it.tsx';
import { writeSnippet } from '../../components/channels/write-snippet.ts';
import { paths } from '../../paths.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Paste } from '../../ui/facts.tsx';
import { Card, Page } from '../../ui/page.tsx';
import classes from './settings.module.css';

export default function WidgetPage() {
  const { t } = useTranslation();
  const query = useQuery(channelsQuery);
  const channels = query.data?.filter(({ kind }) => channelKinds[kind].visitors === 'here');
  const { channel: asked } = useSearch({ strict: false }) as { channel?: string };
  const navigate = useNavigate();
  // By the address, so that what is not saved is asked about.
  const choose = (id: string | null) =>
    void navigate({ to: paths.settings('widget'), search: { channel: id } as never });
  const channel = channels?.find(({ id }) => id === asked) ?? channels?.[0];
  return (
    <Page
      title={t('settings.widget')}
      text={t('widget.text')}
      actions={
        channels &&
        channels.length > 1 && (
          <Select
            size="xs"
            aria-label={t('filter.channel')}
            data={channels.map(({ id, name }) => ({ value: id, label: name }))}
            value={channel?.id ?? null}
            onChange={choose}
          />
        )
      }
    >
      <Loaded query={query} height={320}>
        {() =>
          channel === undefined ? (
            <Card>
              <EmptyState
                icon={<IconWorld size={20} />}
                title={t('widget.none')}
                text={t('widget.noneText')}
              />
            </Card>
          ) : (
            <Widget key={channel.id} channel={channel} />
          )
        }
      </Loaded>
    </Page>
  );
}

function Widget({ channel }: { channel: Channel }) {
  const { t } = useTranslation();
  const [look, setLook] = useState(() => readLook(channel.config));
  const snippet = writeSnippet(window.location.origin, channel.id);
  return (
    <>
      <Card
        title={t('widget.snippet')}
        note={t('widget.snippetText')}
        actions={<TryIt channelId={channel.id} />}
      >
        <Paste label="HTML" value={snippet} copyLabel={t('common.copy')} />
      </Card>
      <div className={classes.two}>
        <Card title={t('widget.look')}>
          <WidgetForm channel={channel} onLook={setLook} />
        </Card>
        <Card title={t('widget.preview')}>
          <WidgetPreview look={look} config={channel.config} />
        </Card>
      </div>
    </>
  );
}
