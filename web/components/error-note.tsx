// A part that could not be loaded: what went wrong and a way to try again.
import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../ui/empty-state.tsx';
import { problemText } from './problem-text.ts';

export function ErrorNote({ error, onRetry }: { error: unknown; onRetry(): void }) {
  const { t } = useTranslation();
  return (
    <EmptyState
      icon={<IconAlertTriangle size={20} />}
      title={t('common.notLoaded')}
      text={problemText(error)}
    >
      <Button variant="default" size="xs" mt={8} onClick={onRetry}>
        {t('common.retry')}
      </Button>
    </EmptyState>
  );
}
