// How far a replay is, or why it came to an end.
import { Alert, Progress } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { problemText } from '../answers/problem-text.ts';
import type { ReplayRun } from './use-replay.ts';

export function ReplayState({ run }: { run: ReplayRun }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { state, progress, found, error } = run;
  const until = found === null ? null : t('lab.replay.soFar', { at: format.full(found.until) });
  if (state === 'running') {
    return (
      <div style={{ marginBottom: 16 }}>
        <p role="status" style={{ margin: '0 0 6px' }}>
          {t('lab.replay.running')}
        </p>
        <Progress.Root>
          <Progress.Section
            value={Math.floor(progress * 100)}
            aria-label={t('lab.replay.running')}
          />
        </Progress.Root>
      </div>
    );
  }
  if (state === 'stopped') {
    return (
      <p role="status">
        {t('lab.replay.stopped')} {until}
      </p>
    );
  }
  if (state !== 'failed') return null;
  return (
    <Alert
      {...{ color: 'red', variant: 'outline', role: 'alert', mb: 'md' }}
      title={t('lab.replay.failed')}
    >
      {problemText(error)} {until}
    </Alert>
  );
}
