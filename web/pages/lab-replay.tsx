// A recorded span decided again: what comes out as it was, what does not and why, and what else could have come of it.

import { Button } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ChooseSpan } from '../components/lab/choose-span.tsx';
import { ReplayAgainst } from '../components/lab/replay-against.tsx';
import { ReplayFound } from '../components/lab/replay-found.tsx';
import { ReplayState } from '../components/lab/replay-state.tsx';
import { ReplayWhatIf } from '../components/lab/replay-what-if.tsx';
import { useReplay } from '../components/lab/use-replay.ts';
import { MovedConversations } from '../components/routing-draft/moved-conversations.tsx';
import { useKeptDraft } from '../components/routing-draft/use-kept-draft.ts';
import { paths } from '../paths.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Card, Page } from '../ui/page.tsx';

export default function LabReplayPage() {
  const { t } = useTranslation();
  const { run, start, stop } = useReplay();
  const { routing } = useKeptDraft();
  const draft = routing?.draft ?? null;
  const { state, span, found } = run;
  const isRunning = state === 'running';
  return (
    <Page
      title={t('lab.replay.title')}
      text={t('lab.replay.text')}
      actions={
        <Button component={Link} to={paths.lab} variant="default">
          {t('lab.replay.back')}
        </Button>
      }
    >
      <ChooseSpan
        isRunning={isRunning}
        hasDraft={draft !== null}
        onStart={(chosen, byDraft) => void start(chosen, byDraft ? draft : null)}
        onStop={stop}
      />
      {state === 'idle' && (
        <Card>
          <EmptyState
            icon={<IconHistory size={20} />}
            title={t('lab.replay.empty')}
            text={t('lab.replay.emptyText')}
          />
        </Card>
      )}
      <ReplayState run={run} />
      {!isRunning && found !== null && <ReplayFound found={found} />}
      {!isRunning && found?.against != null && (
        <ReplayAgainst against={found.against}>
          <MovedConversations label={t('lab.replay.byDraft')} moved={found.against.moved} />
        </ReplayAgainst>
      )}
      {state === 'done' && span !== null && found !== null && found.decided > 0 && (
        <ReplayWhatIf key={`${span.from} ${span.until}`} {...{ span, draft }} />
      )}
    </Page>
  );
}
