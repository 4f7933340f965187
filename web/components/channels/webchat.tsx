// Web chat in the settings.
import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Channel } from '../../api/shapes.ts';
import { paths } from '../../paths.ts';
import { Paste } from '../../ui/facts.tsx';
import type { KindPage } from './kind-page.ts';
import { OfflineForm } from './offline-form.tsx';
import { PreChatForm } from './pre-chat-form.tsx';
import { TryIt } from './try-it.tsx';
import { VisitorsForm } from './visitors-form.tsx';
import { writeSnippet } from './write-snippet.ts';

export const webchat: KindPage = {
  Before: Snippet,
  Forms,
};

function Snippet({ channel: { id } }: { channel: Channel }) {
  const { t } = useTranslation();
  const snippet = writeSnippet(window.location.origin, id);
  return (
    <>
      <Paste label={t('widget.snippetText')} value={snippet} copyLabel={t('common.copy')} />
      <TryIt channelId={id} />
    </>
  );
}

function Forms({ channel }: { channel: Channel }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const search = { channel: channel.id } as never;
  return (
    <>
      <VisitorsForm channel={channel} />
      <PreChatForm channel={channel} />
      <OfflineForm channel={channel} />
      <Button
        variant="default"
        onClick={() => void navigate({ to: paths.settings('widget'), search })}
      >
        {t('channel.appearance')}
      </Button>
    </>
  );
}
