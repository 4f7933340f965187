// A recorded span decided again: what comes out as it was, what does not and why, and what else could have come of it.

import { Button } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ChooseSpan } from '../components/lab/choose-span.tsx';
import { ReplayFound } from '../components/lab/replay-found.tsx';
import { ReplayState } from '../components/lab/replay-state.tsx';
import { ReplayWhatIf } from '../components/lab/replay-what-if.tsx';
import { useReplay } from '../components/lab/use-replay.ts';
import { paths } from '../paths.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Card, Page } from '../ui/page.tsx';

export default function LabReplayPage() {
  const { t } = useTranslation();
  const { run, start, stop } = useReplay();
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
      <ChooseSpan isRunning={isRunning} onStart={(chosen) => void start(chosen)} onStop={stop} />
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
      {state === 'done' && span !== null && found !== null && found.decided > 0 && (
        <ReplayWhatIf key={`${span.from} ${span.until}`} span={span} />
      )}
    </Page>
  );
}
