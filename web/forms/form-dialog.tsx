// A form in a dialog: its fields, the fault, cancel and save.
import { Alert, Button, Group, Stack } from '@mantine/core';
import type { UseMutationResult } from '@tanstack/react-query';
import type { FormEventHandler, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { problemText } from '../components/answers/problem-text.ts';
import { Dialog } from '../ui/dialog.tsx';
import { submitByKeys } from '../ui/submit-by-keys.ts';
import { UnsavedGuard } from './unsaved-guard.tsx';

export function FormDialog(props: {
  title: string;
  onClose(): void;
  onSubmit: FormEventHandler<HTMLFormElement>;
  save: Pick<UseMutationResult<unknown, Error, never>, 'isPending' | 'isError' | 'error'>;
  label?: string;
  size?: string;
  /** What is typed is not lost by a click beside the dialog, nor by leaving the page. */
  dirty: boolean;
  children: ReactNode;
}) {
  const { dirty } = props;
  const { t } = useTranslation();
  return (
    <Dialog
      opened
      onClose={props.onClose}
      closeOnClickOutside={!dirty}
      closeOnEscape={!dirty}
      title={props.title}
      size={props.size ?? 'md'}
    >
      <UnsavedGuard dirty={dirty && !props.save.isPending} />
      <form onSubmit={props.onSubmit} onKeyDown={submitByKeys}>
        <Stack gap="sm">
          {props.save.isError && (
            <Alert color="red" variant="outline" role="alert">
              {problemText(props.save.error)}
            </Alert>
          )}
          {props.children}
          <Group justify="flex-end" mt="xs">
            <Button variant="default" onClick={props.onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" loading={props.save.isPending}>
              {props.label ?? t('common.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
