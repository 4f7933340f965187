// Changes the user's own password.
import { Button, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { ask, client } from '../../api/client.ts';
import { NewPasswordField, PasswordField } from '../../forms/password-field.tsx';
import { UnsavedGuard } from '../../forms/unsaved-guard.tsx';
import { Card } from '../../ui/page.tsx';
import { useSave } from '../answers/use-save.ts';

export function PasswordForm() {
  const { t } = useTranslation();
  const form = useForm({ initialValues: { currentPassword: '', newPassword: '' } });
  const save = useSave({
    send: (body: typeof form.values) => ask(client.PATCH('/api/v1/session', { body })),
    done: t('profile.passwordChanged'),
    onDone: () => form.reset(),
  });
  return (
    <Card title={t('form.password')}>
      <form onSubmit={form.onSubmit((values) => save.mutate(values))}>
        <UnsavedGuard dirty={form.isDirty()} />
        <Stack gap="sm" maw={320}>
          <PasswordField
            label={t('profile.currentPassword')}
            autoComplete="current-password"
            {...form.getInputProps('currentPassword')}
          />
          <NewPasswordField
            label={t('profile.newPassword')}
            {...form.getInputProps('newPassword')}
          />
          <Button
            type="submit"
            w="fit-content"
            disabled={form.values.newPassword === ''}
            loading={save.isPending}
          >
            {t('common.save')}
          </Button>
        </Stack>
      </form>
    </Card>
  );
}
