// Shows that a part could not be loaded, and a way to try again.
import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../ui/empty-state.tsx';
import { isPartMissing } from './part-missing.ts';
import { problemText } from './problem-text.ts';

export function ErrorNote({ error, onRetry }: { error: unknown; onRetry(): void }) {
  const { t } = useTranslation();
  // What drew the part keeps the failure: only a new page asks again.
  const reloads = isPartMissing(error);
  return (
    <EmptyState
      icon={<IconAlertTriangle size={20} />}
      title={t('common.notLoaded')}
      text={problemText(error)}
    >
      <Button
        variant="default"
        size="xs"
        mt={8}
        onClick={reloads ? () => location.reload() : onRetry}
      >
        {t(reloads ? 'common.reload' : 'common.retry')}
      </Button>
    </EmptyState>
  );
}
