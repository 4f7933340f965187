// The chat on the company's pages: its look, live before it is saved, and the line to paste.
import { Select } from '@mantine/core';
import { IconWorld } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { channelsQuery } from '../../api/queries.ts';
import type { Channel } from '../../api/shapes.ts';
import { Loaded } from '../../components/loaded.tsx';
import { WidgetPreview } from '../../components/widget-preview.tsx';
import { readLook, WidgetForm } from '../../forms/widget-form.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Paste } from '../../ui/facts.tsx';
import { Card, Page } from '../../ui/page.tsx';
import classes from './settings.module.css';

export default function WidgetPage() {
  const { t } = useTranslation();
  const query = useQuery(channelsQuery);
  const channels = query.data?.filter(({ kind }) => kind === 'webchat');
  const { channel: asked } = useSearch({ strict: false }) as { channel?: string };
  const [chosen, setChosen] = useState(asked ?? null);
  const channel = channels?.find(({ id }) => id === chosen) ?? channels?.[0];
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
            onChange={setChosen}
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
      <Card title={t('widget.snippet')} note={t('widget.snippetText')}>
        <Paste label="HTML" value={snippet} copyLabel={t('common.copy')} />
      </Card>
      <div className={classes.two}>
        <Card title={t('widget.look')}>
          <WidgetForm channel={channel} onLook={setLook} />
        </Card>
        <Card title={t('widget.preview')}>
          <WidgetPreview look={look} />
        </Card>
      </div>
    </>
  );
}

/** What docs/guides/widget.md says, on one line: what is called before the script has come is kept. */
function writeSnippet(origin: string, channelId: string): string {
  const queue = 'window.Usher=window.Usher||function(){(Usher.q=Usher.q||[]).push(arguments)}';
  return `<script>${queue};Usher('boot',{channelId:'${channelId}'})</script><script async src="${origin}/widget.js"></script>`;
}
