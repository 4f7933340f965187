// Asks once before leaving a page with unsaved changes, however many forms it has.
import { Button, Group, Text } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { useEffect, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../ui/dialog.tsx';

/** Forms that hold something: the first of them asks for all. */
const holding = new Set<string>();

export function UnsavedGuard({ dirty }: { dirty: boolean }) {
  const { t } = useTranslation();
  const id = useId();
  useEffect(() => {
    if (!dirty) return;
    holding.add(id);
    return () => void holding.delete(id);
  }, [dirty, id]);
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: () => [...holding][0] === id,
    enableBeforeUnload: true,
    disabled: !dirty,
    withResolver: true,
  });
  return (
    <Dialog
      opened={status === 'blocked'}
      onClose={() => reset?.()}
      title={t('unsaved.title')}
      size="sm"
    >
      <Text size="sm">{t('unsaved.text')}</Text>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={() => proceed?.()}>
          {t('unsaved.leave')}
        </Button>
        <Button data-autofocus onClick={() => reset?.()}>
          {t('unsaved.stay')}
        </Button>
      </Group>
    </Dialog>
  );
}
