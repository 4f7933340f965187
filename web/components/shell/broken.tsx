// A page that failed, or that is not there.
import { Button } from '@mantine/core';
import { IconMapOff } from '@tabler/icons-react';
import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../ui/empty-state.tsx';
import classes from '../../ui/ui.module.css';
import { ErrorNote } from '../answers/error-note.tsx';

export function Broken({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const retry = () => {
    reset();
    void router.invalidate();
  };
  return (
    <main className={classes.nothing} style={{ minHeight: '100%' }}>
      <ErrorNote error={error} onRetry={retry} />
    </main>
  );
}

export function NotFound() {
  const { t } = useTranslation();
  return (
    <main className={classes.nothing} style={{ minHeight: '100%' }}>
      <EmptyState icon={<IconMapOff size={20} />} title={t('common.notFound')}>
        <Button component={Link} to="/" size="xs" variant="default" mt={8}>
          {t('common.home')}
        </Button>
      </EmptyState>
    </main>
  );
}
